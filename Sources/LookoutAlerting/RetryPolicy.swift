package import LookoutModel

/// What becomes of a notice after an attempt, and how long its receiver is left alone.
package struct RetryPolicy: Hashable, Sendable {
    /// The longest wait after the first failed attempt; it doubles with each further one.
    package var base: Duration
    /// No wait is longer, unless the receiver asks for it.
    package var ceiling: Duration
    /// How long a whole receiver is left alone after failures in a row, at most; short, since the
    /// fault may lie in one notice alone.
    package var breather: Duration
    /// After how long a broken receiver is tried again.
    package var brokenPause: Duration
    /// The longest `Retry-After` that is believed.
    package var longestAsked: Duration
    /// How old a notice may become before it is given up; those of severity 1 never are.
    package var patience: Duration

    package init(
        base: Duration = .seconds(1),
        ceiling: Duration = .seconds(300),
        breather: Duration = .seconds(10),
        brokenPause: Duration = .seconds(900),
        longestAsked: Duration = .seconds(3600),
        patience: Duration = .seconds(86_400)
    ) {
        self.base = base
        self.ceiling = ceiling
        self.breather = breather
        self.brokenPause = brokenPause
        self.longestAsked = longestAsked
        self.patience = patience
    }

    /// What follows from an attempt.
    package struct Decision: Hashable, Sendable {
        package var settlement: Settlement
        /// How long nothing at all is sent to the receiver.
        package var pause: Duration
    }

    /// No due time lies further ahead than this, except after the wall clock was set back.
    package var horizon: Duration { max(ceiling, longestAsked, brokenPause) * 2 }

    /// Decides about a delivery after an attempt.
    ///
    /// - Parameters:
    ///   - verdict: how the attempt went.
    ///   - delivery: what was sent.
    ///   - failuresInARow: how many attempts at this receiver failed one after the other, this included.
    ///   - now: the wall clock.
    ///   - randomness: for the jitter, which keeps many agents from knocking at the same moment.
    /// - Returns: what is recorded of the notice, and the receiver's pause.
    package func decision(
        after verdict: SendVerdict,
        of delivery: Delivery,
        failuresInARow: Int,
        at now: Timestamp,
        using randomness: inout some RandomNumberGenerator
    ) -> Decision {
        let settlement: Settlement
        var pause = Duration.zero
        switch verdict {
        case .delivered:
            return Decision(settlement: .delivered(at: now), pause: .zero)
        case .rejected(let reason):
            return Decision(settlement: .dead(at: now, reason: reason), pause: .zero)
        case .retry(after: let asked?, let reason):
            pause = max(.zero, min(asked, longestAsked))
            settlement = .retry(due: now + pause, countsAttempt: false, reason: reason)
        case .retry(after: nil, let reason):
            let wait = jittered(longestWait(failures: delivery.failedAttempts + 1), using: &randomness)
            pause = jittered(min(breather, longestWait(failures: failuresInARow)), using: &randomness)
            settlement = .retry(due: now + wait, countsAttempt: true, reason: reason)
        case .broken(let reason):
            // Due at once: the pause is the receiver's, and a reload with a mended setting ends it.
            pause = brokenPause
            settlement = .retry(due: now, countsAttempt: false, reason: reason)
        }
        if let reason = reasonToGiveUp(delivery, at: now) {
            return Decision(settlement: .dead(at: now, reason: reason), pause: pause)
        }
        return Decision(settlement: settlement, pause: pause)
    }

    private func reasonToGiveUp(_ delivery: Delivery, at now: Timestamp) -> String? {
        guard delivery.notice.alert.severity != .outage, now - delivery.notice.createdAt >= patience else {
            return nil
        }
        return "not delivered in \(patience.components.seconds) s"
    }

    /// The upper end of the wait after so many failures: doubling from `base` up to `ceiling`.
    private func longestWait(failures: Int) -> Duration {
        let doublings = min(max(failures - 1, 0), 30)
        return min(ceiling, base * (1 << doublings))
    }

    /// Full jitter: anything from nothing to the whole wait is as likely.
    private func jittered(_ wait: Duration, using randomness: inout some RandomNumberGenerator) -> Duration {
        .microseconds(Int64.random(in: 0...max(0, wait.microseconds), using: &randomness))
    }
}
