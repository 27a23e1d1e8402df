package import LookoutModel

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

/// What is still configured: an alert about anything else will never be judged again.
package struct AlertScope: Hashable, Sendable {
    /// For each rule's id, the checks that it judges.
    package var checks: [String: Set<CheckID>]

    package init(checks: [String: Set<CheckID>]) {
        self.checks = checks
    }

    /// Why an alert cannot be judged any more; nil if it can.
    func end(of alert: AlertID) -> Alert.Resolution? {
        guard let checks = checks[alert.rule] else { return .ruleRemoved }
        guard let environment = alert.labels["environment"], let probe = alert.labels["probe"] else {
            return nil
        }
        return checks.contains(CheckID(environment: environment, probe: probe)) ? nil : .checkRemoved
    }
}
