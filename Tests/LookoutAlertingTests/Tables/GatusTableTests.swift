import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Testing

/// Failures and successes in a row, and what becomes of messages that a provider did not take.
///
/// The rows re-express those of Gatus's `watchdog/alerting_test.go` (TestHandleAlerting…; Copyright TwiN, Apache
/// License 2.0) as data. Its counters have no counterpart: a row that has done its work is forgotten.
struct GatusTableTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var failures = 1
        var successes = 1
        /// What was before the row begins.
        var history = ""
        /// A letter for each probe: `F` it failed, `S` it succeeded.
        var probes: String
        /// Whether the alert is triggered after each: `!` or `.`.
        var triggered: String
        var receivers = ["team"]
        var sendsResolved = true
        /// Minutes from one reminder to the next.
        var reminder: Int?
        var told: [String]
        /// Where Lookout differs, what Gatus says, and why.
        var difference: (gatus: String, reason: String)?
    }

    static let rows = [
        Row(
            testDescription: "two failures trigger it, three successes resolve it",
            failures: 2,
            successes: 3,
            probes: "FFFFSSSS",
            triggered: ".!!!!!..",
            told: ["firing", "resolved"]
        ),
        Row(
            testDescription: "without anybody to be told",
            probes: "FF",
            triggered: "!!",
            receivers: [],
            told: [],
            difference: (
                "..", "an alert fires whether or not anybody hears of it, and a new receiver is told"
            )
        ),
        Row(
            testDescription: "a failure when it is almost resolved",
            failures: 2,
            successes: 3,
            history: "FFSS",
            probes: "F",
            triggered: "!",
            told: ["firing"]
        ),
        Row(
            testDescription: "resolved, to whom does not want to hear of it",
            history: "F",
            probes: "S",
            triggered: ".",
            sendsResolved: false,
            told: ["firing"]
        ),
        Row(testDescription: "one of each", probes: "FS", triggered: "!.", told: ["firing", "resolved"]),
        Row(
            testDescription: "one after the other, and again",
            probes: "FSFSFFSS",
            triggered: "!.!.!!..",
            told: ["firing", "resolved", "firing", "resolved", "firing", "resolved"]
        ),
        Row(
            testDescription: "no reminder before it is time",
            failures: 2,
            successes: 3,
            probes: "FFFFS",
            triggered: ".!!!!",
            reminder: 5,
            told: ["firing"]
        ),
        Row(
            testDescription: "a reminder once it is time",
            failures: 2,
            successes: 3,
            probes: "FFFFFFFF",
            triggered: ".!!!!!!!",
            reminder: 5,
            told: ["firing", "reminder"]
        ),
    ]

    @Test(arguments: rows)
    func `so many failures and successes in a row make it`(row: Row) {
        var crowd = AlertCrowd(
            ["endpoint"],
            routes: Routes(receivers: row.receivers, withoutResolved: row.sendsResolved ? [] : ["team"]),
            policy: AlertPolicy(
                reminders: row.reminder.map { Reminders([.major: .seconds($0 * 60)]) } ?? .never
            )
        )
        crowd.holds = Judgement.Holds(failures: row.failures, successes: row.successes)
        var (triggered, told) = ("", [String]())
        for (minute, letter) in (row.history + row.probes).enumerated() {
            told += crowd.judge([("endpoint", letter == "F" ? "2" : "-")], at: minute * 60)
            triggered += crowd.alert("endpoint")?.state.isActive == true ? "!" : "."
        }
        #expect(triggered.suffix(row.probes.count) == row.triggered)
        #expect(told == row.told.map { "\($0) endpoint" })
        #expect(row.difference.map { $0.gatus != row.triggered } ?? true)
    }

    /// TestHandleAlertingWithProviderThatOnlyReturnsErrorOnResolve.
    ///
    /// There each end that the provider did not take is lost. Here it is told before what came after it.
    @Test func `a provider that takes no ends for a while hears of each, in order`() async throws {
        let harness = DispatchHarness(["team": [.say(.delivered)]])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        let dead = Answer.say(.retry(after: nil, reason: "503"))
        for episode in 1...3 {
            harness.script("team", [.say(.delivered)])
            try await harness.tell("team", kind: .firing, episode: episode)
            harness.world.advance(by: .seconds(600))
            harness.script("team", [dead])
            try await harness.tell("team", kind: .resolved, episode: episode)
            harness.world.advance(by: .seconds(600))
        }
        harness.script("team", [.say(.delivered)])
        harness.world.advance(by: .seconds(600))
        let told = harness.accepted.values.flatMap(\.notices).map { notice in
            "\(notice.kind.rawValue) \(notice.alert?.episode ?? 0)"
        }
        #expect(told == (1...3).flatMap { ["firing \($0)", "resolved \($0)"] })
        dispatcher.stop()
        try await harness.world.finish(running)
    }
}
