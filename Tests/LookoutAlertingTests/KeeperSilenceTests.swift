import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Silences that come while nothing can be stored.
struct KeeperSilenceTests {
    private let harness = KeeperHarness()

    private func observe() async throws {
        let (keeper, world) = (harness.keeper, harness.world)
        try await world.finish(
            world.start { await keeper.observe([KeeperHarness.judgement(.holds(.major))], at: world.now) }
        )
    }

    @Test func `a silence holds although what follows from it could not be stored at once`() async throws {
        let (keeper, world, store) = (harness.keeper, harness.world, harness.store)
        let running = world.start { await keeper.run() }
        await store.fail([.commit, .load])
        try await observe()
        let silence = Silence(
            id: "s1",
            matchers: [LabelMatcher("alertname", .equal("down"))],
            startsAt: .epoch,
            endsAt: world.now.wall + .seconds(600)
        )
        let asking = world.start { try await keeper.replace(silences: [silence], at: world.now) }
        await #expect(throws: MemoryStoreError.self) { try await world.finish(asking) }
        await store.fail([])
        try await observe()
        #expect(await store.rows.count == 1)
        #expect(await store.outbox.isEmpty)
        world.advance(by: .seconds(600))
        #expect(await store.outbox.map(\.notice.kind) == [.firing])
        await keeper.stop()
        try await world.finish(running)
    }
}
