import LookoutAlerting
import LookoutModel
import Testing

/// What restarts, reloads and changed rules make of alerts, beside what Prometheus makes of them.
///
/// The rows re-express those of Prometheus's `rules/manager_test.go` (TestForStateRestore, TestCopyState,
/// TestRuleMovedBetweenGroups) and `rules/alerting_test.go` (TestFiringAlertResetToPendingOnHoldDurationIncrease,
/// TestAlertingRuleDuplicate; Copyright Prometheus Authors, Apache License 2.0) as data. TestKeepFiringFor and
/// TestPendingAndKeepFiringFor are in `LifeCase`. TestAlertingRuleLimit has no counterpart: a rule raises no more
/// alerts than there are checks, and nothing wipes the state of those that there are.
struct PrometheusTableTests {
    // MARK: ForStateRestore

    /// When it stopped and came back, in minutes, and how long the alerts have to wait from then on.
    ///
    /// A condition that is to hold for 25 minutes is judged each five. Nil is where it does not hold any more.
    struct Restart: CustomTestStringConvertible {
        var testDescription: String
        var stops: Int
        var returns: Int
        var prometheus: [Int?]
        var lookout: [Int?]
        /// Why they differ; nil where they do not.
        var difference: String?
    }

    /// Whether the condition holds, every five minutes from 0 on.
    private static let instances = ["2222222222-", "-222222222-"]

    @Test(arguments: [
        Restart(
            testDescription: "time spent down counts for nothing",
            stops: 5,
            returns: 15,
            prometheus: [20, 25],
            lookout: [20, 25]
        ),
        Restart(
            testDescription: "an outage beyond Prometheus's tolerance of 30 minutes",
            stops: 5,
            returns: 40,
            prometheus: [25, 25],
            lookout: [20, 25],
            difference: "what was seen was seen, however long ago: there is no tolerance"
        ),
        Restart(
            testDescription: "what is over when it comes back",
            stops: 5,
            returns: 50,
            prometheus: [nil, nil],
            lookout: [nil, nil]
        ),
        Restart(
            testDescription: "what would fire within Prometheus's grace period of ten minutes",
            stops: 20,
            returns: 25,
            prometheus: [10, 10],
            lookout: [5, 10],
            difference: "no grace is added: nothing fires before a fresh sample anyway"
        ),
    ])
    func `a restart leaves a pending alert so much to wait for`(row: Restart) throws {
        #expect((row.difference == nil) == (row.prometheus == row.lookout))
        for (index, letters) in Self.instances.enumerated() {
            let outcomes = letters.map { String($0) }
            let hold = Duration.seconds(25 * 60)
            var crowd = AlertCrowd(["low"], every: .seconds(300))
            crowd.holds = Judgement.Holds(pending: hold)
            for minute in stride(from: 0, through: row.stops, by: 5) {
                _ = crowd.judge(["low": outcomes[minute / 5]], at: minute * 60)
            }
            var next = AlertCrowd(["low"], every: .seconds(300), at: crowd.time(row.returns * 60))
            next.holds = crowd.holds
            next.take(crowd.book.alerts)
            #expect(next.judge(["low": outcomes[row.returns / 5]], at: 0).isEmpty)
            let wait = next.alert("low").map { hold - $0.held }
            #expect(wait == row.lookout[index].map { .seconds($0 * 60) })
            guard let minutes = row.lookout[index] else { continue }
            // And then it fires in just that evaluation.
            for minute in stride(from: 5, through: minutes, by: 5) {
                let told = next.judge(["low": "2"], at: minute * 60)
                #expect(told == (minute == minutes ? ["firing low"] : []))
            }
        }
    }

    // MARK: CopyState and the moved rule

    /// How a rule that fires is changed by a reload.
    struct Change: CustomTestStringConvertible {
        var testDescription: String
        /// The rules after the reload.
        var rules: [String]
        var labels: Labels = ["l2": "v1"]
        /// Whether Prometheus keeps the state of the alert.
        var isKept: Bool
        /// What is told with the reload, and then of a condition that still holds.
        var told: [String] = []
        var difference: String?
    }

    @Test(arguments: [
        Change(testDescription: "in another order, among others", rules: ["other", "alert"], isKept: true),
        Change(testDescription: "in another group or file", rules: ["alert"], isKept: true),
        Change(
            testDescription: "with another label",
            rules: ["alert"],
            labels: ["l2": "v0"],
            isKept: false,
            difference: "the rule's own labels are no part of what an alert is"
        ),
        Change(
            testDescription: "with another name",
            rules: ["renamed"],
            isKept: false,
            told: ["resolved alert", "firing renamed"]
        ),
        Change(testDescription: "removed", rules: ["other"], isKept: false, told: ["resolved alert"]),
    ])
    func `a rule that is changed keeps its alert`(change: Change) {
        var crowd = AlertCrowd(["alert", "other"], labels: ["alert": ["l2": "v1"]])
        #expect(crowd.judge(["alert": "2"], at: 0) == ["firing alert"])
        crowd.labels["alert"] = change.labels
        var told = crowd.reload(change.rules, at: 60)
        if change.rules != ["other"] {
            let name = change.rules.last ?? ""
            told += crowd.judge([(name, "2")], at: 60)
        }
        #expect(told == change.told)
        #expect(change.difference != nil || change.isKept == told.isEmpty)
        #expect((crowd.alert("alert")?.state == .firing) == told.isEmpty)
        #expect(crowd.alert("alert")?.episode == 1)
    }

    // MARK: The hold time is raised

    /// Prometheus puts the alert back to pending, to fire it a second time; people would hear of it twice.
    @Test func `a hold time that is raised from 15 seconds to an hour does not put out what fires`() {
        var crowd = AlertCrowd(["down"], every: .seconds(15))
        crowd.holds = Judgement.Holds(pending: .seconds(15))
        var states = ""
        var told: [String] = []
        for second in [0, 15, 30, 3_600] {
            if second == 30 { crowd.holds.pending = .seconds(3_600) }
            told += crowd.judge(["down": "2"], at: second)
            states.append(crowd.letter("down"))
        }
        #expect(states == "pFFF")
        #expect(told == ["firing down"])
    }

    // MARK: Duplicates

    /// In Prometheus two results of a rule with the same labels are an error, after which nothing is changed; here
    /// they are two judgements of one alert, the later of which counts.
    @Test(arguments: [("22", ["firing down"], "F"), ("2-", [], "R"), ("-2", ["firing down"], "F")])
    func `two judgements of one alert in one step are one alert`(
        letters: String,
        told: [String],
        state: Character
    ) {
        var crowd = AlertCrowd(["down"])
        #expect(crowd.judge([("down", letters)], at: 0) == told)
        #expect(crowd.letter("down") == state)
        #expect(crowd.book.alerts.count == 1)
    }
}
