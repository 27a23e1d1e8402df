import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDashboard

@Suite struct PagesForPrometheus {
    @Test func `every page is in the format and lints clean, whatever things are called`() async {
        await checkAll(cases: 300) { generator in
            let status = Self.status(&generator)
            let page = Exposition(MetricsText.render(status))
            try #require(page.faults == [])
            for receiver in status.receivers {
                let series = Exposition.Series(
                    name: "lookout_outbox_queued",
                    labels: ["receiver": receiver.name, "type": receiver.type]
                )
                try #require(page.values[series] == Double(receiver.queued))
            }
        }
    }

    @Test(
        arguments: [
            ("a 1\n", "not of the family"),
            ("# HELP a b\n# TYPE a gauge\na 1", "no line end"),
            ("# HELP a b\n# TYPE a gauge\na 1\na 2\n", "the series comes twice"),
            ("# HELP a b\n# TYPE a gauge\na{b=\"1\",b=\"2\"} 1\n", "b comes twice"),
            ("# HELP a b\n# TYPE a gauge\na{b=\"\\t\"} 1\n", "a label is wrong"),
            ("# HELP a b\n# TYPE a gauge\na{b=\"1\" 1\n", "the labels do not end"),
            ("# HELP a b\n# TYPE a gauge\na{1=\"1\"} 1\n", "a label is wrong"),
            ("# HELP a b\n# TYPE a gauge\na one\n", "no value"),
            ("# HELP a b\n# TYPE a counter\na 1\n", "_total is for counters"),
            ("# HELP a_total b\n# TYPE a_total gauge\na_total 1\n", "_total is for counters"),
            ("# HELP a_total b\n# TYPE a_total counter\na_total -1\n", "a counter below zero"),
            ("# HELP a \n# TYPE a gauge\na 1\n", "no help text"),
            (
                "# HELP a b\n# TYPE a gauge\na 1\n# HELP c b\n# TYPE c gauge\nc 1\na{b=\"1\"} 1\n",
                "not of the family"
            ),
            ("# HELP a b\n# TYPE a gauge\n", "a has no sample"),
            ("# HELP a_milliseconds b\n# TYPE a_milliseconds gauge\na_milliseconds 1\n", "in a name"),
            ("# HELP aB b\n# TYPE aB gauge\naB 1\n", "lower case"),
        ]
    )
    func `the reader finds what is wrong`(text: String, fault: String) {
        #expect(Exposition(text).faults.contains { $0.contains(fault) }, "\(Exposition(text).faults)")
    }

    private static func status(_ generator: inout SeededGenerator) -> AgentStatus {
        let names = (0..<Int.random(in: 0...3, using: &generator)).map { _ in word(&generator) }
        let now = Timestamp(seconds: Int64.random(in: 0...4_000_000_000, using: &generator))
        let receivers = Set(names).sorted().map { name in
            ReceiverStatus(
                name: name,
                type: "slack",
                queued: Int.random(in: 0...100_000, using: &generator),
                oldestQueued: now - .milliseconds(Int.random(in: 0...10_000_000, using: &generator)),
                health: Bool.random(using: &generator)
                    ? .working : .broken(since: now, reason: word(&generator))
            )
        }
        let checks = Set((0..<3).map { _ in CheckID(environment: word(&generator), probe: word(&generator)) })
        return AgentStatus(
            version: word(&generator),
            startedAt: now,
            now: now,
            configuration: ConfigurationStatus(path: word(&generator), loadedAt: now),
            checks: checks.map { id in
                CheckStatus(
                    check: Check(id: id, type: "http", interval: .seconds(30), timeout: .seconds(10)),
                    newest: Sample(
                        check: id,
                        startedAt: now,
                        outcome: Bool.random(using: &generator) ? .ok : .failed(Failure(.status, "x")),
                        timings: Timings(
                            total: .nanoseconds(Int64.random(in: 0 ... .max, using: &generator))
                        ),
                        statusCode: Int.random(in: 100...599, using: &generator)
                    )
                )
            },
            alerts: [],
            receivers: receivers,
            rules: Set(names).sorted().map { name in
                RuleStatus(rule: name, evaluations: Int.random(in: 0 ... .max, using: &generator))
            },
            counters: AgentCounters()
        )
    }

    /// Words with everything that the format gives a meaning to.
    private static func word(_ generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\\", "\"", "\n", "{", "}", ",", "=", " ", "#", "\r", "\u{0}", "ä", "\u{301}",
        ]
        return String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
                    scalars.randomElement(using: &generator)
                }
            )
        )
    }
}
