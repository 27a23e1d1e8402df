import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct DispatcherTests {
    private static let refused = Answer.say(.retry(after: nil, reason: "refused"))

    /// Runs a dispatcher in the harness's world while the body does things to it.
    private func withDispatcher(
        _ scripts: [String: [Answer]],
        options: Dispatcher.Options = .init(),
        _ body: (DispatchHarness, Dispatcher) async throws -> Void
    ) async throws {
        let harness = DispatchHarness(scripts)
        let dispatcher = harness.dispatcher(options: options)
        let running = harness.world.start { await dispatcher.run() }
        try await body(harness, dispatcher)
        dispatcher.stop()
        harness.world.advance(by: options.grace)
        try await harness.world.finish(running)
    }

    @Test func `a notice is sent at once, and once`() async throws {
        try await withDispatcher(["team": []]) { harness, _ in
            try await harness.tell("team")
            try await harness.tell("team", kind: .resolved)
            harness.world.advance(by: .seconds(100_000))
            #expect(harness.texts("team") == ["0s down firing", "0s down resolved"])
            #expect(await harness.store.outboxCounts()["team"]?.delivered == 2)
        }
    }

    @Test func `what was in the outbox before the start is sent`() async throws {
        let harness = DispatchHarness(["team": []])
        try await harness.tell("team")
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        #expect(harness.texts("team") == ["0s down firing"])
        dispatcher.stop()
        try await harness.world.finish(running)
    }

    @Test func `a receiver that hangs, fails or throttles never delays another`() async throws {
        let bad: [String: [Answer]] = [
            "hangs": [.hang], "refuses": [Self.refused], "broken": [.say(.broken(reason: "401"))],
            "throttles": [.say(.retry(after: .seconds(60), reason: "429"))],
        ]
        try await withDispatcher(bad.merging(["good": []]) { bad, _ in bad }) { harness, _ in
            for index in 0..<20 {
                try await harness.tell(
                    "hangs",
                    "refuses",
                    "broken",
                    "throttles",
                    "good",
                    rule: "rule-\(index)"
                )
                harness.world.advance(by: .seconds(10))
            }
            #expect(harness.texts("good") == (0..<20).map { "\($0 * 10)s rule-\($0) firing" })
        }
    }

    @Test func `a failing receiver is tried until it works, in the alert's order`() async throws {
        let script = Array(repeating: Self.refused, count: 12) + [.say(.delivered)]
        try await withDispatcher(["team": script]) { harness, _ in
            try await harness.tell("team")
            try await harness.tell("team", kind: .resolved)
            harness.world.advance(by: .seconds(3600))
            let sent = harness.texts("team").map { $0.drop { $0 != " " }.dropFirst() }
            #expect(sent == Array(repeating: "down firing", count: 13) + ["down resolved"])
            #expect(await harness.store.outboxCounts()["team"]?.delivered == 2)
        }
    }

    @Test func `a Retry-After is kept to the second and costs no attempt`() async throws {
        let throttled = Answer.say(.retry(after: .seconds(42), reason: "429"))
        try await withDispatcher(["team": [throttled, .say(.delivered)]]) { harness, _ in
            try await harness.tell("team", rule: "one")
            try await harness.tell("team", rule: "two", severity: .outage)
            harness.world.advance(by: .seconds(41))
            #expect(harness.texts("team") == ["0s one firing"])
            harness.world.advance(by: .seconds(1))
            #expect(harness.texts("team").dropFirst() == ["42s two firing", "42s one firing"])
            #expect(await harness.store.outbox.map(\.failedAttempts) == [0, 0])
        }
    }

    @Test func `a broken receiver is tested every quarter of an hour and loses nothing`() async throws {
        let broken = Answer.say(.broken(reason: "401"))
        try await withDispatcher(["team": [broken, broken, .say(.delivered)]]) { harness, _ in
            try await harness.tell("team", rule: "one")
            try await harness.tell("team", rule: "two")
            harness.world.advance(by: .seconds(1800))
            #expect(
                harness.texts("team") == [
                    "0s one firing", "900s one firing", "1800s one firing", "1800s two firing",
                ]
            )
        }
    }

    @Test func `a reload tries a broken receiver at once`() async throws {
        try await withDispatcher(["team": [.say(.broken(reason: "401")), .say(.delivered)]]) {
            harness,
            dispatcher in
            try await harness.tell("team")
            harness.world.advance(by: .seconds(60))
            dispatcher.replace([harness.receiver(named: "team")])
            harness.world.settle()
            #expect(harness.texts("team") == ["0s down firing", "60s down firing"])
        }
    }

    @Test func `a notice that is rejected for ever is sent in plain words, and delays no other`() async throws
    {
        let rejected = Answer.say(.rejected(reason: "400"))
        try await withDispatcher(["team": [rejected, rejected, .say(.delivered)]]) { harness, _ in
            try await harness.tell("team", rule: "poison")
            try await harness.tell("team", rule: "good")
            harness.world.advance(by: .seconds(1))
            #expect(
                harness.texts("team") == ["0s poison firing", "0s plain poison firing", "0s good firing"]
            )
            let counts = try #require(await harness.store.outboxCounts()["team"])
            #expect((counts.dead, counts.delivered) == (1, 1))
        }
    }

    @Test func `an attempt that takes too long is cut off and repeated`() async throws {
        try await withDispatcher(["team": [.hang, .say(.delivered)]]) { harness, _ in
            try await harness.tell("team")
            harness.world.advance(by: .seconds(15))
            #expect(harness.sent.count == 1)
            harness.world.advance(by: .seconds(10))
            #expect(harness.sent.count == 2)
            #expect(await harness.store.outboxCounts()["team"]?.delivered == 1)
        }
    }

    @Test func `severity 1 waits for one send at most`() async throws {
        let slow = Answer.later(.seconds(5), .delivered)
        try await withDispatcher(["keyed": [slow]]) { harness, _ in
            for index in 0..<30 { try await harness.tell("keyed", rule: "minor-\(index)", severity: .minor) }
            harness.world.advance(by: .seconds(2))
            try await harness.tell("keyed", rule: "outage", severity: .outage)
            harness.world.advance(by: .seconds(4))
            #expect(harness.texts("keyed") == ["0s minor-0 firing", "5s outage firing"])
        }
    }

    @Test func `receivers come and go while it runs`() async throws {
        try await withDispatcher(["one": []]) { harness, dispatcher in
            dispatcher.replace([harness.receiver(named: "two")])
            try await harness.tell("one", "two", rule: "a")
            #expect(harness.texts("one").isEmpty)
            #expect(harness.texts("two") == ["0s a firing"])
            dispatcher.replace([harness.receiver(named: "one"), harness.receiver(named: "two")])
            harness.world.settle()
            #expect(harness.texts("one") == ["0s a firing"])
        }
    }
}
