import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Many alerts at once.
struct DispatcherDigestTests {
    /// What a receiver sees of so many alerts that fire while it is slow with the first one.
    private func texts(
        of count: Int,
        at receiver: String = "team",
        _ answers: [Answer]
    ) async throws -> [String] {
        let harness = DispatchHarness([receiver: [.later(.seconds(1), .delivered)] + answers])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        for index in 0..<count { try await harness.tell(receiver, rule: "rule-\(index)") }
        harness.world.advance(by: .seconds(600))
        #expect(await harness.store.outboxCounts()[receiver]?.waiting == 0)
        dispatcher.stop()
        try await harness.world.finish(running)
        return harness.texts(receiver)
    }

    @Test func `more than ten are told as one`() async throws {
        let texts = try await texts(of: 2001, [.say(.delivered)])
        #expect(texts == ["0s rule-0 firing", "1s digest of 1000", "1s digest of 1000"])
    }

    @Test func `ten are told one by one`() async throws {
        #expect(try await texts(of: 11, [.say(.delivered)]).allSatisfy { $0.hasSuffix("firing") })
    }

    @Test func `a peer that keeps alerts by their names gets each of them`() async throws {
        let texts = try await texts(of: 40, at: "keyed", [.say(.delivered)])
        #expect(texts.count == 40 && texts.allSatisfy { $0.hasSuffix("firing") })
    }

    @Test func `a digest that is refused goes in plain words, and then its notices by themselves`()
        async throws
    {
        let rejected = Answer.say(.rejected(reason: "413"))
        let texts = try await texts(of: 13, [rejected, rejected, .say(.delivered)])
        #expect(
            texts.dropFirst().prefix(3) == ["1s digest of 12", "1s plain digest of 12", "1s rule-1 firing"]
        )
        #expect(texts.count == 15)
    }

    @Test func `what waited through an outage of the receiver is told as one after it`() async throws {
        let refused = Answer.say(.retry(after: nil, reason: "503"))
        let harness = DispatchHarness(["team": [refused]])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        for index in 0..<30 {
            try await harness.tell("team", rule: "rule-\(index)")
            harness.world.advance(by: .seconds(60))
        }
        harness.script("team", [.say(.delivered)])
        harness.world.advance(by: .seconds(600))
        #expect(await harness.store.outboxCounts()["team"]?.delivered == 30)
        let sizes = harness.accepted.values.map(\.notices.count)
        #expect(sizes.count <= 12 && (sizes.max() ?? 0) > 10)
        dispatcher.stop()
        try await harness.world.finish(running)
    }

    @Test func `a receiver that is not told of ends hears of what fired and is over`() async throws {
        let harness = DispatchHarness(["team": []])
        let dispatcher = harness.dispatcher()
        var receiver = harness.receiver(named: "team")
        receiver.sendsResolved = false
        dispatcher.replace([receiver])
        dispatcher.setOffline(true)
        let running = harness.world.start { await dispatcher.run() }
        try await harness.tell("team", rule: "short", episode: 1)
        try await harness.tell("team", rule: "short", kind: .resolved, episode: 1)
        try await harness.tell("team", rule: "long", episode: 1)
        dispatcher.setOffline(false)
        harness.world.settle()
        try await harness.tell("team", rule: "long", kind: .resolved, episode: 1)
        #expect(harness.texts("team") == ["0s short fired_and_resolved", "0s long firing"])
        dispatcher.stop()
        try await harness.world.finish(running)
    }
}
