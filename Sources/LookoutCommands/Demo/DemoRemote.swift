import ArgumentParser
import LookoutDaemon
import LookoutHTTP
import LookoutModel

/// Speaks to the control port of a demo that runs in another process.
struct DemoRemote {
    private let port: Int
    private let transport: HTTPClient

    init(port: Int) throws {
        self.port = port
        transport = try HTTPClient()
    }

    func close() async {
        await transport.shutdown()
    }

    func isRunning() async -> Bool {
        let response = try? await transport.send(request("GET", "/faults"))
        return response?.statusCode == 200
    }

    /// Injects a fault; the faults that are then injected, a line each.
    func inject(_ fault: String) async throws -> String {
        try await answer(to: request("POST", "/faults", body: fault))
    }

    /// Mends an environment or a part; the faults that are then left.
    func mend(_ place: String) async throws -> String {
        try await answer(to: request("DELETE", place == "all" ? "/faults" : "/faults/\(place)"))
    }

    private func answer(to request: HTTPRequest) async throws -> String {
        let response = try await transport.send(request)
        let text = String(decoding: response.body, as: UTF8.self)
        guard response.statusCode == 200 else {
            StandardStreams.writeError(text)
            throw ExitCode.usage
        }
        guard case .array(let faults)? = try? JSONValue(parsing: response.body) else { return text }
        return faults.isEmpty
            ? "nothing is broken\n" : faults.compactMap { $0.string.map { "broken: \($0)\n" } }.joined()
    }

    private func request(_ method: String, _ path: String, body: String? = nil) -> HTTPRequest {
        HTTPRequest(
            url: "http://127.0.0.1:\(port)\(path)",
            method: method,
            body: body.map { Array($0.utf8) },
            timeout: .seconds(3)
        )
    }
}
