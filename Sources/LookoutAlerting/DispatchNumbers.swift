/// What became of the attempts to tell one receiver, since the program's start.
package struct DispatchNumbers: Hashable, Sendable {
    /// Why an attempt failed, or why a message was given up after it.
    package enum Failure: String, CaseIterable, Hashable, Sendable {
        /// There was no outcome in time.
        case timeout
        /// The receiver asked to be left alone.
        case throttled
        /// It could not be reached, or failed in a way that passes.
        case unavailable
        /// It cannot work as it is configured.
        case broken
        /// It does not take what was sent.
        case rejected
    }

    /// Every attempt, those included that the stop cut off.
    package var attempts = 0
    package var failedAttempts: [Failure: Int] = [:]
    /// How long all attempts took together.
    package var duration = Duration.zero
    /// Messages that were taken; a digest is one.
    package var told = 0
    /// Messages that will never be sent again, by what was wrong last.
    package var givenUp: [Failure: Int] = [:]

    package init() {}

    /// Counts an attempt; the failure is nil if it did not fail.
    mutating func noteAttempt(_ failure: Failure?, lasting duration: Duration) {
        attempts += 1
        self.duration += duration
        if let failure { failedAttempts[failure, default: 0] += 1 }
    }

    /// Counts the message, if that was its last attempt.
    mutating func noteEnd(_ settlement: Settlement, after failure: Failure?) {
        switch settlement {
        case .delivered: told += 1
        case .dead: givenUp[failure ?? .rejected, default: 0] += 1
        case .retry, .plain, .split: break
        }
    }
}

extension DispatchAttempt.Outcome {
    /// Why it failed; nil if it did not, or was cut off.
    var failure: DispatchNumbers.Failure? {
        switch self {
        case .verdict(.accepted), .interrupted: nil
        case .verdict(.retry(after: nil, reason: _)): .unavailable
        case .verdict(.retry): .throttled
        case .verdict(.broken): .broken
        case .verdict(.rejected): .rejected
        case .timedOut: .timeout
        }
    }
}
