/// A time without a network.
package struct NetworkOutage: Hashable, Sendable {
    package var since: Timestamp
    /// What could not be reached, for people.
    package var reason: String

    package init(since: Timestamp, reason: String) {
        self.since = since
        self.reason = reason
    }

    /// What a sample says that was taken meanwhile.
    package var words: String { "Lookout itself is offline since \(since.rfc3339): \(reason)" }
}
