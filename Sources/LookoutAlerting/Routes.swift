/// Which receivers hear of which alerts: today, all of all.
package struct Routes: Hashable, Sendable {
    /// The names of all receivers that are configured.
    package var receivers: [String]

    package init(receivers: [String] = []) {
        self.receivers = receivers
    }

    /// Who hears of an alert, in the order in which they are told.
    package func receivers(for alert: Alert) -> [String] {
        receivers
    }
}
