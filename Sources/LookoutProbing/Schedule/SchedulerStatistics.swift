package import LookoutModel

/// What a scheduler has done so far, for the pages and metrics about Lookout itself.
package struct SchedulerStatistics: Hashable, Sendable {
    package var schedule = Schedule.Counts()
    /// How long after they were due runs were started.
    package var lateness = DurationHistogram()
    /// How many samples came to each outcome, by `Outcome.name`.
    package private(set) var outcomes: [String: Int] = [:]

    package init() {}

    package mutating func count(_ outcome: Outcome) {
        outcomes[outcome.name, default: 0] += 1
    }
}
