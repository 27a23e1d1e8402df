import LookoutAlerting
import LookoutModel
import Synchronization
import Testing

@testable import LookoutDashboard

@Suite struct AnnouncementAPI {
    private let fixture = APIFixture()

    private func announce(_ body: String) async throws -> (status: Int, json: JSONValue) {
        try await fixture.ask(.post, "/api/v1/announcements", body)
    }

    private var announced: [Announcement] { fixture.agent.state.withLock { $0.announcements } }

    @Test func `the steps of a deployment stay together without naming it again`() async throws {
        let planned = try await announce(
            #"{"stage": "planned", "deployment": "2.0.4", "environment": "production", "emergency": true, "planned_for": "2026-11-23T20:00:00Z", "by": "ada", "text": "new chat"}"#
        )
        #expect(planned.status == 201)
        #expect(planned.json["told"] == ["chat"])
        #expect(planned.json["name"] == "2.0.4")
        for stage in ["start", "document", "watch", "update", "close"] {
            #expect(try await announce(#"{"stage": "\#(stage)", "by": "ada"}"#).json["name"] == "2.0.4")
        }
        #expect(announced.map(\.stage) == [.planned, .start, .document, .watch, .update, .close])
        #expect(announced.allSatisfy { $0.environment == "production" && $0.isEmergency })
        #expect(announced[0].plannedFor?.rfc3339 == "2026-11-23T20:00:00Z")
        let list = try await fixture.ask(.get, "/api/v1/announcements?limit=2").json
        guard case .array(let newest) = list else {
            Issue.record("no list: \(list.jsonText)")
            return
        }
        #expect(newest.map { $0["stage"] } == ["close", "update"])
    }

    @Test func `a start that nobody planned is named after the time, and begins anew after a close`()
        async throws
    {
        let start = try await announce(#"{"stage": "start", "environment": "production", "by": "ada"}"#)
        #expect(start.json["name"] == "20261122-120000")
        _ = try await announce(#"{"stage": "close", "by": "ada"}"#)
        #expect(try await announce(#"{"stage": "watch", "by": "ada"}"#).status == 409)
        fixture.agent.state.withLock { $0.now = $0.now + .seconds(61) }
        let next = try await announce(#"{"stage": "start", "environment": "production", "by": "ada"}"#)
        #expect(next.json["name"] == "20261122-120101")
    }

    @Test func `deployments to other environments are others`() async throws {
        _ = try await announce(
            #"{"stage": "start", "deployment": "p", "environment": "production", "by": "a"}"#
        )
        _ = try await announce(#"{"stage": "start", "deployment": "s", "environment": "staging", "by": "a"}"#)
        let watch = try await announce(#"{"stage": "watch", "environment": "production", "by": "a"}"#)
        #expect(watch.json["name"] == "p")
        let unclear = try await announce(#"{"stage": "close", "by": "a"}"#)
        #expect(
            unclear.status == 409 && unclear.json["detail"]?.string?.contains("p, s are not closed") == true
        )
        _ = try await announce(#"{"stage": "close", "deployment": "p", "by": "a"}"#)
        #expect(try await announce(#"{"stage": "close", "by": "a"}"#).json["name"] == "s")
    }

    @Test func `what nobody spoke of for a week is not gone on about`() async throws {
        _ = try await announce(#"{"stage": "start", "deployment": "old", "by": "a"}"#)
        fixture.agent.state.withLock { $0.now = $0.now + .seconds(7 * 86_400) }
        #expect(try await announce(#"{"stage": "watch", "by": "a"}"#).status == 409)
        #expect(try await announce(#"{"stage": "watch", "deployment": "old", "by": "a"}"#).status == 201)
    }

    @Test func `news of an incident is of the incident's environment`() async throws {
        #expect(try await announce(#"{"stage": "update", "incident": 7, "by": "ada"}"#).status == 201)
        #expect(announced.first?.topic == .incident(7))
        #expect(announced.first?.environment == "production")
        #expect(try await announce(#"{"stage": "update", "incident": 8, "by": "ada"}"#).status == 404)
    }

    @Test(arguments: [
        ("{}", ["/stage", "/by"]),
        (#"{"stage": "begin", "by": "a"}"#, ["/stage"]),
        (#"{"stage": "start", "by": ""}"#, ["/by"]),
        (#"{"stage": "start", "by": "a", "deployment": "a b"}"#, ["/deployment"]),
        (#"{"stage": "start", "by": "a", "deployment": ""}"#, ["/deployment"]),
        (#"{"stage": "start", "by": "a", "deployment": "v1", "incident": 7}"#, ["/incident"]),
        (#"{"stage": "start", "by": "a", "incident": -7}"#, ["/incident"]),
        (#"{"stage": "start", "by": "a", "planned_for": "2026-11-23T20:00:00Z"}"#, ["/planned_for"]),
        (#"{"stage": "planned", "by": "a", "planned_for": "tomorrow"}"#, ["/planned_for"]),
        (#"{"stage": "start", "by": "a", "enviroment": "x"}"#, ["/enviroment"]),
    ])
    func `a body that is not right names each fault, and nobody is told`(
        body: String,
        pointers: [String]
    ) async throws {
        let answer = try await announce(body)
        #expect(answer.status == 422)
        guard case .array(let errors)? = answer.json["errors"] else {
            Issue.record("no errors: \(answer.json.jsonText)")
            return
        }
        #expect(errors.compactMap { $0["pointer"]?.string } == pointers)
        #expect(announced.isEmpty)
    }

    @Test func `what cannot be stored is said so`() async throws {
        fixture.agent.state.withLock { $0.isBroken = true }
        #expect(try await announce(#"{"stage": "start", "by": "ada"}"#).status == 503)
    }
}
