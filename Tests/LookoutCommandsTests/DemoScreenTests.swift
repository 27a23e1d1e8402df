import LookoutDashboard
import LookoutDemo
import LookoutModel
import Testing

@testable import LookoutCommands

@Suite struct LiveScreen {
    private func screen(width: Int = 120, height: Int = 60, color: Bool = false) throws -> DemoScreen {
        let check = Check(
            id: CheckID(environment: "production", probe: "backend-health"),
            type: "http",
            interval: .seconds(5),
            timeout: .seconds(2)
        )
        let sample = Sample(
            check: check.id,
            startedAt: .epoch,
            outcome: .failed(Failure(.status, "status 503, expected 200-299 \u{1B}[2J")),
            timings: Timings(total: .milliseconds(12))
        )
        let alert = AlertStatus(
            rule: "backend-unavailable",
            labels: ["environment": "production"],
            state: "firing",
            severity: .outage,
            since: .epoch,
            summary: "production: backend answers 503",
            episode: 1
        )
        return DemoScreen(
            status: AgentStatus(
                version: "1",
                startedAt: .epoch,
                now: .epoch,
                configuration: ConfigurationStatus(path: "lookout.yaml", loadedAt: .epoch),
                checks: [CheckStatus(check: check, newest: sample)],
                alerts: [alert],
                receivers: [],
                counters: AgentCounters()
            ),
            faults: [try DemoFault(parsing: "production.backend=503")],
            received: [#"{"alerts":[{"status":"firing","labels":{"severity":"1","alertname":"x"}}]}"#],
            keys: DemoKey.all,
            controlURL: "http://127.0.0.1:9830",
            configurationPath: "/tmp/lookout.yaml",
            width: width,
            height: height,
            showsColor: color
        )
    }

    @Test func `checks, alerts, sink and injected faults are all there`() throws {
        let text = try screen().lines.joined(separator: "\n")
        for expected in [
            "failed      production/backend-health", "12 ms", "status 503, expected 200-299",
            "SEV1 firing", "production: backend answers 503", "status=firing severity=1 alertname=x",
            "injected: production.backend=503", "*production.backend=503",
        ] {
            #expect(text.contains(expected), "\(expected) is missing in:\n\(text)")
        }
    }

    @Test(arguments: [(20, 5), (80, 24), (200, 50)])
    func `it never leaves the terminal's size`(width: Int, height: Int) throws {
        let lines = try screen(width: width, height: height).lines
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { $0.count <= width })
    }

    @Test func `what a target sends is shown without its control characters`() throws {
        #expect(try screen().lines.allSatisfy { !$0.contains("\u{1B}") })
    }

    @Test func `colours take no room`() throws {
        let plain = try screen(width: 40).lines.map(\.count)
        let coloured = try screen(width: 40, color: true).lines.map { line in
            line.replacing("\u{1B}[0m", with: "").replacing("\u{1B}[1m", with: "")
                .replacing("\u{1B}[31m", with: "").replacing("\u{1B}[32m", with: "").count
        }
        #expect(plain == coloured)
    }

    @Test func `every fault of production has its key`() {
        #expect(Set(DemoKey.all.map(\.letter)).count == DemoKey.all.count)
        let faults = DemoPart.allCases.map(\.faults.count).reduce(0, +)
        #expect(DemoKey.all.count == faults + 1)
    }
}
