import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What an Alertmanager is told, round by round.
struct AlertmanagerBookTests {
    private typealias Examples = AlertmanagerExamples

    private let start = AlertmanagerExamples.start

    @Test func `what fires is said in every round, for four more rounds`() {
        var book = AlertmanagerBook(receiver: "team")
        for minute in 0..<100 {
            let now = start + .seconds(60 * minute)
            let said = book.round([Examples.alert()], at: now)
            #expect(said.map(\.endsAt) == [now + .seconds(240)])
            #expect(said.map(\.startsAt) == [start])
        }
    }

    @Test func `what is over is said for a quarter of an hour, with the time at which it was`() {
        var book = AlertmanagerBook(receiver: "team")
        let end = start + .seconds(100)
        let alert = Examples.alert(resolved: end)
        for seconds in [100, 160, 999] {
            #expect(book.round([alert], at: start + .seconds(seconds)).map(\.endsAt) == [end])
        }
        #expect(book.round([alert], at: start + .seconds(1000)).isEmpty)
    }

    @Test(
        arguments: [
            AlertmanagerExamples.alert(told: .some(nil)),
            AlertmanagerExamples.alert(told: Alert.Told(episode: 3, severity: .major)),
            AlertmanagerExamples.alert(told: Alert.Told(episode: 4, severity: .major, isResolved: true)),
            AlertmanagerExamples.alert(
                resolved: AlertmanagerExamples.start,
                told: Alert.Told(episode: 4, severity: .major)
            ),
        ]
    )
    func `nothing is said of what the receiver was not told`(alert: Alert) {
        var book = AlertmanagerBook(receiver: "team")
        #expect(book.round([alert], at: start).isEmpty)
    }

    @Test func `a severity that changes ends what the alert was before`() {
        var book = AlertmanagerBook(receiver: "team")
        _ = book.round([Examples.alert(severity: .major)], at: start)
        let changed = start + .seconds(60)
        for minute in 0..<15 {
            let now = changed + .seconds(60 * minute)
            let said = book.round([Examples.alert(severity: .outage)], at: now)
            #expect(said.map { $0.labels["severity"] } == ["1", "2"])
            #expect(said.map(\.endsAt) == [now + .seconds(240), changed])
        }
        #expect(book.round([Examples.alert(severity: .outage)], at: changed + .seconds(900)).count == 1)
    }

    @Test func `a severity that comes back is not ended`() {
        var book = AlertmanagerBook(receiver: "team")
        _ = book.round([Examples.alert(severity: .major)], at: start)
        _ = book.round([Examples.alert(severity: .outage)], at: start + .seconds(60))
        let now = start + .seconds(120)
        let said = book.round([Examples.alert(severity: .major)], at: now)
        #expect(said.map { $0.labels["severity"] } == ["2", "1"])
        #expect(said.map(\.endsAt) == [now + .seconds(240), now])
    }

    /// A plain list of what a careful person would say, without memory but for the labels said before.
    @Test func `over random lives nothing fires too long, and nothing is forgotten`() async {
        await checkAll(cases: 300) { generator in
            var book = AlertmanagerBook(receiver: "team")
            var heard: [[String: String]: Timestamp] = [:]
            var now = start
            var alerts = (0..<4).map { Examples.alert(rule: "rule-\($0)") }
            for _ in 0..<40 {
                let index = Int.random(in: 0..<4, using: &generator)
                let isOver = Bool.random(using: &generator)
                alerts[index] = Examples.alert(
                    rule: "rule-\(index)",
                    severity: Severity.allCases.randomElement(using: &generator) ?? .minor,
                    episode: alerts[index].episode + (alerts[index].state == .resolved && !isOver ? 1 : 0),
                    since: isOver ? alerts[index].firingSince ?? now : now,
                    resolved: isOver ? alerts[index].resolvedSince ?? now : nil
                )
                // Some rounds are lost on the way.
                let said = book.round(alerts, at: now)
                if Int.random(in: 0..<5, using: &generator) > 0 {
                    for assertion in said { heard[assertion.labels] = assertion.endsAt }
                    let firing = Set(alerts.filter { $0.state == .firing }.map(AlertmanagerAssertion.labels))
                    #expect(Set(heard.filter { $0.value > now }.keys) == firing)
                }
                now = now + .seconds(60)
            }
        }
    }

    @Test(
        arguments: [
            (["a-b": "1"], ["a_b": "1"]), (["a-b": "1", "a_b": "2"], ["a_b": "2", "a_b_2": "1"]),
            (["a-b": "1", "a.b": "2"], ["a_b": "1", "a_b_2": "2"]), (["1a": "x"], ["_1a": "x"]),
            (["": "x"], ["_": "x"]), (["a": ""], [:]), (["ä b": "ä"], ["__b": "ä"]),
            (["a:b": "1"], ["a_b": "1"]),
        ] as [([String: String], [String: String])]
    )
    func `names become valid, and no label is lost`(names: [String: String], valid: [String: String]) {
        #expect(PrometheusNames.valid(names) == valid)
    }
}
