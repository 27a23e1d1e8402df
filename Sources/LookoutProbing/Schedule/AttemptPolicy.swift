package import LookoutModel

/// Whether a run asks again after an attempt, and after which pause.
package struct AttemptPolicy: Hashable, Sendable {
    private let attempts: Int
    private let timeout: Duration

    package init(_ check: Check) {
        attempts = max(1, check.attempts)
        timeout = check.timeout
    }

    /// The pause before the next attempt; nil if the outcome stands.
    ///
    /// What failed is asked again, and what Lookout could not ask. Where nothing can be said
    /// about the target, asking again would say no more.
    package func pause(after outcome: Outcome, attempt: Int) -> Duration? {
        guard attempt < attempts else { return nil }
        switch outcome {
        case .failed, .error: return Self.pause(after: attempt)
        case .ok, .inconclusive: return nil
        }
    }

    /// The longest time that a run may take if every attempt keeps to its timeout.
    package var longestRun: Duration {
        (1..<attempts).reduce(timeout * attempts) { $0 + Self.pause(after: $1) }
    }

    /// A quarter of a second, then twice as long each time, at most a second.
    private static func pause(after attempt: Int) -> Duration {
        .milliseconds(250 << min(attempt - 1, 2))
    }
}
