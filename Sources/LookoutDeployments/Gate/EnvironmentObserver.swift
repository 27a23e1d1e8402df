package import LookoutModel

/// What Lookout itself sees of an environment: the port to its own checks and alerts.
package protocol EnvironmentObserver: Sendable {
    /// Its checks with the newest run of each; empty if it has none.
    func checks(of environment: String) async throws(ProviderFailure) -> [ObservedCheck]
    /// Alerts that fire now, and those that have fired since a time.
    func alerts(of environment: String, since time: Timestamp) async throws(ProviderFailure) -> [WatchedAlert]
    /// Since when Lookout itself has no network; nil if it has one.
    func outage() async -> NetworkOutage?
}

/// A check with what was seen of it.
package struct ObservedCheck: Hashable, Sendable {
    package var check: Check
    /// The newest run, conclusive or not; nil before the first.
    package var newest: Sample?

    package init(_ check: Check, newest: Sample? = nil) {
        self.check = check
        self.newest = newest
    }
}
