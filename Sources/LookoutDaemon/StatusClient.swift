import LookoutHTTP
package import LookoutModel

/// Asks a running agent for its status.
package struct StatusClient: Sendable {
    private let address: String

    /// - Parameter address: `host:port` of the agent's local API.
    package init(address: String) {
        self.address = address
    }

    /// The answer of `/api/v1/status`.
    ///
    /// Throws why there is none.
    package func status() async throws(AgentError) -> JSONValue {
        try await SystemResources.use { system throws(AgentError) in try await status(system.transport) }
    }

    private func status(_ transport: any HTTPTransport) async throws(AgentError) -> JSONValue {
        let url = "http://\(address)/api/v1/status"
        let response: HTTPResponse
        do {
            response = try await transport.send(
                HTTPRequest(url: url, timeout: .seconds(5), maximumBodyBytes: 64 << 20)
            )
        } catch {
            throw AgentError(
                .address,
                "no lookout answers at \(address): \(error.message); is the daemon running?"
            )
        }
        guard response.statusCode == 200, let status = try? JSONValue(parsing: response.body) else {
            throw AgentError(
                .address,
                "what answers at \(address) is not lookout (status \(response.statusCode))"
            )
        }
        return status
    }
}
