import LookoutSimulation
import LookoutTestSupport

/// What listens outside for the agent's heartbeats.
final class OutsideWatcher: Sendable {
    private let server: LoopbackServer

    init() throws {
        server = try LoopbackServer { connection in
            _ = try connection.readRequest()
            try connection.send(LoopbackAnswer())
        }
    }

    /// What the configuration says of it.
    var settings: String {
        "heartbeats: [{name: outside, type: healthchecks, url: \"\(server.url("/beat"))\", period: 10s, "
            + "fail_after: 1m}]"
    }

    /// How often it was told that all is well.
    var beats: Int { server.requests.count { $0.target == "/beat" } }
    /// What it was told is wrong, each time.
    var failures: [String] {
        server.requests.filter { $0.target == "/beat/fail" }.map { String(decoding: $0.body, as: UTF8.self) }
    }

    func stop() { server.stop() }
}
