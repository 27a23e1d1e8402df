import LookoutDeployments
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProviders

@Suite struct ReadAttemptsTests {
    private let passing = AttemptFailure(.unreachable("x"), mayPass: true)

    @Test func `the waits double, with jitter, and stay below the ceiling`() async {
        await checkAll { generator in
            var policy = ReadPolicy()
            policy.maximumRetries = 9
            policy.patience = .seconds(3600)
            var attempts = ReadAttempts(policy, from: .zero)
            for retry in 0..<9 {
                guard case .again(let wait) = attempts.step(after: passing, at: .zero, using: &generator)
                else {
                    Issue.record("given up after \(retry) retries")
                    return
                }
                let longest = min(Duration.seconds(8), .milliseconds(500) * (1 << retry))
                try #require(wait >= .zero && wait <= longest)
            }
            let end = attempts.step(after: passing, at: .zero, using: &generator)
            try #require(end == .giveUp(.unreachable("x, after 10 attempts")))
        }
    }

    @Test func `no attempt begins after the patience is used up`() {
        var generator = SeededGenerator(seed: 1)
        var attempts = ReadAttempts(ReadPolicy(), from: .seconds(100))
        let long = AttemptFailure(.rateLimited("x", until: nil), mayPass: true, wait: .seconds(44))
        #expect(
            attempts.step(after: long, at: .seconds(100), using: &generator) == .again(after: .seconds(44))
        )
        #expect(
            attempts.step(after: long, at: .seconds(144), using: &generator)
                == .giveUp(.rateLimited("x", until: nil))
        )
    }

    @Test func `what will not pass is given up at once, in its own words`() {
        var generator = SeededGenerator(seed: 1)
        var attempts = ReadAttempts(ReadPolicy(), from: .zero)
        let end = attempts.step(after: AttemptFailure(.notFound("x")), at: .zero, using: &generator)
        #expect(end == .giveUp(.notFound("x")))
    }
}
