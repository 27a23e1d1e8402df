import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct DeploymentKeeperTests {
    private let desk = KeeperWorld()

    init() {
        desk.start()
        desk.advance(.seconds(120))
    }

    @Test func `nothing new is no deployment`() async throws {
        desk.advance(.seconds(7200))
        #expect(desk.store.deployments.isEmpty)
        try await desk.kill()
    }

    @Test func `a good deployment is seen by itself, watched, passed and closed after an hour`() async throws
    {
        let begin = desk.now
        desk.deploySmoothly()
        let watched = try #require(desk.deployment)
        #expect(watched.phase == .watching)
        let plan = try #require(watched.watch)
        #expect(plan.start == begin + .seconds(20 + 150 + 60 + 60))
        #expect(plan.end == plan.start + .seconds(1800))
        #expect(plan.transition.lowerBound <= begin + .seconds(20))
        desk.advance(.seconds(1800))
        #expect(
            desk.deployment?.verdict?.word == .pass,
            "\(desk.deployment?.verdict?.reasons.map(\.text) ?? [])"
        )
        #expect(desk.deployment?.phase == .judged)
        desk.advance(.seconds(1800))
        let closed = try #require(desk.deployment)
        #expect(closed.result == .successful)
        #expect(closed.remindedAt != nil)
        #expect(closed.mainBefore == EventExamples.good && closed.main == EventExamples.bad)
        #expect(Set(desk.world.read { $0.announced }) == [.start, .watch, .verdict, .reminder, .close])
        #expect(desk.world.read { $0.announced.count } == 5)
        try await desk.kill()
    }

    @Test func `a slow deployment is said to be worse, and a rollback is followed to recovery`() async throws
    {
        desk.world.change { $0.slowdowns = [(desk.now + .seconds(230), 2.5)] }
        desk.deploySmoothly()
        desk.advance(.seconds(900))
        #expect(desk.deployment?.verdict?.word == .regressed)
        #expect(desk.deployment?.phase == .judged)
        desk.world.begin(.backend, "backend-2", EventExamples.good, cause: .rollback)
        desk.world.restore(.frontend, "frontend-0")
        desk.advance(.seconds(60))
        #expect(desk.deployment?.phase == .rollingBack)
        #expect(Set(desk.deployment?.rollbacks.map(\.part) ?? []) == [.frontend, .backend])
        desk.world.end(.backend, "backend-2", .live)
        desk.advance(.seconds(600))
        let closed = try #require(desk.deployment)
        #expect(closed.result == .rolledBack)
        #expect(closed.recoveredAt != nil)
        #expect(closed.main == EventExamples.bad)
        try await desk.kill()
    }

    @Test func `main back at an earlier commit is a rollback of what was deployed`() async throws {
        desk.deploySmoothly()
        desk.world.change { $0.head = EventExamples.good }
        desk.advance(.seconds(70))
        #expect(desk.deployment?.phase == .rollingBack)
        desk.world.begin(.frontend, "frontend-2", EventExamples.good)
        desk.world.begin(.backend, "backend-2", EventExamples.good)
        desk.advance(.seconds(60))
        desk.world.end(.frontend, "frontend-2", .live)
        desk.world.end(.backend, "backend-2", .live)
        desk.advance(.seconds(600))
        #expect(desk.deployment?.result == .rolledBack)
        #expect(desk.deployment?.rollbackDeploys.count == 2)
        try await desk.kill()
    }

    @Test func `a rollback after the end belongs to the deployment that it undoes`() async throws {
        desk.deploySmoothly()
        desk.advance(.seconds(3900))
        #expect(desk.deployment?.result == .successful)
        desk.world.begin(.backend, "backend-2", EventExamples.good, cause: .rollback)
        desk.advance(.seconds(90))
        #expect(desk.deployment?.phase == .rollingBack)
        desk.world.end(.backend, "backend-2", .live)
        desk.advance(.seconds(600))
        #expect(desk.deployment?.result == .rolledBack)
        try await desk.kill()
    }

    @Test func `a failed build ends it, with the provider's words`() async throws {
        desk.world.push(EventExamples.bad)
        desk.world.begin(.frontend, "frontend-1", EventExamples.bad)
        desk.world.begin(.backend, "backend-1", EventExamples.bad)
        desk.advance(.seconds(90))
        desk.world.end(.frontend, "frontend-1", .failed(reason: "npm \u{1B}[31mERR"))
        desk.world.end(.backend, "backend-1", .cancelled)
        desk.advance(.seconds(60))
        guard case .failed(let reason) = desk.deployment?.result else {
            Issue.record("\(String(describing: desk.deployment?.result))")
            return
        }
        #expect(reason.contains("npm \\u{1b}[31mERR"))
        try await desk.kill()
    }

    @Test func `one side that failed is watched with the other, and does not pass`() async throws {
        desk.world.push(EventExamples.bad)
        desk.world.begin(.frontend, "frontend-1", EventExamples.bad)
        desk.world.begin(.backend, "backend-1", EventExamples.bad)
        desk.advance(.seconds(90))
        desk.world.end(.frontend, "frontend-1", .live)
        desk.world.end(.backend, "backend-1", .failed(reason: "tests"))
        desk.advance(.seconds(4000))
        #expect(desk.deployment?.verdict?.word == .inconclusive)
        #expect(desk.deployment?.watch?.end == desk.deployment?.watch?.latestEnd)
        try await desk.kill()
    }

    @Test func `a build filter explains why a part was not deployed`() async throws {
        desk.world.change {
            $0.services[.backend]?.buildPaths = ["backend/**"]
            $0.changedFiles = ["src/main.ts"]
        }
        desk.world.push(EventExamples.bad)
        desk.advance(.seconds(60))
        desk.world.begin(.frontend, "frontend-1", EventExamples.bad)
        desk.advance(.seconds(60))
        desk.world.end(.frontend, "frontend-1", .live)
        desk.advance(.seconds(240))
        #expect(desk.deployment?.obstacles[.backend] == [.buildFilter(patterns: ["backend/**"])])
        #expect(desk.deployment?.phase == .watching)
        desk.advance(.seconds(1800))
        #expect(desk.deployment?.verdict?.word == .pass)
        try await desk.kill()
    }

    @Test func `nothing deployed and nobody knows why is not a success`() async throws {
        desk.world.push(EventExamples.bad)
        desk.advance(.seconds(1500))
        guard case .inconclusive = desk.deployment?.result else {
            Issue.record("\(String(describing: desk.deployment?.result))")
            return
        }
        try await desk.kill()
    }

    @Test(arguments: [true, false])
    func `a provider that cannot be asked is unknown, and never a pass`(isSilent: Bool) async throws {
        desk.world.change { state in
            if isSilent {
                state.silent = [.backend]
            } else {
                state.failures[.backend] = .unauthorized("token")
            }
        }
        desk.world.push(EventExamples.bad)
        desk.world.begin(.frontend, "frontend-1", EventExamples.bad)
        desk.advance(.seconds(90))
        desk.world.end(.frontend, "frontend-1", .live)
        desk.advance(.seconds(1300))
        #expect(desk.deployment?.phase == .watching)
        #expect(desk.deployment?.validation("deploy-backend")?.verdict == .unknown)
        desk.advance(.seconds(3600))
        #expect(desk.deployment?.verdict?.word == .inconclusive)
        try await desk.kill()
    }

    @Test func `a second deployment during a watch takes the place of the first`() async throws {
        desk.deploySmoothly()
        desk.advance(.seconds(300))
        let next = EventExamples.commit("c")
        desk.deploySmoothly(next, number: 2)
        let all = desk.store.deployments
        #expect(all.count == 2)
        #expect(all.first?.verdict?.word == .inconclusive)
        #expect(all.first?.result == .superseded(by: all.last?.id.text ?? ""))
        #expect(all.last?.phase == .watching)
        desk.advance(.seconds(1800))
        #expect(desk.store.deployments.last?.verdict?.word == .pass)
        try await desk.kill()
    }

    @Test func `a second deployment that fails leaves the first watch alone`() async throws {
        desk.deploySmoothly()
        let next = EventExamples.commit("c")
        desk.world.push(next)
        desk.world.begin(.frontend, "frontend-2", next)
        desk.world.begin(.backend, "backend-2", next)
        desk.advance(.seconds(120))
        desk.world.end(.frontend, "frontend-2", .failed(reason: "x"))
        desk.world.end(.backend, "backend-2", .failed(reason: "x"))
        desk.advance(.seconds(1800))
        #expect(desk.store.deployments.first?.verdict?.word == .pass)
        #expect(desk.store.deployments.last?.result?.word == "failed")
        try await desk.kill()
    }
}
