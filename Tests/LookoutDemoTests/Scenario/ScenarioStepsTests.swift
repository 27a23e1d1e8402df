import LookoutConfiguration
import LookoutModel
import LookoutSettings
import Testing

@testable import LookoutDemo

@Suite struct ScenarioSteps {
    /// Lets the steps of a timeline happen at their times; returns the scene, what was left to do, and the end.
    private func run(_ timeline: String) throws -> (scene: DemoScene, duties: [ScenarioDuty], end: Timestamp)
    {
        let text = "name: steps\ntimeline:\n" + timeline
        let document = try YAMLReader(file: "case.yaml").read(Array(text.utf8)).get()
        let scenario = try Scenario.read(document.root).get()
        let fixture = CloudFixture()
        let addresses = fixture.cloud.places.mapValues {
            DemoAddresses(frontend: $0.frontendURL, backend: $0.backendURL)
        }
        var scene = DemoScene(addresses: addresses, cloud: fixture.cloud)
        scene.begin(scenario.start, at: fixture.now)
        var duties: [ScenarioDuty] = []
        for step in scenario.timeline { duties += scene.perform(step.action, at: fixture.now + step.at) }
        let end = fixture.now + scenario.until
        scene.cloud?.advance(to: end)
        return (scene, duties, end)
    }

    @Test func `faults come and go`() throws {
        let (scene, duties, _) = try run(
            """
              - {at: 1m, inject: [production.backend=503, staging.frontend=slow, netlify=401, render=500]}
              - {at: 2m, mend: [production.backend, netlify]}
            """
        )
        #expect(scene.faults.map(\.description) == ["staging.frontend=slow"])
        #expect(scene.cloud?.faults.map(\.description) == ["render=500"])
        #expect(duties.isEmpty)
        let (mended, _, _) = try run(
            "  - {at: 1m, inject: [production.cors=origin-missing, netlify=401]}\n  - {at: 2m, mend: all}"
        )
        #expect(mended.faults.isEmpty && mended.cloud?.faults.isEmpty == true)
    }

    @Test func `a deploy of one part leaves the other`() throws {
        let (scene, duties, _) = try run("  - {at: 1m, deploy: {parts: [frontend], version: 7.0.0}}")
        #expect(duties == [.repositoryChanged])
        #expect(scene.cloud?.netlify.sites[0].release?.revision.version == "7.0.0")
        #expect(scene.cloud?.render.services[0].release?.revision.version == "2.0.4")
    }

    @Test func `a sync carries staging's flaws, and a hotfix makes no backup`() throws {
        let (scene, _, _) = try run(
            """
              - {at: 1m, deploy: {to: staging, breaks: [backend=redis-unhealthy]}}
              - {at: 5m, sync: {message: more}}
              - {at: 20m, hotfix: {name: login}}
            """
        )
        let history = try #require(scene.cloud?.github.history)
        let backups = history.branches.keys.filter { $0.hasPrefix("backup/") }
        #expect(backups.count == 4)
        #expect(history.branches["hotfix/critical-login"] != nil)
        let main = try #require(history.head(of: "main"))
        #expect(main.parents.count == 2)
        let merge = try #require(history.revisions[main.parents[0]])
        #expect(merge.flaws == [.fault(.backend, .redisUnhealthy)])
    }

    @Test func `variables take effect with the deploy that follows, or do not`() throws {
        let (deployed, _, _) = try run("  - {at: 1m, variables: {unset: [APP_URL]}}")
        #expect(deployed.cloud?.render.services[0].release?.variables["APP_URL"] == nil)
        let (kept, _, _) = try run("  - {at: 1m, variables: {unset: [APP_URL], deploy: false}}")
        #expect(kept.cloud?.render.services[0].release?.variables["APP_URL"] != nil)
        let (built, _, _) = try run(
            "  - {at: 1m, variables: {part: frontend, set: {VITE_BACKEND_URL: \"https://x.example\"}}}"
        )
        #expect(built.cloud?.netlify.sites[0].release?.variables["VITE_BACKEND_URL"] == "https://x.example")
    }

    @Test func `providers are set up, databases stand and incidents are told as it is written`() throws {
        let (scene, _, end) = try run(
            """
              - {at: 1m, settings: {netlify-locked: true, render-suspended-by: [billing], github-protects-main: true}}
              - {at: 2m, database: {status: PAUSING, newest-backup: 3d, backups-fail: true}}
              - {at: 3m, incident: {provider: netlify, impact: major, description: Builds fail}}
            """
        )
        let cloud = try #require(scene.cloud)
        #expect(cloud.netlify.sites[0].isLocked)
        #expect(cloud.render.services[0].suspenders == ["billing"])
        #expect(cloud.github.protections["main"] != nil)
        let project = cloud.supabase.projects[0]
        #expect(!project.hasDatabase)
        let newest = project.backups.filter { $0.status == "COMPLETED" }.map(\.at).max()
        #expect(newest == end - .seconds(3600 - 120) - .seconds(3 * 86_400))
        #expect(project.backups.contains { $0.status == "FAILED" })
        var pages = cloud.statusPages
        let page = pages.reply(to: DemoRequest(target: "/netlify/api/v2/status.json"), now: end)
        #expect(page.body.contains("\"indicator\":\"major\"") && page.body.contains("Builds fail"))
    }

    @Test func `what is not the stack's business is left to who runs the scenario`() throws {
        let (_, duties, _) = try run("  - {at: 1m, network: down}\n  - {at: 2m, rollback: suggested}")
        #expect(duties == [.network(.down), .rollback(.suggested)])
    }

    @Test func `a release can be slower and fail in a share of its answers, and both end with it`() throws {
        var (scene, _, end) = try run(
            """
              - {at: 1m, slowness: {factor: 3}}
              - {at: 2m, deploy: {breaks: ["backend=slower:1.5", "backend=failing:0.1"]}}
            """
        )
        func replies() -> [DemoReply] {
            (0..<1000).map { _ in
                scene.reply(to: DemoRequest(target: "/health"), at: .backend("production"), now: end)
            }
        }
        let bad = replies()
        #expect(bad.allSatisfy { $0.slowness == 4.5 })
        #expect((70...130).contains(bad.filter { $0.status == 500 }.count))
        scene.push(DemoChange(), to: "main", at: end)
        end = end + .seconds(900)
        let good = replies()
        #expect(good.allSatisfy { $0.slowness == 3 && $0.status == 200 })
    }
}
