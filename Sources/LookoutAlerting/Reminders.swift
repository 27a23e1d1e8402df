package import LookoutModel

/// How often people are reminded of an alert that nobody has taken on.
package struct Reminders: Hashable, Sendable {
    /// No reminder comes sooner.
    package static let shortest = Duration.seconds(5 * 60)

    /// The time from one telling to the next by severity; none is never.
    package var intervals: [Severity: Duration]

    /// - Parameter intervals: shorter ones than `shortest` are that.
    package init(_ intervals: [Severity: Duration]) {
        self.intervals = intervals.mapValues { max($0, Self.shortest) }
    }

    package static let never = Reminders([:])

    /// Every hour of severity 1, every four of 2, daily of 3.
    package static let standard = Reminders([
        .outage: .seconds(3_600), .major: .seconds(4 * 3_600), .minor: .seconds(24 * 3_600),
    ])
}
