import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct RenderEdge {
    private func version(_ fixture: inout CloudFixture) throws -> String {
        guard case .backend(let backend, _) = fixture.cloud.backend(of: "production", now: fixture.now) else {
            throw Unexpected()
        }
        return backend.currentVersion
    }

    private struct Unexpected: Error {}

    @Test func `for a minute after the switch, old and new answer in turn`() throws {
        var fixture = CloudFixture()
        try fixture.push(version: "3.0.0")
        while try fixture.service.release?.revision.version != "3.0.0" { fixture.pass(1) }
        var mixed: Set<String> = []
        for _ in 0..<10 { mixed.insert(try version(&fixture)) }
        #expect(mixed == ["2.0.4", "3.0.0"])
        fixture.pass(60)
        var settled: Set<String> = []
        for _ in 0..<10 { settled.insert(try version(&fixture)) }
        #expect(settled == ["3.0.0"])
    }

    private func delay(_ fixture: inout CloudFixture) throws -> Duration {
        guard case .backend(_, let delay) = fixture.cloud.backend(of: "production", now: fixture.now) else {
            throw Unexpected()
        }
        return delay
    }

    @Test func `a free service sleeps after a quarter of an hour, and wakes slowly`() throws {
        var fixture = CloudFixture()
        fixture.cloud.render.services[0].plan = "free"
        // Wakes from the night.
        _ = try delay(&fixture)
        fixture.pass(100)
        #expect(try delay(&fixture) == .zero)
        fixture.pass(14 * 60)
        #expect(try delay(&fixture) == .zero)
        fixture.pass(15 * 60)
        #expect(try delay(&fixture) == .seconds(50))
        fixture.pass(20)
        #expect(try delay(&fixture) == .seconds(30))
        fixture.pass(30)
        #expect(try delay(&fixture) == .zero)
    }

    @Test func `a service of a paid plan never sleeps`() throws {
        var fixture = CloudFixture()
        fixture.pass(86_400)
        #expect(try delay(&fixture) == .zero)
    }

    @Test func `a service that cannot wake says so in the header of the edge`() throws {
        var fixture = CloudFixture()
        fixture.cloud.render.services[0].plan = "free"
        fixture.cloud.render.services[0].wakes = false
        fixture.pass(3600)
        guard case .edge(let reply) = fixture.cloud.backend(of: "production", now: fixture.now) else {
            throw Unexpected()
        }
        #expect(reply.status == 503 && reply.body.isEmpty)
        #expect(reply.header("x-render-routing") == "hibernate-wake-error")
    }

    @Test func `where nothing was ever deployed, no server is bound to the host`() throws {
        var service = RenderServiceState(id: "srv-x", name: "x", owner: "tea-x", url: "", branch: "main")
        guard case .edge(let reply) = service.route(at: CloudFixture.start) else { throw Unexpected() }
        #expect(reply.status == 404)
        #expect(reply.header("x-render-routing") == "no-server")
    }
}
