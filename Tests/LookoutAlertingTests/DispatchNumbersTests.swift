import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What is counted of the attempts.
struct DispatchNumbersTests {
    @Test func `every attempt is counted once, and a message when it is told or given up`() async throws {
        let harness = DispatchHarness([
            "team": [
                .say(.retry(after: nil, reason: "503")), .say(.retry(after: .seconds(5), reason: "429")),
                .hang, .say(.broken(reason: "401")), .say(.rejected(reason: "400")),
                .say(.rejected(reason: "400")), .later(.milliseconds(300), .delivered),
            ],
            "quiet": [],
        ])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        try await harness.tell("team", rule: "one")
        harness.world.advance(by: .seconds(3600))
        try await harness.tell("team", rule: "two")
        harness.world.advance(by: .seconds(10))
        var expected = DispatchNumbers()
        expected.attempts = 7
        expected.failedAttempts = [.unavailable: 1, .throttled: 1, .timeout: 1, .broken: 1, .rejected: 2]
        expected.told = 1
        expected.givenUp = [.rejected: 1]
        // The one that hung was cut off a second after its time.
        expected.duration = .milliseconds(16_300)
        #expect(dispatcher.numbers == ["team": expected, "quiet": DispatchNumbers()])
        dispatcher.stop()
        harness.world.advance(by: .seconds(2))
        try await harness.world.finish(running)
    }
}
