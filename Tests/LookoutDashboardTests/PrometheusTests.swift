import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDashboard

@Suite struct MetricsOfAlerting {
    private static let now = Timestamp(seconds: 2000)

    private static var numbers: DispatchNumbers {
        var numbers = DispatchNumbers()
        numbers.attempts = 11
        numbers.failedAttempts = [.throttled: 2, .rejected: 1]
        numbers.duration = .milliseconds(2500)
        numbers.told = 7
        numbers.givenUp = [.rejected: 1]
        return numbers
    }

    private var status: AgentStatus {
        func alert(
            _ state: String,
            _ severity: Severity,
            withheld: String? = nil,
            by: String? = nil
        ) -> AlertStatus {
            AlertStatus(
                rule: "r",
                labels: [:],
                state: state,
                severity: severity,
                since: Self.now,
                summary: "",
                episode: 1,
                withheld: withheld,
                acknowledgedBy: by
            )
        }
        return AgentStatus(
            version: "1",
            startedAt: Timestamp(seconds: 10),
            now: Self.now,
            configuration: ConfigurationStatus(path: "lookout.yaml", loadedAt: Timestamp(seconds: 10)),
            checks: [],
            alerts: [
                alert("pending", .minor), alert("firing", .outage, withheld: "silenced"),
                alert("firing", .outage, by: "alice"), alert("recovering", .major),
            ],
            receivers: [
                ReceiverStatus(
                    name: "team",
                    type: "slack",
                    queued: 3,
                    dead: 1,
                    superseded: 2,
                    oldestQueued: Self.now - .milliseconds(1500),
                    health: .broken(since: Self.now, reason: "401"),
                    numbers: Self.numbers
                ),
                ReceiverStatus(name: "quiet", type: "terminal", queued: 0),
            ],
            rules: [
                RuleStatus(
                    rule: "r",
                    evaluations: 9,
                    noData: 1,
                    errors: 2,
                    withheld: 3,
                    unstored: ["sample.json": 4]
                )
            ],
            counters: AgentCounters()
        )
    }

    @Test(arguments: [
        #"lookout_alerts{severity="1",state="firing"} 2"#,
        #"lookout_alerts{severity="3",state="pending"} 1"#,
        #"lookout_alerts{severity="2",state="recovering"} 1"#,
        #"lookout_alerts{severity="1",state="pending"} 0"#,
        #"lookout_alerts_withheld{severity="1"} 1"#,
        #"lookout_alerts_acknowledged{severity="1"} 1"#,
        #"lookout_outbox_queued{receiver="team",type="slack"} 3"#,
        #"lookout_outbox_oldest_seconds{receiver="team",type="slack"} 1.5"#,
        #"lookout_outbox_oldest_seconds{receiver="quiet",type="terminal"} 0"#,
        #"lookout_notices_superseded{receiver="team",type="slack"} 2"#,
        #"lookout_notifications_total{receiver="team",type="slack"} 8"#,
        #"lookout_notifications_failed_total{reason="rejected",receiver="team",type="slack"} 1"#,
        #"lookout_notifications_failed_total{reason="timeout",receiver="quiet",type="terminal"} 0"#,
        #"lookout_notification_requests_total{receiver="team",type="slack"} 11"#,
        #"lookout_notification_requests_failed_total{reason="throttled",receiver="team",type="slack"} 2"#,
        #"lookout_notification_request_seconds_total{receiver="team",type="slack"} 2.5"#,
        #"lookout_receiver_health{health="broken",receiver="team",type="slack"} 1"#,
        #"lookout_receiver_health{health="working",receiver="team",type="slack"} 0"#,
        #"lookout_rule_evaluations_total{rule="r"} 9"#,
        #"lookout_rule_withheld_total{rule="r"} 3"#,
        #"lookout_rule_unstored_total{field="sample.json",rule="r"} 4"#,
    ])
    func `the page has the line`(line: String) {
        #expect(MetricsText.render(status).split(separator: "\n").contains { $0 == line })
    }

    @Test(
        .enabled(if: TestProgram(named: "promtool") != nil, "promtool (Debian: prometheus) is not installed")
    )
    func `promtool has nothing to say`() throws {
        let program = try #require(TestProgram(named: "promtool"))
        let folder = try ScratchFolder("promtool")
        defer { folder.remove() }
        try folder.write(MetricsText.render(status), to: "metrics.txt")
        let shell = try #require(TestProgram(named: "sh"))
        let command = "'\(program.path)' check metrics < '\(folder.file("metrics.txt"))'"
        try shell.run(["-c", command], log: folder.file("log"))
        try shell.run(["-c", "test ! -s '\(folder.file("log"))'"], log: folder.file("empty"))
    }
}
