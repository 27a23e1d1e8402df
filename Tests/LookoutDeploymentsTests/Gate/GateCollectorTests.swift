import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutDeployments

@Suite struct `Collecting the facts of the gate` {
    private let world = Simulation(at: Moment(wall: GateStory.now, monotonic: .zero))

    private func ports(_ story: GateStory = GateStory(), hanging: Set<String> = []) -> StoryPorts {
        StoryPorts(story: story, timekeeper: world.timekeeper, hanging: hanging)
    }

    private func run(
        _ ports: StoryPorts,
        after wait: Duration = .zero,
        createsBackup: Bool = false,
        _ change: (inout DeploymentSettings) -> Void = { _ in }
    ) async throws -> Preflight.Result {
        var settings = ports.story.facts.settings
        change(&settings)
        let preflight = Preflight(settings, ports: ports.ports, timekeeper: world.timekeeper)
        let request = ports.story.facts.request
        let task = world.start { await preflight.run(request, createsBackup: createsBackup) }
        world.advance(by: wait)
        return try await world.finish(task)
    }

    @Test func `where all is well it is a go, rehearsed and posted`() async throws {
        let ports = ports()
        let result = try await run(ports)
        let open = result.report.open(.noGo) + result.report.open(.unknown)
        #expect(open == [])
        #expect(result.report.decision == .go)
        #expect(ports.deeds.values.contains("status success of bbbbbbb"))
        let rehearsed = try #require(ports.deeds.values.first { $0.hasPrefix("rehearsed") })
        #expect(rehearsed.contains("git merge --no-ff -m rehearsal of the merge \(GateStory.candidate)"))
        #expect(rehearsed.contains("git reset --hard \(GateStory.backup)"))
        #expect(rehearsed.hasSuffix("=> aaaaaaa"))
    }

    /// What a port that hangs leaves unknown, and that the rest is there.
    @Test(
        arguments: [
            ("github", ["reviews", "commit-checks", "access-github"]),
            ("git", ["changes", "backup-branch", "reviews", "rollback-rehearsed"]),
            ("render", ["variables-production", "variables-staging", "deploy-idle"]),
            ("supabase", ["database-backup", "migrations-staging"]),
            ("runs", ["staging-healthy", "staging-pages"]), ("alerts", ["staging-stable"]),
            ("checks", ["staging-services", "staging-cors", "production-status"]),
            ("pages", ["provider-incidents"]), ("rehearsal", ["rollback-rehearsed"]),
        ]
    )
    func `a port that hangs makes its own criteria unknown, and delays nothing else`(
        port: String,
        criteria: [String]
    ) async throws {
        let ports = ports(hanging: [port])
        let started = world.now.monotonic
        let result = try await run(ports, after: .seconds(200))
        for criterion in criteria {
            let finding = result.report.findings.first { $0.criterion == criterion }
            #expect(finding?.verdict == .unknown, "\(criterion)")
            #expect(
                finding?.evidence.contains { $0.contains("no answer within 20s") } == true,
                "\(criterion)"
            )
        }
        #expect(result.report.open(.noGo) == [])
        #expect(result.report.findings.count { $0.verdict == .go } > 15)
        #expect(result.report.at == GateStory.now)
        #expect(world.now.monotonic - started == .seconds(200))
    }

    @Test func `nobody is waited for longer than the chain of questions that follow one another`()
        async throws
    {
        let all: Set<String> = [
            "github", "git", "branch", "render", "netlify", "supabase", "runs", "alerts", "checks", "pages",
            "rehearsal",
        ]
        let ports = ports(hanging: all)
        let preflight = Preflight(
            ports.story.facts.settings,
            ports: ports.ports,
            timekeeper: world.timekeeper
        )
        let request = ports.story.facts.request
        let done = Recorder<GateReport>()
        let task = world.start { done.record(await preflight.run(request).report) }
        world.advance(by: .seconds(61))
        #expect(done.count == 1)
        #expect(done.values.first?.decision == .unknown)
        try await world.finish(task)
    }

    @Test func `where main may not be forced the revert is rehearsed`() async throws {
        var ports = ports()
        ports.protection = BranchProtection(
            allowsForcePush: false,
            requiresPullRequest: false,
            isLocked: false
        )
        let result = try await run(ports)
        let rehearsed = try #require(ports.deeds.values.first { $0.hasPrefix("rehearsed") })
        #expect(rehearsed.contains("; git revert --no-edit -m 1 HEAD; git push origin main => aaaaaaa"))
        #expect(!rehearsed.contains("--force-with-lease"))
        #expect(result.report.decision == .go)
    }

    @Test func `where main takes pull requests only nothing can be rehearsed, which is unknown`() async throws
    {
        var ports = ports()
        ports.protection = BranchProtection(
            allowsForcePush: false,
            requiresPullRequest: true,
            isLocked: false
        )
        let result = try await run(ports)
        #expect(!ports.deeds.values.contains { $0.hasPrefix("rehearsed") })
        #expect(result.report.open(.unknown) == ["rollback-rehearsed"])
    }

    @Test func `a backup branch is made where it is asked for and missing`() async throws {
        var story = GateStory()
        story.facts.code.backups = GateStory.known([
            "backup/main-before-sync-20261101-000000": GateStory.commit("d")
        ])
        let ports = ports(story)
        let result = try await run(ports, createsBackup: true)
        #expect(ports.deeds.values.contains("branch backup/main-before-sync-20261123-120000 at aaaaaaa"))
        #expect(result.remarks.first == "backup/main-before-sync-20261123-120000 was made at aaaaaaa")
    }

    @Test func `one that is there is not made again`() async throws {
        let ports = ports()
        let result = try await run(ports, createsBackup: true)
        #expect(!ports.deeds.values.contains { $0.hasPrefix("branch") })
        #expect(result.remarks.first == "\(GateStory.backup) points at aaaaaaa already")
    }

    @Test func `read only makes no branch and posts no status`() async throws {
        var story = GateStory()
        story.facts.code.backups = GateStory.known([:])
        let ports = ports(story)
        let result = try await run(ports, createsBackup: true) { $0.isReadOnly = true }
        #expect(ports.deeds.values.allSatisfy { $0.hasPrefix("rehearsed") })
        #expect(result.remarks == ["no backup branch was made: Lookout is set to read only"])
    }

    @Test func `without a repository and providers it says what is not configured`() async throws {
        let ports = ports()
        var bare = GateCollector.Ports(
            observer: StoryObserver(ports: ports),
            history: StoryHistory(ports: ports)
        )
        bare.statusPages = nil
        var settings = DeploymentSettings(production: ports.story.facts.settings.production)
        settings.gate = ports.story.facts.settings.gate
        let preflight = Preflight(settings, ports: bare, timekeeper: world.timekeeper)
        let request = ports.story.facts.request
        let report = try await world.finish(world.start { await preflight.run(request).report })
        #expect(report.decision == .unknown)
        let code = report.findings.first { $0.criterion == "changes" }
        #expect(code?.evidence.first?.contains("describe it as deployments.repository") == true)
        #expect(report.findings.first { $0.criterion == "access-netlify" }?.verdict.word == .skipped)
    }
}
