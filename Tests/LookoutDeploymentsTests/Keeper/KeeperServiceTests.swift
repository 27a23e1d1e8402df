import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

/// The keeper as a service: requests of people, broken ports, clocks that jump.
@Suite struct KeeperServiceTests {
    private let desk = KeeperWorld()

    init() {
        desk.start()
        desk.advance(.seconds(120))
    }

    @Test func `what a person begins takes in what then happens`() async throws {
        let keeper = try #require(desk.keeper)
        let intent = DeploymentIntent(environment: "production", trigger: "fix", author: "ada")
        let started = try await desk.simulation.run {
            try await keeper.perform(.start(intent, name: "release-7"))
        }
        #expect(started.id.text == "release-7" && started.phase == .planned)
        desk.deploySmoothly()
        #expect(desk.deployment?.phase == .watching)
        #expect(desk.deployment?.intent?.trigger == "fix")
        await #expect(throws: DeploymentRefusal.taken("release-7")) {
            try await desk.simulation.run { try await keeper.perform(.start(intent, name: "release-7")) }
        }
        let finished = try await desk.simulation.run {
            try await keeper.perform(.finish(by: "ada", result: nil), on: started.id)
        }
        #expect(finished.isClosed)
        try await desk.kill()
    }

    @Test func `a broken store holds back everything and loses nothing`() async throws {
        desk.store.isBroken = true
        desk.deploySmoothly()
        #expect(desk.store.deployments.isEmpty)
        #expect(desk.world.read { $0.announced.isEmpty })
        desk.store.isBroken = false
        desk.advance(.seconds(30))
        #expect(desk.deployment?.phase == .watching)
        try await desk.kill()
    }

    @Test func `who cannot be told is told later, once`() async throws {
        desk.world.change { $0.isAnnouncingBroken = true }
        desk.deploySmoothly()
        #expect(desk.deployment?.phase == .watching)
        desk.world.change { $0.isAnnouncingBroken = false }
        desk.advance(.seconds(120))
        #expect(desk.world.read { $0.announced } == [.start, .watch])
        try await desk.kill()
    }

    @Test(arguments: [3600, -3600, 45, -45])
    func `a step of the clock neither shortens nor prolongs a watch`(seconds: Int) async throws {
        desk.deploySmoothly()
        desk.advance(.seconds(600))
        desk.stepWallClock(by: .seconds(seconds))
        // Of the 1800 seconds 70 had passed with the deployment, and 600 since; a look comes every 5.
        desk.advance(.seconds(1120))
        #expect(desk.deployment?.phase == .watching)
        desk.advance(.seconds(20))
        #expect(desk.deployment?.phase == .judged)
        #expect(desk.deployment?.verdict?.word == .pass)
        try await desk.kill()
    }

    @Test func `changed variables are a deployment of their own, which a deploy brings into effect`()
        async throws
    {
        desk.advance(.seconds(400))
        desk.world.change { $0.variables["APP_URL"] = "https://two.example" }
        desk.advance(.seconds(320))
        let begun = try #require(desk.deployment)
        #expect(begun.origin == .variables && begun.phase == .following)
        #expect(begun.variableChanges[.backend] == VariableChanges(changed: ["APP_URL"]))
        desk.world.begin(.backend, "backend-1", EventExamples.good, cause: .variables)
        desk.advance(.seconds(60))
        desk.world.end(.backend, "backend-1", .live)
        desk.advance(.seconds(2000))
        #expect(
            desk.deployment?.verdict?.word == .pass,
            "\(desk.deployment?.verdict?.reasons.map(\.text) ?? [])"
        )
        try await desk.kill()
    }

    @Test func `changed variables that no deploy follows are not in effect`() async throws {
        desk.advance(.seconds(400))
        desk.world.change { $0.variables["APP_URL"] = nil }
        desk.advance(.seconds(1800))
        guard case .abandoned(let reason) = desk.deployment?.result else {
            Issue.record("\(String(describing: desk.deployment))")
            return
        }
        #expect(reason.contains("not in effect"))
        try await desk.kill()
    }

    @Test func `without providers and git a changed version is a deployment`() async throws {
        try await desk.kill()
        desk.hasHosts = false
        desk.hasRepository = false
        desk.start()
        desk.advance(.seconds(60))
        desk.world.change { $0.version = "2.0.4" }
        desk.advance(.seconds(90))
        #expect(desk.deployment?.phase == .watching)
        #expect(desk.deployment?.versions.first?.after == "2.0.4")
        desk.advance(.seconds(1800))
        #expect(desk.deployment?.verdict?.word == .pass)
        try await desk.kill()
    }

    @Test func `a new error within the hour after a pass is worse after all`() async throws {
        desk.deploySmoothly()
        desk.advance(.seconds(1900))
        #expect(desk.deployment?.verdict?.word == .pass)
        var issue = EventExamples.issue
        (issue.users, issue.firstSeen, issue.lastSeen) = (40, desk.now, desk.now)
        desk.world.change { [issue] in $0.issues = [issue] }
        desk.advance(.seconds(120))
        #expect(desk.deployment?.verdict?.word == .regressed)
        #expect(desk.world.read { $0.announced.count { $0 == .verdict } } == 2)
        try await desk.kill()
    }

    @Test(arguments: [1.0, 2.5])
    func `a verdict is worked out again from what is stored`(slowdown: Double) async throws {
        desk.world.change { $0.slowdowns = [(desk.now + .seconds(230), slowdown)] }
        desk.deploySmoothly()
        desk.advance(.seconds(1900))
        let deployment = try #require(desk.deployment)
        let store = desk.store
        let (events, runs) = try await desk.simulation.run {
            (try await store.events(of: deployment.id), try await store.runs(of: deployment.id))
        }
        let before = try #require(Deployment(deployment.id, judgedIn: events))
        #expect(before.verdict == nil)
        let (plan, time) = (try #require(before.watch), try #require(deployment.judgedAt))
        let again = WatchJudge(plan: plan, runs: runs).verdict(of: before, at: time)
        #expect(again == deployment.verdict)
        #expect(again?.word == (slowdown > 1 ? .regressed : .pass))
        try await desk.kill()
    }
}
