import LookoutDeployments
import LookoutModel

/// How reads are tried again.
package struct ReadPolicy: Hashable, Sendable {
    /// How often a read is tried again after the first attempt.
    package var maximumRetries = 3
    /// The longest wait before the first retry; it doubles from there, and any part of it is waited.
    package var base = Duration.milliseconds(500)
    /// The longest wait that is chosen here.
    package var ceiling = Duration.seconds(8)
    /// No attempt begins later than this after the first.
    package var patience = Duration.seconds(45)
    /// How long one attempt may take.
    package var timeout = Duration.seconds(15)
    /// Bytes of an answer that are read.
    package var maximumBodyBytes = 8 << 20
    /// How many pages a list may have.
    package var maximumPages = 50

    package init() {}
}

/// Why one attempt brought no answer, and whether another one may.
struct AttemptFailure: Error, Hashable, Sendable {
    var failure: ProviderFailure
    /// Whether it may pass by itself.
    var mayPass: Bool
    /// How long the provider wants to be left alone; nil if it does not say.
    var wait: Duration?

    init(_ failure: ProviderFailure, mayPass: Bool = false, wait: Duration? = nil) {
        self.failure = failure
        self.mayPass = mayPass
        self.wait = wait
    }
}

/// Decides whether and when a read is tried again.
struct ReadAttempts {
    enum Step: Equatable {
        case again(after: Duration)
        case giveUp(ProviderFailure)
    }

    let policy: ReadPolicy
    /// When the first attempt began, on the monotonic clock.
    let begin: Duration
    private(set) var failures = 0

    init(_ policy: ReadPolicy, from begin: Duration) {
        self.policy = policy
        self.begin = begin
    }

    mutating func step(
        after attempt: AttemptFailure,
        at now: Duration,
        using randomness: inout some RandomNumberGenerator
    ) -> Step {
        failures += 1
        guard attempt.mayPass, failures <= policy.maximumRetries else { return .giveUp(told(attempt)) }
        let wait = attempt.wait ?? chosenWait(using: &randomness)
        guard now + wait - begin <= policy.patience else { return .giveUp(told(attempt)) }
        return .again(after: wait)
    }

    /// Full jitter: anything from nothing to the whole wait is as likely.
    private func chosenWait(using randomness: inout some RandomNumberGenerator) -> Duration {
        let longest = min(policy.ceiling, policy.base * (1 << min(failures - 1, 20)))
        return .microseconds(Int64.random(in: 0...max(0, longest.microseconds), using: &randomness))
    }

    /// The failure with the number of attempts, where there was more than one.
    private func told(_ attempt: AttemptFailure) -> ProviderFailure {
        guard failures > 1, case .unreachable(let text) = attempt.failure else { return attempt.failure }
        return .unreachable("\(text), after \(failures) attempts")
    }
}
