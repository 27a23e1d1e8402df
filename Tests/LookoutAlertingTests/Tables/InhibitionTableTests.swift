import LookoutAlerting
import LookoutModel
import Testing

/// What of one alert explains another, by the rows of others.
///
/// The rows re-express those of Alertmanager's `inhibit/inhibit_test.go` (TestInhibitRuleHasEqual,
/// TestInhibitRuleMatches, TestInhibit; Copyright Prometheus Team, Apache License 2.0) as data. There a rule of
/// inhibition has matchers for sources and targets and labels that must be equal; here a rule names those that it
/// depends on, and the environment must be equal. So these rows have no counterpart: "no equal labels" (it is
/// always the environment), and all of TestInhibitRuleMatchers, whose targets are what a matcher does not match.
struct InhibitionTableTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        /// For each rule those that it depends on.
        var parents: [String: [String]]
        /// What the others are judged as, in order.
        var sources: [(name: String, letters: String)]
        /// The target's labels beyond its environment, which explain nothing.
        var noise: Labels = [:]
        var target = "target"
        var isInhibited: Bool
    }

    static let rows = [
        Row(
            testDescription: "no source",
            parents: ["target": ["source"]],
            sources: [("source", "-")],
            isInhibited: false
        ),
        Row(
            testDescription: "sources that match and are resolved",
            parents: ["target": ["source"]],
            sources: [("source/a", "2-"), ("source/b", "2-")],
            isInhibited: false
        ),
        Row(
            testDescription: "one of the sources that match is not resolved",
            parents: ["target": ["source"]],
            sources: [("source/a", "2-"), ("source/b", "2")],
            isInhibited: true
        ),
        Row(
            testDescription: "what must be equal is not",
            parents: ["target": ["source"]],
            sources: [("source@staging", "2"), ("source", "-")],
            isInhibited: false
        ),
        Row(
            testDescription: "a target of the first rule",
            parents: ["target": ["one"], "other": ["two"]],
            sources: [("one", "2"), ("two", "2")],
            isInhibited: true
        ),
        Row(
            testDescription: "a target of the second rule",
            parents: ["target": ["two"], "other": ["one"]],
            sources: [("one", "2"), ("two", "2")],
            isInhibited: true
        ),
        Row(
            testDescription: "a target with further labels",
            parents: ["target": ["one"]],
            sources: [("one", "2")],
            noise: ["t3": "1"],
            isInhibited: true
        ),
        Row(
            testDescription: "a target of both rules",
            parents: ["target": ["one", "two"]],
            sources: [("one", "2"), ("two", "-")],
            isInhibited: true
        ),
        Row(
            testDescription: "a target of none",
            parents: ["other": ["one", "two"]],
            sources: [("one", "2"), ("two", "2")],
            isInhibited: false
        ),
        Row(
            testDescription: "a source of others that is a target too",
            parents: ["target": ["one"], "other": ["target"]],
            sources: [("one", "2")],
            isInhibited: true
        ),
        Row(
            testDescription: "a source and a target of the same rule, which never inhibit each other",
            parents: ["two": ["two"]],
            sources: [("two/a", "2")],
            target: "two/b",
            isInhibited: false
        ),
        Row(
            testDescription: "a target elsewhere",
            parents: ["target": ["one"]],
            sources: [("one", "2"), ("one@staging", "-")],
            target: "target@staging",
            isInhibited: false
        ),
    ]

    @Test(arguments: rows)
    func `an alert is held back`(row: Row) {
        var crowd = AlertCrowd(
            row.sources.map(\.name) + [row.target],
            labels: [row.target: row.noise],
            parents: row.parents
        )
        let sources = Set(crowd.judge(row.sources, at: 0))
        let told = crowd.judge([(row.target, "3")], at: 0)
        #expect(told.isEmpty == row.isInhibited)
        #expect(crowd.isWithheld(row.target) == row.isInhibited)
        #expect(crowd.alert(row.target)?.state == .firing)
        // A source is told, whatever becomes of its targets.
        let firing = row.sources.filter { $0.letters.hasSuffix("2") }
        #expect(sources.count == Set(firing.map { AlertCrowd.id($0.name).rule }).count)
    }

    /// TestInhibit: a target alone, with a source that fires, and once that is resolved.
    ///
    /// In the last row Alertmanager tells the target at once. Here it has one interval to be over too, since one
    /// fault that both saw ends for both.
    @Test func `a source holds its target back for as long as it fires, and a little longer`() {
        var crowd = AlertCrowd(["target", "source"], parents: ["target": ["source"]])
        #expect(crowd.judge(["source": "-", "target": "2"], at: 0) == ["firing target"])
        #expect(crowd.judge(["source": "-", "target": "-"], at: 60) == ["resolved target"])
        #expect(crowd.judge(["source": "2", "target": "2"], at: 120) == ["firing source"])
        #expect(crowd.judge(["source": "-"], at: 180) == ["resolved source"])
        #expect(crowd.isWithheld("target"))
        #expect(crowd.pass(to: 239).isEmpty)
        #expect(crowd.pass(to: 240) == ["firing target"])
    }
}
