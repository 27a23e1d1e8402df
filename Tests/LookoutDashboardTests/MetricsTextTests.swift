import LookoutModel
import Testing

@testable import LookoutDashboard

@Suite struct MetricsPages {
    private func status(message: String = "boom", reloadError: String? = nil) -> AgentStatus {
        let check = Check(
            id: CheckID(environment: "production", probe: "backend-health"),
            type: "http",
            interval: .seconds(30),
            timeout: .seconds(10)
        )
        let silent = Check(
            id: CheckID(environment: "staging", probe: "back\"slash\\"),
            type: "http",
            interval: .seconds(30),
            timeout: .seconds(10)
        )
        let sample = Sample(
            check: check.id,
            startedAt: Timestamp(seconds: 1000),
            outcome: .failed(Failure(.status, message)),
            timings: Timings(total: .milliseconds(250)),
            statusCode: 503
        )
        let alert = AlertStatus(
            rule: "backend-down",
            labels: ["environment": "production"],
            state: "firing",
            severity: .outage,
            since: Timestamp(seconds: 1000),
            summary: "down",
            episode: 1
        )
        return AgentStatus(
            version: "1.2.3",
            startedAt: Timestamp(seconds: 10),
            now: Timestamp(seconds: 1001),
            configuration: ConfigurationStatus(
                path: "lookout.yaml",
                loadedAt: Timestamp(seconds: 10),
                reloadError: reloadError
            ),
            checks: [
                CheckStatus(check: check, newest: sample),
                CheckStatus(
                    check: silent,
                    newest: Sample(check: silent.id, startedAt: Timestamp(seconds: 1), outcome: .ok)
                ),
                CheckStatus(check: silent, newest: nil),
            ],
            alerts: [alert],
            receivers: [ReceiverStatus(name: "team", type: "terminal", queued: 3)],
            counters: AgentCounters()
        )
    }

    private func lines(_ status: AgentStatus) -> [Substring] {
        MetricsText.render(status).split(separator: "\n")
    }

    @Test func `a failed check is 0, with its duration and status`() {
        let labels = #"{environment="production",probe="backend-health",type="http"}"#
        let lines = lines(status())
        #expect(lines.contains("lookout_check_success\(labels) 0"))
        #expect(lines.contains("lookout_check_duration_seconds\(labels) 0.25"))
        #expect(lines.contains("lookout_check_http_status_code\(labels) 503"))
    }

    @Test func `label values are escaped`() {
        let expected = #"lookout_check_success{environment="staging",probe="back\"slash\\",type="http"} 1"#
        #expect(lines(status()).contains { $0 == expected })
    }

    @Test func `firing alerts are counted by severity`() {
        #expect(lines(status()).contains(#"lookout_alerts_firing{severity="1"} 1"#))
        #expect(lines(status()).contains(#"lookout_alerts_firing{severity="2"} 0"#))
    }

    @Test func `a refused reload shows`() {
        #expect(lines(status()).contains("lookout_config_last_reload_successful 1"))
        #expect(lines(status(reloadError: "x")).contains("lookout_config_last_reload_successful 0"))
    }

    @Test func `every family has its help and type before its samples`() {
        var announced: Set<Substring> = []
        for line in lines(status()) {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE ") { announced.insert(words[2]) }
            if !line.hasPrefix("#") { #expect(announced.contains(line.prefix { $0 != "{" && $0 != " " })) }
        }
        #expect(!announced.isEmpty)
    }

    @Test func `the JSON names the worst severity and leaves unknown things null`() {
        let json = status().json
        #expect(json["worst_severity"] == 1)
        #expect(json["configuration"]?["reload_error"] == .null)
        guard case .array(let checks)? = json["checks"] else {
            Issue.record("no checks in \(json)")
            return
        }
        #expect(checks.last?["outcome"] == "pending")
        #expect(checks.last?["duration_seconds"] == .null)
    }
}
