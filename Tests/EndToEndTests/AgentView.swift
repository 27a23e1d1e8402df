import LookoutHTTP
import LookoutModel

/// The daemon's status, asked over its local API.
struct AgentView {
    private let status: JSONValue

    init(_ world: DemoWorld) async throws {
        let client = try HTTPClient()
        let response = try await client.send(HTTPRequest(url: "http://\(world.listen)/api/v1/status"))
        await client.shutdown()
        status = try JSONValue(parsing: response.body)
    }

    /// Whether every check has been run since a time, and was well.
    func isWell(since time: Timestamp) -> Bool {
        rows("checks").allSatisfy { row in
            let sampled = row["sampled_at"]?.string.flatMap(Timestamp.init(rfc3339:))
            return row["outcome"] == "ok" && sampled.map { $0 >= time } == true
        }
    }

    /// Whether every check has been run since a time, however it went.
    func isSampled(since time: Timestamp) -> Bool {
        rows("checks").allSatisfy { row in
            row["sampled_at"]?.string.flatMap(Timestamp.init(rfc3339:)).map { $0 >= time } == true
        }
    }

    var outcomes: [String] { rows("checks").compactMap { $0["outcome"]?.string } }

    var firing: [String] {
        rows("alerts").filter { $0["state"] != "pending" }.compactMap { $0["rule"]?.string }
    }

    var queued: Int {
        rows("receivers").reduce(0) { sum, row in
            if case .int(let count)? = row["queued"] { sum + Int(count) } else { sum }
        }
    }

    var runsInFlight: Int {
        if case .int(let count)? = status["counters"]?["runs_in_flight"] { Int(count) } else { 0 }
    }

    var reloadError: String? { status["configuration"]?["reload_error"]?.string }

    private func rows(_ key: String) -> [JSONValue] {
        if case .array(let rows)? = status[key] { rows } else { [] }
    }
}
