package import LookoutDeployments
package import LookoutModel

extension RenderService {
    /// Render's own search is asked, and what it finds must hold the text, since how it searches is not documented.
    package func logLines(
        containing text: String,
        since time: Timestamp,
        limit: Int
    ) async throws(ProviderFailure) -> [LogLine] {
        let owner = try await service().owner
        guard !owner.isEmpty else {
            throw .unexpected("Render, the service: \"ownerId\" is missing, without which there are no logs")
        }
        var lines: [LogLine] = []
        var start = time
        for _ in 0..<transport.policy.maximumPages {
            let page = try await transport.read(logs(of: owner, containing: text, since: start)).object()
            let isLast = try page.required(try page.flag("hasMore"), "hasMore") == false
            for entry in try page.objects("logs") {
                let message = try entry.required(try entry.text("message"), "message")
                let moment = try entry.required(try entry.time("timestamp"), "timestamp")
                if moment >= time, message.contains(text) {
                    lines.append(LogLine(at: moment, PlainText.line(message, atMost: 500)))
                }
            }
            let next = try page.time("nextStartTime")
            guard !isLast, let next, next > start, lines.count < limit else { break }
            start = next
        }
        return Array(lines.sorted { $0.at < $1.at }.prefix(limit))
    }

    private func logs(of owner: String, containing text: String, since start: Timestamp) -> ProviderRequest {
        ProviderRequest(
            "the logs of the service",
            path: ["logs"],
            query: [
                .init("ownerId", owner), .init("resource", id), .init("startTime", start.rfc3339),
                .init("direction", "forward"), .init("text", text), .init("limit", "100"),
            ]
        )
    }
}
