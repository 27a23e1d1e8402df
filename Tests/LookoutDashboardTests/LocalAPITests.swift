import LookoutAlerting
import LookoutModel
import Synchronization
import Testing

@testable import LookoutDashboard

@Suite struct LocalAPIAnswers {
    private let fixture = APIFixture()
    private let key = APIFixture.key("backend-down")

    // MARK: Looking

    @Test func `alerts come with what keeps people from hearing of them`() async throws {
        let answer = try await fixture.ask(.get, "/api/v1/alerts")
        guard case .array(let alerts) = answer.json else { return #expect(Bool(false), "\(answer)") }
        #expect(alerts.compactMap { $0["rule"]?.string } == ["backend-down", "chat-broken"])
        #expect(alerts[0]["withheld"]?["kind"] == "silence")
        #expect(alerts[0]["withheld"]?["silence"] == "3f9a51c20b7d4e66")
        #expect(alerts[0]["suggestion"] == "rollback")
        #expect(alerts[0]["labels"]?["team"] == "web")
        #expect(alerts[1]["withheld"] == .null)
    }

    @Test(arguments: ["", "-4"])
    func `an alert is found by the beginning of its name`(episode: String) async throws {
        for length in [4, 12, 64] {
            let answer = try await fixture.ask(.get, "/api/v1/alerts/\(key.prefix(length))\(episode)")
            #expect(answer.json["rule"] == "backend-down", "\(length)")
        }
    }

    @Test func `names that are too short, unknown or of another episode are refused`() async throws {
        let short = try await fixture.ask(.get, "/api/v1/alerts/\(key.prefix(3))")
        #expect(short.status == 404)
        let unknown = try await fixture.ask(.get, "/api/v1/alerts/zzzzzz")
        #expect(unknown.status == 404)
        let over = try await fixture.ask(.get, "/api/v1/alerts/\(key.prefix(12))-3")
        #expect(over.status == 409)
        #expect(over.json["type"] == "urn:lookout:problem:other-episode")
    }

    @Test(arguments: [
        ("/", 404), ("/api", 404), ("/api/v1", 404), ("/api/v1/nothing", 404), ("/api/v2/alerts", 404),
        ("/api/v1/alerts/x/y/z", 404), ("/api/v1/incidents/1", 404), ("/api/v1/incidents/x", 404),
        ("/api/v1/incidents/7/else", 404), ("/api/v1/receivers/team", 404), ("/api/v1/history?limit=0", 400),
        ("/api/v1/history?since=yesterday", 400), ("/api/v1/incidents/7/document?zone=Mars/Base", 400),
        ("/api/v1/%zz", 400), ("/api/v1/%ff", 400), ("/api/v1/status", 200), ("/api/v1//status", 200),
        ("/api/v1/incidents/7", 200), ("/api/v1/incidents/7/document?zone=Europe%2FBerlin", 200),
        ("/api/v1/incidents", 200), ("/api/v1/maintenance", 200), ("/api/v1/receivers", 200),
        ("/api/v1/history?limit=1", 200),
    ])
    func `each address has its answer`(target: String, status: Int) async throws {
        #expect(try await fixture.ask(.get, target).status == status)
    }

    @Test(arguments: ["alerts", "history", "incidents", "status", "receivers"])
    func `what cannot be done somewhere is said with what can`(resource: String) async throws {
        let answer = try await fixture.ask(.delete, "/api/v1/\(resource)")
        #expect(answer.status == 405)
        #expect(answer.json["detail"] == "allowed here: GET")
    }

    @Test func `a receiver shows its health, queue and last error`() async throws {
        let answer = try await fixture.ask(.get, "/api/v1/receivers")
        guard case .array(let rows) = answer.json else { return #expect(Bool(false), "\(answer)") }
        #expect(rows[0]["health"] == "broken")
        #expect(rows[0]["error"] == "401")
        #expect(rows[0]["queued"] == 2)
    }

    // MARK: Acknowledging

    @Test func `an acknowledgement is stored and goes into the incident`() async throws {
        let path = "/api/v1/alerts/\(key.prefix(12))-4/acknowledgement"
        let answer = try await fixture.ask(.post, path, #"{"by": "alice", "for": "1h", "comment": "on it"}"#)
        #expect(answer.status == 200)
        #expect(answer.json["until"]?.string == (fixture.agent.now + .seconds(3600)).rfc3339)
        #expect(try await fixture.ask(.delete, path, #"{"by": "alice"}"#).status == 200)
        let notes = fixture.agent.state.withLock { $0.notes }
        #expect(notes.map(\.kind) == [.acknowledged, .released])
        #expect(notes.map(\.incident) == [7, 7])
        #expect(notes.first?.text == "backend-down: on it")
    }

    @Test func `what does not fire cannot be taken on`() async throws {
        let path = "/api/v1/alerts/\(APIFixture.key("page-slow"))/acknowledgement"
        let answer = try await fixture.ask(.post, path, #"{"by": "alice"}"#)
        #expect(answer.status == 409)
        #expect(answer.json["type"] == "urn:lookout:problem:not-firing")
    }

    // MARK: Incidents

    @Test func `a note goes into the incident, and nothing is not noted`() async throws {
        let answer = try await fixture.ask(
            .post,
            "/api/v1/incidents/7/notes",
            #"{"by": "bob", "text": "rolled back"}"#
        )
        #expect(answer.status == 201)
        #expect(fixture.agent.state.withLock { $0.notes.map(\.text) } == ["rolled back"])
        let empty = try await fixture.ask(
            .post,
            "/api/v1/incidents/7/notes",
            #"{"by": "bob", "text": " \n"}"#
        )
        #expect(empty.status == 422)
        let document = try await fixture.ask(.get, "/api/v1/incidents/7/document")
        #expect(document.json.string?.contains("bob: rolled back") == true)
    }

    @Test func `a receiver is tested, and an unknown one has its hint`() async throws {
        let answer = try await fixture.ask(.post, "/api/v1/receivers/team/test", "{}")
        #expect(answer.json["delivered"] == true)
        let unknown = try await fixture.ask(.post, "/api/v1/receivers/taem/test", "{}")
        #expect(unknown.status == 404)
        #expect(unknown.json["detail"]?.string?.contains("did you mean \"team\"?") == true)
    }

    @Test func `what cannot be stored is a 503 that says that nothing was changed`() async throws {
        fixture.agent.state.withLock { $0.isBroken = true }
        let answer = try await fixture.ask(
            .post,
            "/api/v1/silences",
            #"{"matchers": ["a=b"], "for": "1h", "by": "x"}"#
        )
        #expect(answer.status == 503)
        #expect(answer.json["detail"]?.string?.contains("nothing was changed") == true)
    }
}
