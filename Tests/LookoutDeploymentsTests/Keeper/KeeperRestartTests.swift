import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct KeeperRestartTests {
    /// What became of it, as far as that must not depend on restarts.
    private struct Outcome: Equatable {
        var start: Timestamp?
        var end: Timestamp?
        var verdict: WatchVerdict.Word?
        var result: DeploymentResult?
    }

    private func outcome(of seed: UInt64, restarting restarts: [Duration]) async throws -> Outcome {
        var generator = SeededGenerator(seed: seed)
        let desk = KeeperWorld(order: .shuffled(seed: seed))
        desk.start()
        desk.advance(.seconds(120))
        let slowdown = Bool.random(using: &generator) ? 2.5 : 1.0
        desk.world.change { $0.slowdowns = [(desk.now + .seconds(200), slowdown)] }
        let flaky: [EnvironmentPart] = [.frontend, .backend].filter { _ in Bool.random(using: &generator) }
        desk.deploySmoothly()
        var elapsed = Duration.zero
        for (index, moment) in restarts.sorted().enumerated() {
            desk.advance(moment - elapsed)
            elapsed = moment
            try await desk.kill()
            desk.world.change { state in
                for part in flaky {
                    state.failures[part] = index.isMultiple(of: 2) ? .unreachable("502") : nil
                }
            }
            desk.start()
        }
        desk.world.change { $0.failures = [:] }
        desk.advance(.seconds(4200) - elapsed)
        try await desk.kill()
        let deployment = try #require(desk.deployment)
        return Outcome(
            start: deployment.watch?.start,
            end: deployment.watch?.end,
            verdict: deployment.verdict?.word,
            result: deployment.result
        )
    }

    @Test func `restarts at any moment change neither the end nor the verdict`() async {
        await checkAll(cases: 6) { generator in
            let seed = generator.next()
            let restarts = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                Duration.milliseconds(Int.random(in: 0...4_000_000, using: &generator))
            }
            let undisturbed = try await outcome(of: seed, restarting: [])
            let disturbed = try await outcome(of: seed, restarting: restarts)
            try #require(undisturbed.verdict != nil)
            try #require(disturbed == undisturbed)
        }
    }

    @Test func `a restart at any moment of the beginning opens one deployment and no more`() async {
        await checkAll(cases: 12) { generator in
            let desk = KeeperWorld(order: .shuffled(seed: generator.next()))
            desk.start()
            desk.advance(.seconds(120))
            desk.world.push(EventExamples.bad)
            desk.world.begin(.frontend, "frontend-1", EventExamples.bad)
            desk.world.begin(.backend, "backend-1", EventExamples.bad)
            for _ in 0..<4 {
                desk.advance(.milliseconds(Int.random(in: 0...40_000, using: &generator)))
                try await desk.kill()
                desk.advance(.milliseconds(Int.random(in: 0...40_000, using: &generator)))
                desk.start()
            }
            desk.world.end(.frontend, "frontend-1", .live)
            desk.world.end(.backend, "backend-1", .live)
            desk.advance(.seconds(180))
            try await desk.kill()
            let deployment = try #require(desk.deployment)
            try #require(deployment.phase == .watching)
            try #require(deployment.main == EventExamples.bad)
        }
    }

    @Test(arguments: [false, true])
    func `a process that dies at any operation of the store leaves nothing half done`(
        keepsLast: Bool
    ) async throws {
        for operations in stride(from: 1, through: 46, by: 3) {
            let desk = KeeperWorld()
            desk.start()
            desk.advance(.seconds(120))
            desk.store.die(after: operations, keepingLast: keepsLast)
            desk.deploySmoothly()
            try await desk.kill()
            desk.store.revive()
            desk.start()
            desk.advance(.seconds(120))
            let deployment = try #require(desk.deployment, "after \(operations) operations")
            #expect(deployment.phase == .watching, "after \(operations) operations")
            let kinds = desk.store.kinds(of: deployment.id)
            for kind in ["began", "watch-began"] {
                #expect(kinds.count { $0 == kind } == 1, "after \(operations) operations: \(kinds)")
            }
            // At least once, and twice only where the word was not kept.
            #expect(Set(desk.world.read { $0.announced }) == [.start, .watch])
            try await desk.kill()
        }
    }

    @Test func `a deployment while Lookout was away is found afterwards`() async throws {
        let desk = KeeperWorld()
        desk.start()
        desk.advance(.seconds(120))
        desk.deploySmoothly()
        desk.advance(.seconds(4000))
        try await desk.kill()
        desk.advance(.seconds(3600))
        let next = EventExamples.commit("c")
        desk.deploySmoothly(next, number: 2)
        desk.advance(.seconds(300))
        desk.start()
        desk.advance(.seconds(120))
        let all = desk.store.deployments
        #expect(all.count == 2)
        #expect(all.last?.main == next || all.last?.commit == next)
        #expect(all.last?.phase == .watching)
        try await desk.kill()
    }
}
