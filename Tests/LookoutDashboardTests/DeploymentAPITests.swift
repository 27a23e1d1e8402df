import LookoutDeployments
import LookoutModel
import Synchronization
import Testing

@testable import LookoutDashboard

@Suite struct DeploymentAPITests {
    private let deployments = ScriptedDeployments()
    private let fixture: APIFixture

    init() {
        fixture = APIFixture(deployments: deployments)
    }

    private func begin(_ name: String = "2.0.4") async throws {
        let body = #"{"name": "\#(name)", "by": "alice", "trigger": "backend-fixes", "changes": ["CORS"]}"#
        let (status, json) = try await fixture.ask(.post, "/api/v1/deployments", body)
        try #require(status == 201, "\(json.jsonText)")
    }

    @Test func `a deployment is begun, listed and shown`() async throws {
        try await begin()
        let (_, list) = try await fixture.ask(.get, "/api/v1/deployments")
        guard case .array(let rows) = list else {
            Issue.record("\(list.jsonText)")
            return
        }
        #expect(rows.map { $0["id"] } == ["2.0.4"])
        #expect(rows[0]["began_at"] == .string(deployments.now.rfc3339))
        #expect(rows[0]["phase"] == "planned")
        let (status, page) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4")
        #expect(status == 200)
        #expect(page["intent"]?["trigger"] == "backend-fixes")
        #expect(page["intent"]?["changes"] == ["CORS"])
        #expect(page["environment"] == "production")
    }

    @Test func `the events come as they are stored and make the same deployment again`() async throws {
        try await begin()
        _ = try await fixture.ask(.post, "/api/v1/deployments/2.0.4/notes", #"{"by": "bob", "text": "x"}"#)
        let (_, json) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4/events")
        guard case .array(let documents) = json else {
            Issue.record("\(json.jsonText)")
            return
        }
        let events = try documents.map { try DeploymentEvent(document: $0) }
        let id = try #require(DeploymentID("2.0.4"))
        #expect(events == deployments.state.withLock { $0.events[id] })
    }

    @Test func `the record is Markdown`() async throws {
        try await begin()
        let (status, text) = try await fixture.ask(.get, "/api/v1/deployments/2.0.4/record")
        #expect(status == 200)
        #expect(text.string?.hasPrefix("## Deployment: \(deployments.now.rfc3339)") == true)
    }

    @Test(arguments: [
        (
            "ticks", #"{"by": "bob", "item": "trip-planning"}"#,
            DeploymentRequest.tick(item: "trip-planning", by: "bob")
        ),
        (
            "overrides", #"{"by": "bob", "criterion": "reviews", "reason": "by phone"}"#,
            .override(criterion: "reviews", by: "bob", reason: "by phone")
        ),
        ("notes", #"{"by": "bob", "text": "slow maps"}"#, .note(by: "bob", text: "slow maps")),
        (
            "amendments", #"{"by": "bob", "field": "issues", "text": "none"}"#,
            .amend(field: "issues", text: "none", by: "bob")
        ),
        ("finish", #"{"by": "bob"}"#, .finish(by: "bob", result: nil)),
        (
            "finish", #"{"by": "bob", "result": "failed", "reason": "no build"}"#,
            .finish(by: "bob", result: .failed(reason: "no build"))
        ),
    ])
    func `what people say is passed on`(part: String, body: String, request: DeploymentRequest) async throws {
        try await begin()
        let (status, json) = try await fixture.ask(.post, "/api/v1/deployments/2.0.4/\(part)", body)
        #expect(status == 201, "\(json.jsonText)")
        #expect(json["id"] == "2.0.4")
        #expect(deployments.state.withLock { $0.requests.last } == request)
    }

    @Test(arguments: [
        ("", #"{"trigger": "x"}"#, 422), ("", #"{"by": "a", "emergency": true}"#, 422),
        ("", #"{"by": "a", "environment": "staging"}"#, 422), ("", #"{"by": "a", "name": "a/b"}"#, 422),
        ("", #"{"by": "a", "trigger": 7}"#, 422), ("", #"{"by": "a", "chnages": []}"#, 422),
        ("", #"{"by": "a", "name": "2.0.4"}"#, 409),
        ("/2.0.4/ticks", #"{"by": "a"}"#, 422), ("/2.0.4/ticks", #"{"item": "a"}"#, 422),
        ("/2.0.4/overrides", #"{"by": "a", "criterion": "x"}"#, 422),
        ("/2.0.4/notes", #"{"by": "a", "text": "  "}"#, 422),
        ("/2.0.4/finish", #"{"by": "a", "result": "good"}"#, 422),
        ("/2.0.4/finish", #"{"by": "a", "result": "failed"}"#, 422),
        ("/none/notes", #"{"by": "a", "text": "x"}"#, 404),
        ("/2.0.4/nothing", #"{"by": "a"}"#, 404), ("/2.0.4/notes/1", #"{"by": "a"}"#, 404),
    ])
    func `what is wrong is refused, and nothing is done`(
        path: String,
        body: String,
        expected: Int
    ) async throws {
        try await begin()
        let before = deployments.state.withLock { $0.requests.count }
        let (status, json) = try await fixture.ask(.post, "/api/v1/deployments\(path)", body)
        #expect(status == expected, "\(json.jsonText)")
        #expect(deployments.state.withLock { $0.requests.count } == before)
    }

    @Test(arguments: [
        "/api/v1/deployments/none", "/api/v1/deployments/%1B%5B2J", "/api/v1/deployments/none/events",
    ])
    func `what is not there is said to be missing, without control characters`(target: String) async throws {
        let (status, json) = try await fixture.ask(.get, target)
        #expect(status == 404)
        #expect(json["detail"]?.string?.unicodeScalars.contains("\u{1B}") == false)
    }

    @Test func `who changes something shows the token, and a look needs none`() async throws {
        let body = #"{"by": "alice"}"#
        let denied = try await fixture.ask(.post, "/api/v1/deployments", body, headers: ["authorization": ""])
        #expect(denied.status == 401)
        let gate = try await fixture.ask(.post, "/api/v1/preflight", body, headers: ["authorization": ""])
        #expect(gate.status == 401)
        let look = try await fixture.ask(.get, "/api/v1/deployments", headers: ["authorization": ""])
        #expect(look.status == 200)
        #expect(deployments.state.withLock { $0.requests.isEmpty && $0.gates.isEmpty })
    }

    @Test func `an agent without deployments says so`() async throws {
        let plain = APIFixture()
        for (method, path, body) in [
            (APIRequest.Method.get, "deployments", ""), (.post, "preflight", #"{"by": "a"}"#),
        ] {
            let (status, json) = try await plain.ask(method, "/api/v1/\(path)", body)
            #expect(status == 404)
            #expect(json["type"] == "urn:lookout:problem:no-deployments")
        }
    }

    @Test func `a store that fails is the agent's fault`() async throws {
        try await begin()
        deployments.state.withLock { $0.isBroken = true }
        #expect(try await fixture.ask(.get, "/api/v1/deployments/2.0.4").status == 503)
        let body = #"{"by": "a", "text": "x"}"#
        #expect(try await fixture.ask(.post, "/api/v1/deployments/2.0.4/notes", body).status == 503)
    }

    // MARK: The gate

    @Test func `the gate is judged with what people said, and kept with the deployment`() async throws {
        try await begin()
        for (part, body) in [
            ("ticks", #"{"by": "bob", "item": "maps"}"#),
            ("overrides", #"{"by": "bob", "criterion": "staging-healthy", "reason": "known"}"#),
        ] {
            _ = try await fixture.ask(.post, "/api/v1/deployments/2.0.4/\(part)", body)
        }
        let body = #"{"by": "alice", "deployment": "2.0.4", "create_backup": true, "branch": "hotfix/x"}"#
        let (status, json) = try await fixture.ask(.post, "/api/v1/preflight", body)
        #expect(status == 200, "\(json.jsonText)")
        #expect(json["decision"] == "go")
        #expect(json["remarks"] == ["no commit status was posted"])
        let report = try GateReport(document: json["report"] ?? .null)
        let (request, madeBackup, last) = deployments.state.withLock {
            ($0.gates.last, $0.madeBackup, $0.requests.last)
        }
        #expect(request?.ticks.map(\.item) == ["maps"])
        #expect(request?.branch == "hotfix/x")
        #expect(madeBackup)
        #expect(last == .gate(report))
    }

    @Test func `the gate of a deployment knows what was said when it was begun`() async throws {
        let begun =
            #"{"by": "alice", "name": "2.0.5", "trigger": "pam-broken", "emergency": true, "reason": "chat is down"}"#
        #expect(try await fixture.ask(.post, "/api/v1/deployments", begun).status == 201)
        let body = #"{"by": "bob", "deployment": "2.0.5"}"#
        #expect(try await fixture.ask(.post, "/api/v1/preflight", body).status == 200)
        let intent = deployments.state.withLock { $0.gates.last?.intent }
        #expect(intent?.trigger == "pam-broken")
        #expect(intent?.isEmergency == true && intent?.reason == "chat is down")
        #expect(intent?.author == "bob")
    }

    @Test func `what was ticked for a deployment that is over opens no gate`() async throws {
        try await begin()
        let done = try await fixture.ask(.post, "/api/v1/deployments/2.0.4/finish", #"{"by": "bob"}"#)
        #expect(done.status == 201)
        let gates = deployments.state.withLock { $0.gates.count }
        for (path, body) in [
            ("preflight", #"{"by": "a", "deployment": "2.0.4"}"#),
            ("deployments/2.0.4/ticks", #"{"by": "a", "item": "maps"}"#),
            ("deployments/2.0.4/overrides", #"{"by": "a", "criterion": "trigger", "reason": "x"}"#),
        ] {
            let (status, json) = try await fixture.ask(.post, "/api/v1/\(path)", body)
            #expect(status == 409, "\(path): \(json.jsonText)")
        }
        #expect(deployments.state.withLock { $0.gates.count } == gates)
    }

    @Test func `a gate without a deployment is kept nowhere`() async throws {
        let (status, json) = try await fixture.ask(.post, "/api/v1/preflight", #"{"by": "alice"}"#)
        #expect(status == 200)
        #expect(json["decision"] == "unknown")
        #expect(deployments.state.withLock { $0.requests.isEmpty && !$0.madeBackup })
        let missing = try await fixture.ask(.post, "/api/v1/preflight", #"{"by": "a", "deployment": "x"}"#)
        #expect(missing.status == 404)
    }
}
