package import LookoutModel

/// The time of a replay: what the clocks showed the running agent when a sample came in.
///
/// The wall clock is when the sample's run ended; the monotonic clock goes by it. Where nothing at all
/// was heard of an environment for longer than its checks can be silent, the agent was not running:
/// what follows is after a restart, over which no hold time grows.
package struct ReplayClock: Sendable {
    /// A sample's time.
    package struct Reading: Hashable, Sendable {
        package let now: Moment
        /// The end of the silence is this sample, and its beginning is here; nil if there was none.
        package let silentSince: Timestamp?
    }

    /// The longest time between the ends of two runs, of whichever checks, while the agent runs.
    private let patience: Duration
    private let origin: Timestamp
    private var newest: Moment?

    /// - Parameters:
    ///   - checks: the checks whose samples are replayed.
    ///   - origin: a time before all samples.
    package init(checks: some Sequence<Check>, origin: Timestamp) {
        // Two intervals forgive one run that was left out because the one before had not ended.
        patience = checks.map { $0.interval * 2 + $0.timeout * $0.attempts }.min() ?? .zero
        self.origin = origin
    }

    /// Goes on to the time at which a sample came in.
    package mutating func advance(to sample: Sample) -> Reading {
        let wall = max(sample.startedAt + sample.timings.total, newest?.wall ?? origin)
        let now = Moment(wall: wall, monotonic: wall - origin)
        defer { newest = now }
        guard let newest, now.monotonic - newest.monotonic > patience else {
            return Reading(now: now, silentSince: nil)
        }
        return Reading(now: now, silentSince: newest.wall)
    }
}
