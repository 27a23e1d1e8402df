import LookoutModel

/// The points in time at which a check is due: one each interval, for ever, without drift.
///
/// The grid lies on the wall clock when it is made, so that it is in the same place after a
/// restart; from then on it is measured on the monotonic clock and no step of the wall clock
/// moves it.
struct Grid: Hashable, Sendable {
    let interval: Duration
    /// One point of the grid, on the monotonic clock.
    private let origin: Duration

    init(interval: Duration, phase: Phase, at now: Moment) {
        precondition(interval >= .nanoseconds(1), "an interval is longer than nothing")
        self.interval = interval
        let intoInterval = (now.wall - .epoch).nanoseconds % interval.nanoseconds
        origin = now.monotonic - .nanoseconds(intoInterval) + phase.offset(in: interval)
    }

    /// The first point that is not before a time.
    func point(notBefore time: Duration) -> Duration {
        let distance = (time - origin).nanoseconds
        let (quotient, rest) = distance.quotientAndRemainder(dividingBy: interval.nanoseconds)
        return origin + interval * (quotient + (rest > 0 ? 1 : 0))
    }

    /// How many points there are from one point up to a time, both included.
    func count(from point: Duration, through end: Duration) -> Int {
        guard end >= point else { return 0 }
        return Int((end - point).nanoseconds / interval.nanoseconds) + 1
    }
}

extension Duration {
    /// The whole nanoseconds of the duration, rounded towards zero.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
