import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct AlertKeeperTests {
    private let harness = KeeperHarness()
    private var keeper: AlertKeeper { harness.keeper }
    private var store: MemoryAlertStore { harness.store }

    /// Observes one judgement in the simulated world; what changed.
    private func observe(_ judgements: [Judgement]) async throws -> [AlertTransition] {
        let (keeper, world) = (keeper, harness.world)
        return try await world.finish(world.start { await keeper.observe(judgements, at: world.now) })
    }

    @Test func `a step is on the disk before it is true, and then the dispatcher is woken`() async throws {
        let running = harness.world.start { [keeper] in await keeper.run() }
        let transitions = try await observe([KeeperHarness.judgement(.holds(.outage))])
        #expect(transitions.map(\.cause) == [.held])
        #expect(await store.rows.values.map(\.state) == [.firing])
        #expect(await store.outbox.map(\.notice.kind) == [.firing])
        #expect(await keeper.current.map(\.state) == [.firing])
        #expect(harness.outbox.generation == 1)
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `a failed write leaves everything as it was, and the next judgement tries again`() async throws
    {
        let running = harness.world.start { [keeper] in await keeper.run() }
        await store.fail([.commit])
        for _ in 0..<3 {
            #expect(try await observe([KeeperHarness.judgement(.holds(.outage))]).isEmpty)
            #expect(await keeper.current.isEmpty)
        }
        // Nobody is woken for what is not on the disk.
        #expect(await store.outbox.isEmpty)
        #expect(harness.outbox.generation == 0)
        await store.fail([])
        #expect(try await observe([KeeperHarness.judgement(.holds(.outage))]).count == 1)
        #expect(await store.outbox.count == 1)
        #expect(harness.outbox.generation == 1)
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `a write that was kept though it threw is not told twice, nor its end forgotten`() async throws
    {
        let running = harness.world.start { [keeper] in await keeper.run() }
        await store.loseNextAnswer()
        #expect(try await observe([KeeperHarness.judgement(.holds(.outage))]).isEmpty)
        #expect(try await observe([KeeperHarness.judgement(.clear)]).map(\.cause) == [.recovered])
        #expect(await store.outbox.map(\.notice.kind) == [.firing, .resolved])
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `while it is in doubt and cannot read, it does nothing`() async throws {
        let running = harness.world.start { [keeper] in await keeper.run() }
        await store.loseNextAnswer()
        #expect(try await observe([KeeperHarness.judgement(.holds(.outage))]).isEmpty)
        await store.fail([.load])
        #expect(try await observe([KeeperHarness.judgement(.clear)]).isEmpty)
        #expect(await store.outbox.map(\.notice.kind) == [.firing])
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `a restart tells nothing and goes on where it was`() async throws {
        let first = harness.world.start { [keeper] in await keeper.run() }
        _ = try await observe([KeeperHarness.judgement(.holds(.major))])
        await keeper.stop()
        try await harness.world.finish(first)

        let next = AlertKeeper(
            store: store,
            book: AlertBook(),
            timekeeper: harness.world.timekeeper,
            outboxSignal: harness.outbox,
            logger: harness.logger
        )
        try await next.load()
        let world = harness.world
        let running = world.start { await next.run() }
        let scope = AlertStory.scope
        let reload = world.start {
            try await next.reload(scope, routes: Routes(receivers: ["team"]), at: world.now)
        }
        #expect(try await world.finish(reload).isEmpty)
        #expect(await next.current.map(\.state) == [.firing])
        #expect(await store.outbox.count == 1)
        await next.stop()
        try await world.finish(running)
    }

    @Test func `a reload drops what is for receivers that are gone and tells the new ones`() async throws {
        let world = harness.world
        let running = world.start { [keeper] in await keeper.run() }
        _ = try await observe([KeeperHarness.judgement(.holds(.major))])
        let scope = AlertStory.scope
        let reload = world.start { [keeper] in
            try await keeper.reload(scope, routes: Routes(receivers: ["other"]), at: world.now)
        }
        try await world.finish(reload)
        let counts = await store.outboxCounts()
        #expect(counts["team"]?.dead == 1)
        #expect(counts["other"]?.waiting == 1)
        await keeper.stop()
        try await world.finish(running)
    }

    @Test func `what comes in together is written together, and each caller gets its own`() async throws {
        let world = harness.world
        let callers = (0..<50).map { index in
            world.start { [keeper] in
                await keeper.observe(
                    [KeeperHarness.judgement(.holds(.major), rule: "rule-\(index)")],
                    at: world.now
                )
            }
        }
        let running = world.start { [keeper] in await keeper.run() }
        for (index, caller) in callers.enumerated() {
            let id = KeeperHarness.judgement(.clear, rule: "rule-\(index)").alert
            #expect(try await world.finish(caller).map(\.alert) == [AlertKey(id)])
        }
        #expect(await store.commitCount == 1)
        await keeper.stop()
        try await world.finish(running)
    }

    @Test func `after the stop, what came in before is done and nothing more is taken in`() async throws {
        let world = harness.world
        let before = world.start { [keeper] in
            await keeper.observe([KeeperHarness.judgement(.holds(.major))], at: world.now)
        }
        await keeper.stop()
        let after = world.start { [keeper] in
            await keeper.observe([KeeperHarness.judgement(.holds(.major), rule: "late")], at: world.now)
        }
        try await world.finish(world.start { [keeper] in await keeper.run() })
        #expect(try await world.finish(before).count == 1)
        #expect(try await world.finish(after).isEmpty)
        #expect(await store.rows.count == 1)
    }

    // MARK: Time

    private func silence(for duration: Duration) -> Silence {
        Silence(
            id: "s1",
            matchers: [LabelMatcher("alertname", .equal("down"))],
            startsAt: .epoch,
            endsAt: harness.world.now.wall + duration
        )
    }

    private func replace(_ silences: [Silence]) async throws {
        let (keeper, world) = (keeper, harness.world)
        try await world.finish(world.start { try await keeper.replace(silences: silences, at: world.now) })
    }

    @Test func `at the end of a silence it wakes and tells what still fires`() async throws {
        let running = harness.world.start { [keeper] in await keeper.run() }
        try await replace([silence(for: .seconds(600))])
        _ = try await observe([KeeperHarness.judgement(.holds(.major))])
        let key = AlertKey(KeeperHarness.judgement(.clear).alert)
        #expect(await keeper.withheld.keys.map(\.self) == [key])
        harness.world.advance(by: .seconds(599))
        #expect(await store.outbox.isEmpty)
        #expect(harness.outbox.generation == 0)
        harness.world.advance(by: .seconds(1))
        #expect(await store.outbox.map(\.notice.kind) == [.firing])
        #expect(await store.outbox.first?.notice.createdAt == harness.world.now.wall)
        #expect(harness.outbox.generation == 1)
        #expect(await keeper.withheld.isEmpty)
        harness.world.advance(by: .seconds(100_000))
        #expect(await store.outbox.count == 1)
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `while the store fails it tries again on its own, ever more rarely, and then tells`()
        async throws
    {
        let running = harness.world.start { [keeper] in await keeper.run() }
        try await replace([silence(for: .seconds(600))])
        _ = try await observe([KeeperHarness.judgement(.holds(.major))])
        await store.fail([.commit])
        harness.world.advance(by: .seconds(631))
        #expect(await store.refusals == 6)
        harness.world.advance(by: .seconds(300))
        #expect(await store.refusals == 16)
        await store.fail([])
        harness.world.advance(by: .seconds(30))
        #expect(await store.outbox.map(\.notice.kind) == [.firing])
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `a lost answer is looked into without waiting for the next judgement`() async throws {
        let running = harness.world.start { [keeper] in await keeper.run() }
        await store.loseNextAnswer()
        #expect(try await observe([KeeperHarness.judgement(.holds(.outage))]).isEmpty)
        #expect(await keeper.current.isEmpty)
        harness.world.advance(by: .seconds(1))
        #expect(await keeper.current.map(\.state) == [.firing])
        #expect(await store.outbox.count == 1)
        #expect(harness.outbox.generation == 1)
        await keeper.stop()
        try await harness.world.finish(running)
    }

    @Test func `an acknowledgement is on the disk when it is answered`() async throws {
        let (keeper, world) = (keeper, harness.world)
        let running = world.start { await keeper.run() }
        _ = try await observe([KeeperHarness.judgement(.holds(.major))])
        let key = AlertKey(KeeperHarness.judgement(.clear).alert)
        let word = Alert.Acknowledgement(by: "ada", at: world.now.wall)
        func acknowledge(_ key: AlertKey) async throws -> Bool {
            try await world.finish(world.start { try await keeper.acknowledge(key, word, at: world.now) })
        }
        #expect(try await acknowledge(key))
        #expect(await store.rows[key]?.acknowledgement == word)
        #expect(try await !acknowledge(AlertKey(KeeperHarness.judgement(.clear, rule: "other").alert)))
        await store.fail([.commit])
        await #expect(throws: MemoryStoreError.self) {
            _ = try await world.finish(world.start { try await keeper.acknowledge(key, nil, at: world.now) })
        }
        await store.fail([])
        await keeper.stop()
        try await world.finish(running)
    }
}
