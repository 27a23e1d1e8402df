import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct DispatcherFaultTests {
    @Test func `the stop lets an attempt end and records what became of it`() async throws {
        let harness = DispatchHarness(["team": [.later(.seconds(1), .delivered)]])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        try await harness.tell("team")
        dispatcher.stop()
        harness.world.advance(by: .seconds(1))
        try await harness.world.finish(running)
        #expect(await harness.store.outboxCounts()["team"]?.delivered == 1)
    }

    @Test func `the stop cuts off an attempt that hangs, and nothing is lost`() async throws {
        let harness = DispatchHarness(["team": [.hang, .say(.delivered)]])
        let first = harness.dispatcher(owner: "boot-1")
        let running = harness.world.start { await first.run() }
        try await harness.tell("team")
        first.stop()
        harness.world.advance(by: .seconds(2))
        try await harness.world.finish(running)
        let row = try #require(await harness.store.outbox.first)
        #expect(row.status == .waiting)
        #expect(row.lease == nil)
        #expect(row.failedAttempts == 0)

        let second = harness.dispatcher(owner: "boot-2")
        let again = harness.world.start { await second.run() }
        #expect(harness.texts("team").count == 2)
        second.stop()
        try await harness.world.finish(again)
    }

    @Test func `what a dead process was sending is sent again by the next`() async throws {
        let harness = DispatchHarness(["team": [.hang, .say(.delivered)]])
        let first = harness.dispatcher(owner: "boot-1")
        let running = harness.world.start { await first.run() }
        try await harness.tell("team")
        // As near to a kill as a test comes: the task is cancelled and its store takes no writes.
        await harness.store.fail([.settle, .claim])
        running.cancel()
        try await harness.world.finish(running)
        #expect(await harness.store.outbox.first?.lease?.owner == "boot-1")

        await harness.store.fail([])
        let second = harness.dispatcher(owner: "boot-2")
        let again = harness.world.start { await second.run() }
        #expect(harness.texts("team") == ["0s down firing", "0s down firing"])
        #expect(await harness.store.outboxCounts()["team"]?.delivered == 1)
        second.stop()
        try await harness.world.finish(again)
    }

    @Test func `a store that cannot record an outcome does not make it send twice`() async throws {
        let harness = DispatchHarness(["team": []])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        await harness.store.fail([.settle])
        try await harness.tell("team")
        harness.world.advance(by: .seconds(3600))
        #expect(harness.sent.count == 1)
        await harness.store.fail([])
        harness.world.advance(by: .seconds(60))
        #expect(harness.sent.count == 1)
        #expect(await harness.store.outboxCounts()["team"]?.delivered == 1)
        dispatcher.stop()
        try await harness.world.finish(running)
    }

    @Test func `a store that cannot be read is asked again`() async throws {
        let harness = DispatchHarness(["team": []])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        await harness.store.fail([.claim])
        try await harness.tell("team")
        harness.world.advance(by: .seconds(600))
        #expect(harness.sent.count == 0)
        await harness.store.fail([])
        harness.world.advance(by: .seconds(30))
        #expect(harness.sent.count == 1)
        dispatcher.stop()
        try await harness.world.finish(running)
    }

    @Test(arguments: [-86_400, -3600, -60, 60, 3600, 86_400])
    func `a step of the wall clock loses nothing and holds nothing up for long`(step: Int) async throws {
        let refused = Answer.say(.retry(after: nil, reason: "refused"))
        let harness = DispatchHarness(["team": Array(repeating: refused, count: 9) + [.say(.delivered)]])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        try await harness.tell("team", severity: .outage)
        harness.world.advance(by: .seconds(5))
        harness.world.timekeeper.stepWallClock(by: .seconds(step))
        harness.world.advance(by: .seconds(2 * 3600 + 2700))
        #expect(await harness.store.outboxCounts()["team"]?.delivered == 1)
        dispatcher.stop()
        try await harness.world.finish(running)
    }
}
