import LookoutAlerting
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSimulation
import LookoutTestSupport
import Testing

@Suite struct `What was seen goes along with an alert` {
    typealias Harness = PipelineHarness

    private func alert(_ harness: Harness) async throws -> Alert {
        let keeper = harness.keeper
        return try #require(try await harness.wait { await keeper.current }.first)
    }

    @Test func `an alert that fires has the last five samples and what changed`() async throws {
        let harness = try Harness("sample.failed")
        for minute in 0..<8 {
            let version = minute < 6 ? "2.0.3" : "2.0.4"
            try await harness.receive(Harness.sample(at: Int64(minute * 60), version: version))
        }
        try await harness.receive(Harness.sample(Harness.refused, at: 480))
        let evidence = try await alert(harness).evidence
        #expect(evidence.samples.map(\.at) == (4...8).map { Timestamp(seconds: $0 * 60) })
        #expect(
            evidence.samples.map(\.text)
                == Array(repeating: "ok in 100 ms", count: 4) + ["failed after 100 ms: connection refused"]
        )
        #expect(evidence.changes == [Evidence.Line(at: Timestamp(seconds: 360), "version 2.0.3 → 2.0.4")])
    }

    @Test func `an alert that resolves has what was seen when it was found gone`() async throws {
        let harness = try Harness("sample.failed")
        try await harness.receive(Harness.sample(Harness.refused, at: 0))
        try await harness.receive(Harness.sample(at: 60))
        let resolved = try await alert(harness)
        #expect(resolved.state == .resolved)
        #expect(resolved.evidence.samples.last?.text == "ok in 100 ms")
    }

    @Test func `what is in the store is known after a start`() async throws {
        let harness = try Harness("failures(5) >= 5")
        try await harness.samples.append(
            (0..<9).map { Harness.sample(Harness.refused, at: $0 * 60, version: $0 < 8 ? "1" : "2") }
        )
        _ = try await harness.resume(at: 540)
        try await harness.receive(Harness.sample(Harness.refused, at: 540))
        let evidence = try await alert(harness).evidence
        #expect(evidence.samples.count == 5)
        #expect(evidence.changes.map(\.text) == ["version 1 → 2"])
    }

    @Test func `a deployment that is told is a change`() async throws {
        let harness = try Harness("sample.failed")
        let pipeline = harness.pipeline
        let deployment = Release(id: "build 7", version: "2.0.4", beganAt: Timestamp(seconds: 900))
        try await harness.wait { await pipeline.note(deployment, in: "production") }
        try await harness.receive(Harness.sample(Harness.refused, at: 1000))
        #expect(
            try await alert(harness).evidence.changes
                == [Evidence.Line(at: Timestamp(seconds: 900), "deployment build 7 (version 2.0.4)")]
        )
    }

    @Test func `a change of yesterday is none of today`() async throws {
        let harness = try Harness("sample.failed")
        try await harness.receive(Harness.sample(at: 0, version: "1"))
        try await harness.receive(Harness.sample(at: 60, version: "2"))
        try await harness.receive(Harness.sample(Harness.refused, at: 60 + 86_401))
        #expect(try await alert(harness).evidence.changes.isEmpty)
    }

    static let words: [(Outcome, Int, String)] = [
        (.ok, 1, "ok in 100 ms"),
        (.ok, 2, "ok in 100 ms (2 attempts)"),
        (Harness.refused, 3, "failed after 100 ms: connection refused (3 attempts)"),
        (.error("no descriptors"), 1, "could not be asked: no descriptors"),
        (.inconclusive("offline"), 1, "says nothing: offline"),
    ]

    @Test(arguments: words)
    func `a sample has one line`(outcome: Outcome, attempts: Int, text: String) {
        var sample = Harness.sample(outcome, at: 0)
        sample.attempts = attempts
        #expect(sample.words == text)
    }

    @Test(arguments: [(9.9504, "10.0 s"), (0.9994, "999 ms"), (0.9996, "1.0 s"), (61.26, "61.3 s")])
    func `times are rounded`(seconds: Double, text: String) {
        var sample = Harness.sample(at: 0)
        sample.timings.total = .seconds(seconds)
        #expect(sample.words == "ok in \(text)")
    }
}

@Suite struct `A storm` {
    @Test func `is told before the alerts in it, and its end too`() async throws {
        let checks = (1...6).map { number in
            Check(
                id: CheckID(environment: "production", probe: "p\(number)"),
                type: "http",
                interval: .seconds(60),
                timeout: .seconds(10)
            )
        }
        let world = StormWorld(checks)
        for (index, check) in checks.prefix(5).enumerated() {
            try await world.receive(PipelineHarness.refused, of: check, at: Int64(index))
        }
        var alerts = try await world.alerts()
        #expect(alerts.map(\.id.rule) == ["lookout-storm"])
        #expect(alerts.first?.id.labels == ["environment": "production"])
        #expect(alerts.first?.state == .firing)
        #expect(await world.pipeline.currentStorms.count == 1)
        for (index, check) in checks.enumerated() {
            try await world.receive(.ok, of: check, at: Int64(60 + index))
        }
        alerts = try await world.alerts()
        #expect(alerts.map(\.state) == [.resolved])
        #expect(await world.pipeline.currentStorms.isEmpty)
    }
}
