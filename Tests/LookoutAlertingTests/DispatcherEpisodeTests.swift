import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// The end of an episode goes to those who were told of it, and to nobody else.
struct DispatcherEpisodeTests {
    /// Of the notice as it is, and then of its plain form.
    private static let rejected = Answer.say(.rejected(reason: "400"))
    private static let delivered = Answer.say(.delivered)

    /// What a receiver takes of one episode, when it answers so.
    private func accepted(_ answers: [Answer], of kinds: [Notice.Kind]) async throws -> [Notice.Kind] {
        let harness = DispatchHarness(["team": answers])
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        for kind in kinds {
            try await harness.tell("team", severity: .major, kind: kind, episode: 1)
            harness.world.advance(by: .seconds(60))
        }
        try await harness.tell("team", kind: .firing, episode: 2)
        harness.world.advance(by: .seconds(60))
        dispatcher.stop()
        try await harness.world.finish(running)
        let deliveries = harness.accepted.values
        #expect(deliveries.last?.notice.episode == 2)
        #expect(await harness.store.outboxCounts()["team"]?.waiting == 0)
        return deliveries.dropLast().map(\.notice.kind)
    }

    @Test func `who never took the beginning is not sent the end`() async throws {
        let answers = [Self.rejected, Self.rejected, Self.delivered]
        let kinds = try await accepted(answers, of: [.firing, .resolved])
        #expect(kinds == [])
    }

    @Test func `who took at least that it became worse is sent the end`() async throws {
        let answers = [Self.rejected, Self.rejected, Self.delivered]
        let kinds = try await accepted(answers, of: [.firing, .escalated, .resolved])
        #expect(kinds == [.escalated, .resolved])
    }

    @Test func `who took the beginning and not that it became worse is sent the end`() async throws {
        let answers = [Self.delivered, Self.rejected, Self.rejected, Self.delivered]
        let kinds = try await accepted(answers, of: [.firing, .escalated, .resolved])
        #expect(kinds == [.firing, .resolved])
    }

    @Test func `an end that waits behind a beginning that is given up at last is given up with it`()
        async throws
    {
        let refused = Answer.say(.retry(after: nil, reason: "503"))
        let harness = DispatchHarness(["team": [refused]])
        let policy = RetryPolicy(patience: .seconds(600))
        let dispatcher = harness.dispatcher(options: .init(policy: policy))
        let running = harness.world.start { await dispatcher.run() }
        try await harness.tell("team", episode: 1)
        try await harness.tell("team", kind: .resolved, episode: 1)
        harness.world.advance(by: .seconds(590))
        #expect(await harness.store.outboxCounts()["team"]?.waiting == 2)
        harness.world.advance(by: .seconds(600))
        #expect(await harness.store.outboxCounts()["team"] == OutboxCounts(dead: 2))
        #expect(harness.sent.values.allSatisfy { $0.text == "down firing" })
        dispatcher.stop()
        try await harness.world.finish(running)
    }

    @Test func `whatever receivers reject, ends arrive where something of the episode arrived`() async {
        await checkAll(cases: 60) { generator in
            let harness = DispatchHarness(["one": [], "two": []])
            var boot = 0
            var dispatcher = harness.dispatcher(owner: "boot-0")
            var running = harness.world.start { [dispatcher] in await dispatcher.run() }
            for episode in 1...8 {
                var kinds: [Notice.Kind] = [.firing]
                if Bool.random(using: &generator) { kinds.append(.escalated) }
                for kind in kinds + [.resolved] {
                    for receiver in ["one", "two"] {
                        let answer = Bool.random(using: &generator) ? Self.rejected : Self.delivered
                        harness.script(receiver, [answer])
                    }
                    try await harness.tell("one", "two", kind: kind, episode: episode)
                    harness.world.advance(by: .seconds(Int.random(in: 0...90, using: &generator)))
                }
                guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
                running.cancel()
                try await harness.world.finish(running)
                boot += 1
                dispatcher = harness.dispatcher(owner: "boot-\(boot)")
                running = harness.world.start { [dispatcher] in await dispatcher.run() }
            }
            harness.world.advance(by: .seconds(600))
            dispatcher.stop()
            try await harness.world.finish(running)
            for receiver in ["one", "two"] {
                let rows = await harness.store.outbox.filter { $0.notice.receiver == receiver }
                for episode in 1...8 {
                    let rows = rows.filter { $0.notice.episode == episode }
                    let end = try #require(rows.last)
                    let wasTold = rows.dropLast().contains { $0.status.isDelivered }
                    try #require(
                        wasTold == (end.status != .dead(at: end.settledAt, reason: Notice.uncalledFor))
                    )
                }
            }
        }
    }
}

extension MemoryAlertStore.Row {
    fileprivate var settledAt: Timestamp {
        switch status {
        case .waiting: .epoch
        case .delivered(at: let time), .dead(at: let time, reason: _), .superseded(at: let time): time
        }
    }
}

extension MemoryAlertStore.Row.Status {
    fileprivate var isDelivered: Bool {
        if case .delivered = self { true } else { false }
    }
}
