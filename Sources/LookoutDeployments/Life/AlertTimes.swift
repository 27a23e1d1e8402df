package import LookoutModel

/// When an alert fired while a deployment went on.
package struct AlertTimes: Hashable, Sendable {
    /// One firing, or one stretch at a worse severity than before.
    package struct Episode: Hashable, Sendable {
        package var since: Timestamp
        /// Nil while it lasts.
        package var until: Timestamp?
    }

    /// Its worst severity before the deployment began; nil if it did not fire then.
    package var severityBefore: Severity?
    /// Its worst severity in the episodes that may be due to the deployment.
    package var worst: Severity?
    /// Those that may be due to the deployment: of an alert that was there before, only what is worse.
    package var episodes: [Episode] = []
    /// Whether it was there before, ended, and fired again.
    package var hasReturned = false
    private var hasEnded = false

    init(_ alert: WatchedAlert, deploymentBegan: Timestamp) {
        severityBefore = alert.since < deploymentBegan ? alert.severity : nil
    }

    mutating func apply(_ alert: WatchedAlert, at time: Timestamp) {
        let isNews = severityBefore.map { alert.severity.isWorse(than: $0) } ?? true
        if alert.isFiring, hasEnded, severityBefore != nil { hasReturned = true }
        if !alert.isFiring { hasEnded = true }
        let isOpen = episodes.last.map { $0.until == nil } ?? false
        if alert.isFiring, isNews {
            worst = min(worst ?? alert.severity, alert.severity)
            if !isOpen {
                episodes.append(Episode(since: severityBefore == nil ? alert.since : time, until: nil))
            }
        } else if isOpen {
            episodes[episodes.count - 1].until = alert.endedAt ?? time
        } else if !alert.isFiring, episodes.isEmpty, severityBefore == nil {
            // It came and went between two looks: for how long, only its end can tell.
            worst = min(worst ?? alert.severity, alert.severity)
            episodes.append(Episode(since: alert.since, until: alert.endedAt ?? alert.since))
        }
    }

    /// The longest time for which an episode went on after a time.
    package func longest(after start: Timestamp, at now: Timestamp) -> Duration {
        episodes.map { ($0.until ?? now) - max($0.since, start) }.max() ?? .zero
    }
}
