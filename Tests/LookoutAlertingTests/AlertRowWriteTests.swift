import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// How often the row of an alert is written that goes on firing in ever other words.
struct AlertRowWriteTests {
    private let harness = KeeperHarness()

    private func observe(_ outcome: Judgement.Outcome, _ words: String) async throws {
        var judgement = KeeperHarness.judgement(outcome)
        judgement.texts = AlertTexts(summary: "slow", description: words)
        let (keeper, world) = (harness.keeper, harness.world)
        try await world.finish(
            world.start { [judgement] in await keeper.observe([judgement], at: world.now) }
        )
    }

    private func storedWords() async -> [String] {
        await harness.store.rows.values.map(\.texts.description)
    }

    @Test func `other words are written once a minute, what is told at once`() async throws {
        let running = harness.world.start { [keeper = harness.keeper] in await keeper.run() }
        try await observe(.holds(.major), "sample 0")
        #expect(await harness.store.commitCount == 1)
        for sample in 1...40 {
            harness.world.advance(by: .seconds(15))
            try await observe(.holds(.major), "sample \(sample)")
            #expect(await harness.keeper.current.map(\.texts.description) == ["sample \(sample)"])
            #expect(await storedWords() == ["sample \(sample / 4 * 4)"])
        }
        #expect(await harness.store.commitCount == 11)
        try await observe(.holds(.outage), "worse")
        #expect(await harness.store.commitCount == 12)
        #expect(await storedWords() == ["worse"])
        let waiting = await harness.store.outbox.filter { $0.status == .waiting }.map(\.notice)
        #expect(waiting.map(\.kind) == [.firing] && waiting.map(\.severity) == [.outage])
        await harness.keeper.stop()
        try await harness.world.finish(running)
    }

    @Test(arguments: [Judgement.Outcome.noData, .error("1"), .hold("offline")])
    func `why nothing is known is written once a minute`(outcome: Judgement.Outcome) async throws {
        let running = harness.world.start { [keeper = harness.keeper] in await keeper.run() }
        try await observe(.holds(.major), "sample")
        for sample in 1...8 {
            harness.world.advance(by: .seconds(15))
            let other: Judgement.Outcome = sample.isMultiple(of: 2) ? outcome : .error("sample \(sample)")
            try await observe(other, "")
        }
        // That nothing is known at once, and then why.
        #expect((2...4).contains(await harness.store.commitCount))
        await harness.keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `what is over is not written again, nor after a restart`() async throws {
        let running = harness.world.start { [keeper = harness.keeper] in await keeper.run() }
        try await observe(.holds(.major), "sample")
        try await observe(.clear, "")
        let count = await harness.store.commitCount
        let other = AlertKeeper(
            store: harness.store,
            book: AlertBook(routes: Routes(receivers: ["team"])),
            timekeeper: harness.world.timekeeper,
            outboxSignal: harness.outbox,
            logger: harness.logger
        )
        try await other.load()
        let again = harness.world.start { await other.run() }
        for _ in 0..<5 {
            harness.world.advance(by: .seconds(60))
            try await observe(.clear, "")
            let world = harness.world
            try await world.finish(
                world.start { await other.observe([KeeperHarness.judgement(.clear)], at: world.now) }
            )
        }
        #expect(await harness.store.commitCount == count)
        for keeper in [harness.keeper, other] { await keeper.stop() }
        for task in [running, again] { try await harness.world.finish(task) }
    }
}
