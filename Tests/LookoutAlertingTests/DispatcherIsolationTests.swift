import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// P4: whatever one receiver does, the others are told when they would have been told without it.
struct DispatcherIsolationTests {
    /// Receivers of every kind that behave as receivers do, and those of every kind that do their worst.
    private static let others = ["team", "keyed-team", "local-team"]
    private static let sick = ["sick", "keyed-sick", "local-sick"]

    /// What is committed in a step, some time after the last one.
    private struct Step {
        var pause: Duration
        var rule: String
        var severity: Severity
        var kind: Notice.Kind
    }

    private static func steps(using generator: inout SeededGenerator) -> [Step] {
        (0..<Int.random(in: 5...15, using: &generator)).map { _ in
            Step(
                pause: .milliseconds(Int.random(in: 0...90_000, using: &generator)),
                rule: "rule-\(Int.random(in: 0..<4, using: &generator))",
                severity: Severity.allCases.randomElement(using: &generator) ?? .minor,
                kind: [.firing, .firing, .escalated, .reminder, .resolved].randomElement(using: &generator)
                    ?? .firing
            )
        }
    }

    /// Answers at random, the last of which is repeated for ever.
    private static func answers(endingWith last: [Answer], using generator: inout SeededGenerator) -> [Answer]
    {
        let random = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> Answer in
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: .say(.retry(after: nil, reason: "503"))
            case 1: .say(.retry(after: .seconds(Int.random(in: 1...3_600, using: &generator)), reason: "429"))
            case 2: .say(.rejected(reason: "400"))
            case 3: .say(.broken(reason: "401"))
            case 4: .hang
            case 5: .later(.seconds(Int.random(in: 1...40, using: &generator)), .delivered)
            default: .say(.delivered)
            }
        }
        return random + (last.randomElement(using: &generator).map { [$0] } ?? [])
    }

    private static let worst: [Answer] = [
        .hang, .say(.retry(after: nil, reason: "503")), .say(.broken(reason: "401")),
        .say(.retry(after: .seconds(60), reason: "429")), .later(.seconds(29), .delivered),
        .say(.rejected(reason: "400")),
    ]

    /// Plays the steps, and then ten minutes; what each receiver saw.
    private static func play(
        _ steps: [Step],
        _ scripts: [String: [Answer]]
    ) async throws -> [String: [Sent]] {
        let harness = DispatchHarness(scripts)
        let dispatcher = harness.dispatcher()
        let running = harness.world.start { await dispatcher.run() }
        for step in steps {
            harness.world.advance(by: step.pause)
            for receiver in others + sick {
                try await harness.tell(
                    receiver,
                    rule: step.rule,
                    severity: step.severity,
                    kind: step.kind,
                    episode: 1
                )
            }
        }
        harness.world.advance(by: .seconds(600))
        let seen = Dictionary(grouping: harness.sent.values, by: \.receiver)
        running.cancel()
        try await harness.world.finish(running)
        return seen
    }

    @Test func `a receiver that fails or hangs for ever changes nobody else's times by more than a second`()
        async
    {
        var (failed, sent) = (0, 0)
        await checkAll(cases: Self.cases) { generator in
            let steps = Self.steps(using: &generator)
            var well: [String: [Answer]] = [:]
            for name in Self.others {
                well[name] = Self.answers(endingWith: [.say(.delivered)], using: &generator)
            }
            var ill = well
            for name in Self.sick {
                well[name] = [.say(.delivered)]
                ill[name] = Self.answers(endingWith: Self.worst, using: &generator)
            }
            let usual = try await Self.play(steps, well)
            let seen = try await Self.play(steps, ill)
            for name in Self.others {
                let (before, after) = (usual[name] ?? [], seen[name] ?? [])
                try #require(before.map(\.text) == after.map(\.text), "\(name)")
                for (one, other) in zip(before, after) {
                    try #require(abs(one.second - other.second) <= 1, "\(one), with a sick one \(other)")
                }
                sent += after.count
            }
            failed += Self.sick.count { usual[$0]?.map(\.second) != seen[$0]?.map(\.second) }
        }
        print("isolation: \(Self.cases) schedules, \(failed) sick receivers, \(sent) attempts at the others")
        // Where nothing fails, nothing is proved.
        #expect(failed > Self.cases && sent > Self.cases)
    }

    private static let cases = max(1, DeliveryProofTests.schedules / 20)
}
