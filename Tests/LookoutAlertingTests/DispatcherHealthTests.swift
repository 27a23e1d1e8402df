import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What is known of a receiver, and what follows for it.
struct DispatcherHealthTests {
    private static let refused = Answer.say(.retry(after: nil, reason: "503"))

    private func withDispatcher(
        _ harness: DispatchHarness,
        owner: String = "boot-1",
        _ body: (Dispatcher) async throws -> Void
    ) async throws {
        let dispatcher = harness.dispatcher(owner: owner)
        let running = harness.world.start { await dispatcher.run() }
        try await body(dispatcher)
        dispatcher.stop()
        harness.world.advance(by: .seconds(2))
        try await harness.world.finish(running)
    }

    @Test func `what a receiver asked for outlives the program`() async throws {
        let throttled = Answer.say(.retry(after: .seconds(600), reason: "429"))
        let harness = DispatchHarness(["team": [throttled, .say(.delivered)]])
        try await withDispatcher(harness) { _ in
            try await harness.tell("team", rule: "one")
            harness.world.advance(by: .seconds(100))
        }
        try await withDispatcher(harness, owner: "boot-2") { dispatcher in
            try await harness.tell("team", rule: "two", severity: .outage)
            harness.world.advance(by: .seconds(490))
            #expect(harness.texts("team") == ["0s one firing"])
            guard case .resting(until: _, reason: "429") = dispatcher.health["team"] else {
                Issue.record("it does not rest: \(dispatcher.health)")
                return
            }
            harness.world.advance(by: .seconds(10))
            #expect(harness.texts("team") == ["0s one firing", "600s two firing", "600s one firing"])
            #expect(dispatcher.health == ["team": .working])
            #expect(await harness.store.receiverHealth().isEmpty)
        }
    }

    @Test func `a time to rest that a set clock made absurd is not believed`() async throws {
        let harness = DispatchHarness(["team": []])
        let until = harness.world.now.wall + .seconds(86_400)
        try await harness.store.setHealth(.resting(until: until, reason: "429"), of: "team")
        try await withDispatcher(harness) { _ in
            try await harness.tell("team")
            #expect(harness.texts("team") == ["0s down firing"])
        }
    }

    @Test func `a reload does not shorten what a receiver asked for`() async throws {
        let throttled = Answer.say(.retry(after: .seconds(60), reason: "429"))
        let harness = DispatchHarness(["team": [throttled, .say(.delivered)]])
        try await withDispatcher(harness) { dispatcher in
            try await harness.tell("team")
            harness.world.advance(by: .seconds(30))
            dispatcher.replace([harness.receiver(named: "team")])
            harness.world.advance(by: .seconds(29))
            #expect(harness.sent.count == 1)
            harness.world.advance(by: .seconds(1))
            #expect(harness.sent.count == 2)
        }
    }

    @Test func `a broken receiver is broken since it was first found so, until it works`() async throws {
        let broken = Answer.say(.broken(reason: "401"))
        let harness = DispatchHarness(["team": [broken, broken, .say(.delivered)], "other": []])
        try await withDispatcher(harness) { dispatcher in
            let seen = dispatcher.healthSignal.generation
            try await harness.tell("team")
            let since = ReceiverHealth.broken(since: harness.world.now.wall, reason: "401")
            #expect(dispatcher.healthSignal.generation == seen + 1)
            harness.world.advance(by: .seconds(900))
            #expect(dispatcher.health == ["team": since, "other": .working])
            #expect(await harness.store.receiverHealth() == ["team": since])
            #expect(dispatcher.healthSignal.generation == seen + 1)
            harness.world.advance(by: .seconds(900))
            #expect(dispatcher.health == ["team": .working, "other": .working])
            #expect(dispatcher.healthSignal.generation == seen + 2)
        }
    }

    @Test func `a receiver rests once it failed three times in a row`() async throws {
        let harness = DispatchHarness(["team": [Self.refused, Self.refused, Self.refused, .hang]])
        try await withDispatcher(harness) { dispatcher in
            try await harness.tell("team")
            var healths: [Int: ReceiverHealth] = [:]
            for _ in 0..<200 {
                healths[harness.sent.count] = dispatcher.health["team"]
                harness.world.advance(by: .milliseconds(100))
            }
            #expect(healths[1] == .working && healths[2] == .working)
            guard case .resting(until: _, reason: "503") = healths[3] else {
                Issue.record("it does not rest: \(healths)")
                return
            }
        }
    }

    @Test func `what is stored of receivers that are gone is forgotten`() async throws {
        let harness = DispatchHarness(["team": []])
        try await harness.store.setHealth(.broken(since: .epoch, reason: "401"), of: "gone")
        try await withDispatcher(harness) { dispatcher in
            #expect(await harness.store.receiverHealth().isEmpty)
            #expect(dispatcher.health == ["team": .working])
        }
    }

    @Test func `offline, only local receivers are told, and nothing counts as an attempt`() async throws {
        let harness = DispatchHarness(["team": [Self.refused, .say(.delivered)], "local": []])
        try await withDispatcher(harness) { dispatcher in
            dispatcher.setOffline(true)
            try await harness.tell("team", "local")
            harness.world.advance(by: .seconds(3600))
            #expect(harness.texts("team").isEmpty)
            #expect(harness.texts("local") == ["0s down firing"])
            harness.script("team", [.say(.delivered)])
            dispatcher.setOffline(false)
            harness.world.settle()
            #expect(harness.texts("team") == ["3600s down firing"])
            #expect(await harness.store.outbox.map(\.failedAttempts) == [0, 0])
        }
    }

    @Test func `an attempt that fails because of the cut does not count, and is made again at once after it`()
        async throws
    {
        let fails = Answer.later(.seconds(5), .broken(reason: "no route"))
        let harness = DispatchHarness(["team": [fails, .say(.delivered)]])
        try await withDispatcher(harness) { dispatcher in
            try await harness.tell("team")
            dispatcher.setOffline(true)
            harness.world.advance(by: .seconds(100))
            #expect(dispatcher.health["team"] == .working)
            dispatcher.setOffline(false)
            harness.world.settle()
            #expect(harness.texts("team") == ["0s down firing", "100s down firing"])
            #expect(await harness.store.outbox.first?.failedAttempts == 0)
        }
    }
}
