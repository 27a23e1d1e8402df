import LookoutDeployments
import LookoutModel
import LookoutSimulation
import LookoutStatistics
import Synchronization
import Testing

@testable import LookoutDashboard

/// Verdicts that are worked out again.
@Suite struct DeploymentExplanationTests {
    private let deployments = ScriptedDeployments()
    private let fixture: APIFixture

    init() {
        fixture = APIFixture(deployments: deployments)
    }

    private func begin() async throws {
        let (status, json) = try await fixture.ask(
            .post,
            "/api/v1/deployments",
            #"{"name": "2.0.4", "by": "alice"}"#
        )
        try #require(status == 201, "\(json.jsonText)")
    }

    /// A watch of one check, judged by the runs that are kept.
    private func judge(tamper: Bool) async throws {
        try await begin()
        let id = try #require(DeploymentID("2.0.4"))
        let check = CheckID(environment: "production", probe: "api")
        let start = deployments.now + .seconds(6_000)
        var generator = SeededGenerator(seed: 1)
        func runs(_ count: Int, from begin: Timestamp, level: Double) -> [CheckSample] {
            (0..<count).map { index in
                let time = Double((begin + .seconds(index * 10)).microseconds) / 1e6
                let seconds = level * Double.random(in: 0.5...1.5, using: &generator)
                return CheckSample(time: time, isOK: true, seconds: seconds)
            }
        }
        let plan = WatchPlan(
            start: start,
            end: start + .seconds(1_800),
            latestEnd: start + .seconds(3_600),
            baseline: deployments.now..<start,
            transition: start..<start,
            checks: [WatchedCheck(check, policy: ComparisonPolicy())]
        )
        let compared = [
            check: ComparedRuns(
                baseline: runs(590, from: deployments.now, level: 0.2),
                window: runs(180, from: start, level: 0.4)
            )
        ]
        deployments.state.withLock { state in
            state.runs = compared
            state.events[id]?.append(DeploymentEvent(at: start, .watchBegan(plan)))
        }
        let deployment = Deployment(id, events: deployments.state.withLock { $0.events[id] ?? [] })
        let verdict = try #require(
            WatchJudge(plan: plan, runs: compared).verdict(of: deployment, at: start + .seconds(1_800))
        )
        deployments.state.withLock { state in
            state.events[id]?.append(DeploymentEvent(at: start + .seconds(1_800), .judged(verdict)))
            if tamper { state.runs[check]?.window.removeLast(100) }
        }
    }

    @Test func `a verdict is worked out again to the same digits, with every look`() async throws {
        try await judge(tamper: false)
        let (status, json) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4/explanation")
        #expect(status == 200)
        #expect(json["same"] == true)
        #expect(json["stored"] == json["recomputed"])
        #expect(json["stored"]?["word"] == "regressed")
        guard case .array(let checks)? = json["checks"], case .array(let looks)? = checks.first?["looks"]
        else {
            Issue.record("\(json.jsonText.prefix(200))")
            return
        }
        #expect(looks.count == 180)
        #expect(looks.last?["latency"]?["ln_e"] == checks[0]["latency"]?["ln_e"])
    }

    @Test func `a verdict that does not come out again is said to differ`() async throws {
        try await judge(tamper: true)
        let (_, json) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4/explanation")
        #expect(json["same"] == false)
    }

    @Test func `without a verdict there is nothing to explain, and without a plan nothing to roll back`()
        async throws
    {
        try await begin()
        for part in ["explanation", "plan"] {
            let (status, json) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4/\(part)")
            #expect(status == 404, "\(json.jsonText)")
        }
    }

    @Test func `the runs come as lines that can be analyzed again`() async throws {
        try await judge(tamper: false)
        let path = "/api/v1/deployments/2.0.4/runs"
        let (status, text) = try await fixture.ask(.get, "\(path)?side=baseline")
        #expect(status == 200)
        let lines = text.string?.split(separator: "\n") ?? []
        let runs = try lines.map { try RunLine(parsing: Array($0.utf8)) }
        let check = CheckID(environment: "production", probe: "api")
        #expect(runs.map(\.sample) == deployments.state.withLock { $0.runs[check]?.baseline })
        #expect(Set(runs.map(\.check)) == ["production/api"])
        #expect(try await fixture.ask(.get, "\(path)?side=left").status == 400)
        #expect(try await fixture.ask(.get, "/api/v1/deployments/none/runs").status == 404)
    }
}
