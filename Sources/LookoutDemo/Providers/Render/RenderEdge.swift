package import LookoutModel

/// What comes back when somebody asks a service: Render's edge answers itself, or an instance does.
package enum RenderAnswer: Sendable {
    case edge(DemoReply)
    /// This release answers after a delay.
    case instance(DemoRelease, delay: Duration)
}

extension RenderServiceState {
    /// How long a free service waits for a request before it falls asleep.
    static let sleepsAfter = Duration.seconds(15 * 60)

    /// Who answers a request of a visitor, as Render's edge decides; counts as traffic.
    package mutating func route(at now: Timestamp) -> RenderAnswer {
        if isSuspended {
            return .edge(
                DemoReply(
                    503,
                    headers: [("content-type", "text/html; charset=utf-8")],
                    body:
                        "<html><title>Service Suspended</title><h1>This service has been suspended.</h1></html>\n"
                )
            )
        }
        guard let current = release else {
            return .edge(DemoReply(404, headers: [("x-render-routing", "no-server")], body: "Not Found\n"))
        }
        let delay = wake(at: now)
        guard delay == .zero || wakes else {
            return .edge(
                DemoReply(503, headers: [("x-render-routing", "hibernate-wake-error")], delay: delay)
            )
        }
        requestCount += 1
        // While both instances run, every other request still meets the old one.
        if let old = overlapping(at: now), requestCount % 2 == 0 { return .instance(old, delay: delay) }
        return .instance(current, delay: delay)
    }

    /// How long a request has to wait because the service sleeps or is just waking up.
    private mutating func wake(at now: Timestamp) -> Duration {
        defer { lastTraffic = max(lastTraffic ?? now, now) }
        guard plan == "free" else { return .zero }
        let isAsleep = lastTraffic.map { now - $0 >= Self.sleepsAfter } ?? true
        if isAsleep, awakeAt.map({ now >= $0 }) ?? true { awakeAt = now + pace.waking }
        guard let awakeAt, now < awakeAt else { return .zero }
        return awakeAt - now
    }
}
