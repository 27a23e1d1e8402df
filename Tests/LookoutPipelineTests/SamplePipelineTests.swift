import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation
import Testing

@Suite struct SamplePipelineTests {
    typealias Harness = PipelineHarness

    @Test func `a sample goes to the store, through the rules and on to the alerts`() async throws {
        let harness = try Harness("sample.failed")
        try await harness.receive(Harness.sample(Harness.refused, at: 1000))
        #expect(try await harness.fires)
        harness.world.advance(by: .seconds(5))
        #expect(harness.recorder.statistics.stored == 1)
        let newest = await harness.pipeline.newestSamples
        #expect(newest[Harness.check.id]?.startedAt == Timestamp(seconds: 1000))
        #expect(await harness.pipeline.statistics["rule"]?.holds == 1)
    }

    @Test func `a rule that cannot be evaluated is known until it can`() async throws {
        let harness = try Harness("sample.version == \"1\"")
        try await harness.receive(Harness.sample(at: 1000))
        #expect(await harness.pipeline.currentRuleErrors.keys.map(\.rule) == ["rule"])
        try await harness.receive(Harness.sample(at: 1060, version: "2"))
        #expect(await harness.pipeline.currentRuleErrors.isEmpty)
    }

    @Test func `after a start the rules know what is in the store`() async throws {
        let harness = try Harness("failures(\"10m\") >= 4 && previous.failed")
        try await harness.samples.append(
            (0..<100).map { Harness.sample($0 < 97 ? .ok : Harness.refused, at: $0 * 60) }
        )
        let starts = try await harness.resume(at: 6000)
        #expect(starts == [Harness.check.id: Timestamp(seconds: 99 * 60)])
        #expect(try await !harness.fires)
        try await harness.receive(Harness.sample(Harness.refused, at: 6000))
        #expect(try await harness.fires)
    }

    @Test func `no more is read than the rules look back on`() async throws {
        let harness = try Harness("failures(5) >= 5")
        try await harness.samples.append((0..<100).map { Harness.sample(at: $0 * 60) })
        _ = try await harness.resume(at: 6000)
        let rules = try Harness.rules("failures(5) >= 5")
        let memory = try await RuleMemory(
            of: Harness.check,
            rules.memoryDepth(of: Harness.check),
            from: harness.samples,
            at: Timestamp(seconds: 6000)
        )
        #expect(memory.samples.map(\.startedAt) == (95..<100).map { Timestamp(seconds: $0 * 60) })
        #expect(memory.counts.isEmpty)
    }

    @Test func `long windows are read as counts`() async throws {
        let harness = try Harness("failures(\"3d\") == 50 && count(\"3d\") == 4001")
        try await harness.samples.append(
            (0..<4000).map { Harness.sample($0 % 80 == 0 ? Harness.refused : .ok, at: $0 * 60) }
        )
        _ = try await harness.resume(at: 240_000)
        try await harness.receive(Harness.sample(at: 240_000))
        #expect(try await harness.fires)
    }

    @Test func `rules that ask for the deployment learn of the last one`() async throws {
        let harness = try Harness("deployment.id == \"2\" && deployment.age == duration(\"600s\")")
        try await harness.samples.append(
            (0..<100).map { Harness.sample(at: $0 * 60, version: $0 < 90 ? "1" : "2") }
        )
        _ = try await harness.resume(at: 6000)
        try await harness.receive(Harness.sample(at: 6000, version: "2"))
        #expect(try await harness.fires)
    }

    @Test func `rules that look further back than those before read what they lack`() async throws {
        let harness = try Harness("consecutive_failures() >= 100")
        try await harness.samples.append(
            (0..<10).map { Harness.sample(Harness.refused, at: $0 * 60, version: "1") }
        )
        _ = try await harness.resume(at: 600)
        // One that is not in the store yet.
        try await harness.receive(Harness.sample(Harness.refused, at: 600, version: "2"))
        let rules = try Harness.rules("failures(\"15m\") == 12 && changed(\"version\", \"15m\")")
        let (pipeline, samples) = (harness.pipeline, harness.samples)
        try await harness.wait {
            await pipeline.replace(rules: rules, scope: Harness.scope, checks: [Harness.check.id])
            await pipeline.deepen(from: samples, at: Timestamp(seconds: 610))
        }
        try await harness.receive(Harness.sample(Harness.refused, at: 660))
        #expect(try await harness.fires)
    }

    @Test func `a deployment can be told`() async throws {
        let harness = try Harness("deployment.id == \"build 7\"")
        let deployment = Release(id: "build 7", version: nil, beganAt: Timestamp(seconds: 900))
        let pipeline = harness.pipeline
        try await harness.wait { await pipeline.note(deployment, in: "production") }
        try await harness.receive(Harness.sample(at: 1000))
        #expect(try await harness.fires)
        #expect(await harness.pipeline.currentEngine.alerts.map(\.rule) == ["rule"])
    }
}
