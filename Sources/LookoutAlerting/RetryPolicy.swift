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
        /// How the receiver fares from now on; nil is as before.
        package var health: ReceiverHealth?
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
    /// - Returns: what is recorded of the delivery, the receiver's pause and its state.
    package func decision(
        after verdict: SendVerdict,
        of delivery: Delivery,
        failuresInARow: Int,
        at now: Timestamp,
        using randomness: inout some RandomNumberGenerator
    ) -> Decision {
        switch verdict {
        case .accepted(let reference):
            return Decision(
                settlement: .delivered(at: now, reference: reference),
                pause: .zero,
                health: .working
            )
        case .rejected(let reason):
            return Decision(
                settlement: settlement(ofRejected: delivery, reason: reason, at: now),
                pause: .zero,
                health: .working
            )
        case .retry(after: let asked?, let reason):
            let pause = max(.zero, min(asked, longestAsked))
            let again = Settlement.retry(due: now + pause, countsAttempt: false, reason: reason)
            return Decision(
                settlement: reasonToGiveUp(delivery, at: now) ?? again,
                pause: pause,
                health: .resting(until: now + pause, reason: reason)
            )
        case .retry(after: nil, let reason):
            let wait = jittered(longestWait(failures: delivery.failedAttempts + 1), using: &randomness)
            let pause = jittered(min(breather, longestWait(failures: failuresInARow)), using: &randomness)
            var again = Settlement.retry(due: now + wait, countsAttempt: true, reason: reason)
            if isBadByItself(delivery, failuresInARow) { again = .split(at: now, reason: reason) }
            return Decision(
                settlement: reasonToGiveUp(delivery, at: now) ?? again,
                pause: pause,
                health: failuresInARow < Self.fewFailures
                    ? nil : .resting(until: now + pause, reason: reason)
            )
        case .broken(let reason):
            // Due at once: the pause is the receiver's, and a reload with a mended setting ends it.
            let again = Settlement.retry(due: now, countsAttempt: false, reason: reason)
            return Decision(
                settlement: reasonToGiveUp(delivery, at: now) ?? again,
                pause: brokenPause,
                health: .broken(since: now, reason: reason)
            )
        }
    }

    /// Failures in a row that say nothing of the receiver yet, but of chance or of one notice.
    private static let fewFailures = 3

    /// What the receiver will not take goes once more in plain words, a digest then notice by notice.
    private func settlement(
        ofRejected delivery: Delivery,
        reason: String,
        at now: Timestamp
    ) -> Settlement {
        if delivery.form == .full { return .plain(reason: reason) }
        return delivery.isDigest ? .split(at: now, reason: reason) : .dead(at: now, reason: reason)
    }

    /// Whether a digest fails again and again while the receiver takes other things: then one of its
    /// notices may be what is wrong, and must not hold up the rest.
    private func isBadByItself(_ delivery: Delivery, _ failuresInARow: Int) -> Bool {
        delivery.isDigest && delivery.failedAttempts + 1 >= Self.fewFailures && failuresInARow == 1
    }

    private func reasonToGiveUp(_ delivery: Delivery, at now: Timestamp) -> Settlement? {
        guard delivery.severity != .outage, now - delivery.createdAt >= patience else { return nil }
        return .dead(at: now, reason: "not delivered in \(patience.components.seconds) s")
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
