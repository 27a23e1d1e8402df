import LookoutModel

/// When a heartbeat's address is called, and with what: decides, and calls nobody.
struct HeartbeatSchedule: Sendable {
    /// A call to make.
    enum Beat: Hashable, Sendable {
        case start
        case alive
        /// What is wrong.
        case failing([String])
    }

    let heartbeat: Heartbeat
    private var hasStarted = false
    /// When the last call was due.
    private var beatAt: Duration?
    private var wasFailing = false

    init(_ heartbeat: Heartbeat) {
        self.heartbeat = heartbeat
    }

    /// When to look again, on the monotonic clock.
    ///
    /// More often than the period, so that the outside hears of a failure soon; and later than now, also
    /// where a call is overdue that cannot be made.
    func nextLook(after now: Duration) -> Duration {
        let due = beatAt.map { $0 + heartbeat.period } ?? now
        return min(max(due, now + .seconds(1)), now + .seconds(10))
    }

    /// The call to make now, if any.
    ///
    /// Nothing is said while Lookout has no network: the silence says it.
    mutating func beat(_ health: AgentHealth, at now: Duration) -> Beat? {
        guard !health.isOffline else { return nil }
        if !hasStarted {
            hasStarted = true
            if heartbeat.startURL != nil { return .start }
        }
        let troubles = health.troubles(for: heartbeat, at: now)
        let isFailing = !troubles.isEmpty
        guard beatAt.map({ now - $0 >= heartbeat.period }) ?? true || isFailing != wasFailing else {
            return nil
        }
        beatAt = now
        wasFailing = isFailing
        if !isFailing { return .alive }
        return heartbeat.failURL == nil ? nil : .failing(troubles)
    }
}
