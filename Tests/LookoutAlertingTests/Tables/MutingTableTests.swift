import CivilTime
import LookoutAlerting
import LookoutModel
import Testing

/// What silences and the times of routes hold back.
///
/// The tables re-express those of Alertmanager's `notify/mute_test.go` (TestMuteStage, TestMuteStageWithSilences,
/// TestTimeMuteStage, TestTimeActiveStage; Copyright Prometheus Team, Apache License 2.0) as data. That it counts
/// what it suppressed, and marks a group as muted, has no counterpart: an alert says why it is withheld, and what
/// was held back is told later.
struct MutingTableTests {
    // MARK: By labels

    /// The alerts' labels, in the order of the table; `0` and `5` have none.
    private static let labels: [String: Labels] = [
        "0": [:], "1": ["test": "set"], "2": ["mute": "me"], "3": ["foo": "bar", "test": "set"],
        "4": ["foo": "bar", "mute": "me"], "5": [:], "6": ["not": "muted"],
    ]
    private static let unmuted = ["0", "1", "3", "5", "6"].map { "firing \($0)" }

    private static func silence(_ test: LabelMatcher.Test, in crowd: AlertCrowd) -> Silence {
        Silence(
            id: "s1",
            matchers: [LabelMatcher("mute", test)],
            startsAt: crowd.time(0),
            endsAt: crowd.time(3_600)
        )
    }

    /// Those of a label, whatever it says, and those of a value.
    @Test(arguments: [LabelMatcher.Test.notEqual(""), .equal("me")])
    func `a silence holds back what it matches, each time, until it is ended`(test: LabelMatcher.Test) {
        var crowd = AlertCrowd(Self.labels.keys.sorted(), labels: Self.labels)
        let silence = Self.silence(test, in: crowd)
        _ = crowd.silence([silence], at: 0)
        let all = Self.labels.keys.sorted().map { ($0, "2") }
        #expect(crowd.judge(all, at: 0) == Self.unmuted)
        // Where Alertmanager lets the same through again, to be compared with what was told, nothing is told twice.
        #expect(crowd.judge(all, at: 60).isEmpty)
        #expect(crowd.isWithheld("2") && crowd.isWithheld("4") && !crowd.isWithheld("1"))
        var ended = silence
        ended.endsAt = crowd.time(120)
        #expect(crowd.silence([ended], at: 120) == ["firing 2", "firing 4"])
    }

    // MARK: By time

    /// A time, and the windows by which it is quiet then.
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var time: String
        var mutedBy: [String] = []
        /// Hours until it is told all the same: when the last of the windows is over.
        ///
        /// Alertmanager is silent then until something changes, or it is time to repeat.
        var wait = 0
    }

    private static let sydney = TimeZones.shared.zone("Australia/Sydney") ?? .utc
    private static let evenings = TimeWindows(
        name: "evenings",
        [.recurring(RecurringWindow(times: [0..<540, 1020..<1440], zone: sydney))]
    )
    private static let weekends = TimeWindows(
        name: "weekends",
        [.recurring(RecurringWindow(weekdays: [6...6, 0...0], zone: sydney))]
    )
    private static let weekdays = TimeWindows(
        name: "weekdays",
        [.recurring(RecurringWindow(times: [540..<1020], weekdays: [1...5], zone: sydney))]
    )

    /// Begins to fire at a time, and goes on; how many seconds later that is told.
    private static func wait(_ route: Route, at text: String) throws -> Int? {
        var crowd = AlertCrowd(
            ["down"],
            routes: Routes(receivers: ["team"], root: route, fallback: ["team"]),
            at: try #require(Timestamp(rfc3339: text))
        )
        if crowd.judge(["down": "2"], at: 0) == ["firing down"] { return 0 }
        while let look = crowd.nextLook, look < 14 * 86_400 {
            if crowd.pass(to: look) == ["firing down"] { return look }
        }
        return nil
    }

    @Test(arguments: [
        Row(
            testDescription: "outside of working hours",
            time: "2024-01-01T00:00:00+11:00",
            mutedBy: ["evenings"],
            wait: 9
        ),
        Row(testDescription: "in working hours", time: "2024-01-01T09:00:00+11:00"),
        Row(
            testDescription: "on a weekend",
            time: "2024-01-06T10:00:00+11:00",
            mutedBy: ["weekends"],
            wait: 47
        ),
        Row(
            testDescription: "10:00 UTC on a weekday",
            time: "2024-01-01T10:00:00Z",
            mutedBy: ["evenings"],
            wait: 12
        ),
        Row(
            testDescription: "10:00 UTC on a weekend",
            time: "2024-01-06T10:00:00Z",
            mutedBy: ["evenings", "weekends"],
            wait: 36
        ),
    ])
    func `within a time at which a route is mute nothing is told, and later all that is still true`(
        row: Row
    ) throws {
        let route = Route(receivers: ["team"], mute: [Self.evenings, Self.weekends])
        let time = try #require(Timestamp(rfc3339: row.time))
        #expect(route.mute.filter { $0.contains(time) }.map(\.name) == row.mutedBy)
        #expect(route.isOpen(at: time) == row.mutedBy.isEmpty)
        #expect(try Self.wait(route, at: row.time) == row.wait * 3_600)
    }

    @Test(arguments: [
        Row(
            testDescription: "outside of working hours",
            time: "2024-01-01T00:00:00+11:00",
            mutedBy: ["weekdays"],
            wait: 9
        ),
        Row(testDescription: "in working hours", time: "2024-01-01T09:00:00+11:00"),
        Row(
            testDescription: "on a weekend",
            time: "2024-01-06T10:00:00+11:00",
            mutedBy: ["weekdays"],
            wait: 47
        ),
        Row(
            testDescription: "10:00 UTC on a weekend",
            time: "2024-01-06T10:00:00Z",
            mutedBy: ["weekdays"],
            wait: 36
        ),
    ])
    func `outside of the times at which a route is active nothing is told`(row: Row) throws {
        let route = Route(receivers: ["team"], active: [Self.weekdays])
        let time = try #require(Timestamp(rfc3339: row.time))
        #expect(route.active.filter { !$0.contains(time) }.map(\.name) == row.mutedBy)
        #expect(try Self.wait(route, at: row.time) == row.wait * 3_600)
    }
}
