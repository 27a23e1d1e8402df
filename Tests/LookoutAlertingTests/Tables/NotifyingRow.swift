import Testing

/// What a receiver was told of a set of alerts and when, what is true now, and whether that is told.
///
/// The rows re-express those of Alertmanager's `notify/notify_test.go` (TestDedupStageNeedsUpdate; Copyright
/// Prometheus Team, Apache License 2.0) as data. There a whole group is told again or not; here each alert is,
/// so a row says which. Its row with an empty time stamp is a test of its own.
struct NotifyingRow: CustomTestStringConvertible {
    var testDescription: String
    /// The alerts that the receiver was told of as firing.
    var knownFiring: [String] = []
    /// Those that it was told of as resolved.
    var knownResolved: [String] = []
    /// How long ago that was, in minutes.
    var age = 9
    /// Minutes from one reminder to the next.
    var reminder: Int?
    var firing: [String] = []
    var resolved: [String] = []
    var sendsResolved = true
    /// Whether Alertmanager updates.
    var updates: Bool
    var told: [String] = []
    /// Why Lookout differs; nil where it does not.
    var difference: String?

    static let rows = [
        NotifyingRow(
            testDescription: "of alerts that nobody was told of",
            firing: ["2", "3", "4"],
            updates: true,
            told: ["firing 2", "firing 3", "firing 4"]
        ),
        NotifyingRow(
            testDescription: "nothing, if they are over before anybody was told of them",
            resolved: ["2", "3", "4"],
            updates: false
        ),
        NotifyingRow(
            testDescription: "of those that are new among those that are known",
            knownFiring: ["1", "2", "3"],
            firing: ["2", "3", "4"],
            updates: true,
            told: ["firing 4"]
        ),
        NotifyingRow(
            testDescription: "nothing again before it is time",
            knownFiring: ["1", "2", "3"],
            reminder: 10,
            firing: ["1", "2", "3"],
            updates: false
        ),
        NotifyingRow(
            testDescription: "all again once it is time",
            knownFiring: ["1", "2", "3"],
            age: 11,
            reminder: 10,
            firing: ["1", "2", "3"],
            updates: true,
            told: ["reminder 1", "reminder 2", "reminder 3"]
        ),
        NotifyingRow(
            testDescription: "no end of what is known to be over or was never known, though it were time",
            knownResolved: ["1", "2", "3"],
            age: 11,
            reminder: 10,
            resolved: ["3", "4", "5"],
            updates: false
        ),
        NotifyingRow(
            testDescription: "no end to a receiver that does not want to hear it",
            knownFiring: ["1", "2"],
            knownResolved: ["3"],
            reminder: 10,
            firing: ["1"],
            resolved: ["2", "3"],
            sendsResolved: false,
            updates: false
        ),
        NotifyingRow(
            testDescription: "the end of one of several",
            knownFiring: ["1", "2"],
            knownResolved: ["3"],
            reminder: 10,
            firing: ["1"],
            resolved: ["2", "3"],
            updates: true,
            told: ["resolved 2"]
        ),
        NotifyingRow(
            testDescription: "no end of all to a receiver that does not want to hear it",
            knownFiring: ["1", "2"],
            knownResolved: ["3"],
            reminder: 10,
            resolved: ["1", "2", "3"],
            sendsResolved: false,
            updates: true,
            difference: "Alertmanager updates its log and then sends nothing, as Lookout does"
        ),
        NotifyingRow(
            testDescription: "the end of all",
            knownFiring: ["1", "2"],
            knownResolved: ["3"],
            reminder: 10,
            resolved: ["1", "2", "3"],
            updates: true,
            told: ["resolved 1", "resolved 2"]
        ),
    ]
}
