import LookoutDeployments
import LookoutModel

/// What only the events of a service tell: why a deploy failed, and whether variables made Render deploy.
extension RenderService {
    /// Adds what the events say to deploys that need it.
    ///
    /// The events are an addition: where they cannot be read, the deploys stay as they are.
    func explained(_ deploys: [RenderDeploy]) async -> [RenderDeploy] {
        let unclear = deploys.filter { $0.isFailure || $0.trigger == "service_updated" }
        guard let first = unclear.map(\.createdAt).min(), let events = try? await events(since: first) else {
            return deploys
        }
        return deploys.map { deploy in
            let own = events.filter { $0.deploy == deploy.id }
            var explained = deploy
            explained.failureReason = own.compactMap(\.reason).first ?? deploy.reason(among: events)
            explained.isOfVariables = own.compactMap(\.isOfVariables).first
            return explained
        }
    }

    private func events(since time: Timestamp) async throws(ProviderFailure) -> [RenderEvent] {
        let request = ProviderRequest(
            "the events of the service",
            path: ["services", id, "events"],
            query: [.init("startTime", time.rfc3339)]
        )
        var events: [RenderEvent] = []
        for answer in try await transport.objects(request, .cursors(size: 100), atMost: 300) {
            events.append(try RenderEvent(try answer.required(try answer.object("event"), "event")))
        }
        return events
    }
}

extension RenderDeploy {
    /// How long after its end a deploy's instance may be reported.
    private static let grace = Duration.seconds(60)

    /// What made the new instance fail: such an event names no deploy, so its time tells which it was.
    fileprivate func reason(among events: [RenderEvent]) -> String? {
        guard status == "update_failed" else { return nil }
        let end = finishedAt.map { $0 + Self.grace }
        return events.first { event in
            event.type == "server_failed" && event.reason != nil && event.at >= createdAt
                && end.map { event.at <= $0 } ?? true
        }?.reason
    }
}
