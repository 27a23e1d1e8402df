import LookoutModel

@testable import LookoutDeployments

extension GateCase {
    static let code = [
        GateCase("nothing new", .changes, .noGo, "nothing to deploy") { story in
            story.facts.code.candidate = GateStory.known(GateStory.main)
            story.facts.code.commits = GateStory.known([])
        },
        GateCase("no such branch", .changes, .unknown, "no branch staging") { story in
            story.facts.code.candidate = .unknown(.notFound("the remote has no branch staging"))
        },
        GateCase("a hotfix only on main", .hotfixesMerged, .noGo, "is only on main: fix") { story in
            story.facts.code.onlyOnMain = GateStory.known([commit("c", parents: ["a"])])
        },
        GateCase("main's own merges", .hotfixesMerged, .go) { story in
            story.facts.code.onlyOnMain = GateStory.known([commit("c", parents: ["a", "b"])])
        },
        GateCase("changes requested", .reviews, .noGo, "asked for changes") { story in
            story.facts.code.reviews = GateStory.known([review(.changesRequested(by: ["Ben"]))])
        },
        GateCase("approved and changed", .reviews, .noGo, "changed after it was approved") { story in
            story.facts.code.reviews = GateStory.known([review(.stale)])
        },
        GateCase("nobody looked", .reviews, .noGo, "nobody has approved") { story in
            story.facts.code.reviews = GateStory.known([review(.missing)])
        },
        GateCase("pushed without a request", .reviews, .noGo, "without a pull request") { story in
            story.facts.code.reviews = GateStory.known([review(.noPullRequest)])
        },
        GateCase("a commit that is not told of", .reviews, .unknown, "nobody can say whether") { story in
            story.facts.code.reviews = GateStory.known([])
        },
        GateCase("not asked for", .reviews, .skipped, "asks for no reviews") { story in
            story.facts.settings.gate.requiresReviews = false
        },
        GateCase("one failed", .commitChecks, .noGo, "build has failed") { story in
            story.facts.code.checks = GateStory.known(CommitChecks(failed: ["build"]))
        },
        GateCase("one is under way", .commitChecks, .unknown, "build is not through") { story in
            story.facts.code.checks = GateStory.known(CommitChecks(passed: ["lint"], pending: ["build"]))
        },
        GateCase("the gate's own status", .commitChecks, .go, "passed: build") { story in
            story.facts.code.checks = GateStory.known(
                CommitChecks(passed: ["build"], failed: ["lookout/preflight"])
            )
        },
        GateCase("a required one is missing", .commitChecks, .unknown, "e2e is required") { story in
            story.facts.settings.gate.requiredChecks = ["e2e"]
        },
        GateCase("one that is not required failed", .commitChecks, .go, "passed: build") { story in
            story.facts.settings.gate.requiredChecks = ["build"]
            story.facts.code.checks = GateStory.known(CommitChecks(passed: ["build"], failed: ["nightly"]))
        },
        GateCase("none", .commitChecks, .skipped, "no checks") { story in
            story.facts.code.checks = GateStory.known(CommitChecks())
        },
        GateCase("none", .backupBranch, .noGo, ":refs/heads/backup/main-before-sync-20261123-120000") {
            story in
            story.facts.code.backups = GateStory.known([:])
        },
        GateCase("of an earlier main, with a later name", .backupBranch, .noGo, "say no order") { story in
            story.facts.code.backups = GateStory.known([
                "backup/main-before-sync-20270101-000000": GateStory.commit("d")
            ])
        },
        GateCase("with an earlier name than another", .backupBranch, .go, "20261101-000000 points at") {
            story in
            story.facts.code.backups = GateStory.known([
                "backup/main-before-sync-20270101-000000": GateStory.commit("d"),
                "backup/main-before-sync-20261101-000000": GateStory.main,
            ])
        },
        GateCase("without a time", .backupBranch, .noGo, "has not the form") { story in
            story.facts.code.backups = GateStory.known(["backup/main-before-sync-latest": GateStory.main])
        },
        GateCase("with a day that no month has", .backupBranch, .noGo, "has not the form") { story in
            story.facts.code.backups = GateStory.known([
                "backup/main-before-sync-20260230-120000": GateStory.main
            ])
        },
        GateCase("main is not known", .backupBranch, .unknown, "does not answer") { story in
            story.facts.code.main = GateStory.unknown()
        },
        GateCase("staging runs an earlier commit", .stagingBuild, .noGo, "such as src/main.ts") { story in
            story.facts.staging?.sides[.frontend]?.live = live("c", .frontend)
            story.facts.staging?.sides[.frontend]?.changesToCandidate = GateStory.known(["src/main.ts"])
        },
        GateCase("an earlier commit, and nothing of it changed", .stagingBuild, .go, "nothing of it") {
            story in
            story.facts.staging?.sides[.backend]?.live = live("c", .backend)
            story.facts.staging?.sides[.backend]?.changesToCandidate = GateStory.known(["src/main.ts"])
            story.facts.staging?.sides[.backend]?.service = GateStory.known(
                HostedService(id: "srv", name: "backend", branch: "staging", buildPaths: ["backend/**"])
            )
        },
        GateCase("for ten minutes only", .stagingBuild, .noGo, "for less than 30m") { story in
            story.facts.staging?.sides[.backend]?.live = live("b", .backend, minutes: 10)
        },
        GateCase("the commit is not known", .stagingBuild, .unknown, "does not say which commit") { story in
            story.facts.staging?.sides[.backend]?.live = live(nil, .backend)
        },
        GateCase("not published", .stagingBuild, .noGo, "not published at all") { story in
            story.facts.staging?.sides[.backend]?.live = GateStory.known(nil)
        },
        GateCase("nobody to ask", .stagingBuild, .unknown, "nobody can be asked") { story in
            story.facts.staging?.sides[.backend] = nil
        },
    ]

    private static func commit(_ digit: Character, parents: [Character]) -> Commit {
        Commit(
            GateStory.commit(digit),
            parents: parents.map { GateStory.commit($0) },
            subject: "fix: it",
            author: "Ann",
            at: GateStory.now
        )
    }

    private static func review(_ state: ChangeReview.State) -> ChangeReview {
        ChangeReview(commit: GateStory.candidate, pullRequest: 7, title: "feat", state: state)
    }

    private static func live(
        _ digit: Character?,
        _ part: EnvironmentPart,
        minutes: Int64 = 60
    ) -> Known<ProviderDeploy?> {
        let since = GateStory.now - .seconds(minutes * 60)
        var deploy = ProviderDeploy(id: "dep-1", part: part, state: .live, createdAt: since)
        (deploy.commit, deploy.liveAt) = (digit.map { GateStory.commit($0) }, since)
        return GateStory.known(deploy)
    }

    static let providers = [
        GateCase("locked", .deployPath, .noGo, "unlock publishing") { story in
            obstruct(.locked(deploy: "68a5"), &story)
        },
        GateCase("suspended", .deployPath, .noGo, "suspended by billing") { story in
            obstruct(.suspended(by: "billing"), &story)
        },
        GateCase("another branch", .deployPath, .noGo, "deploys from develop, not from main") { story in
            changeService(&story) { $0.branch = "develop" }
        },
        GateCase("not by itself", .deployPath, .noGo, "switched off") { story in
            changeService(&story) { $0.deploysByItself = false }
        },
        GateCase("a build filter that nothing passes", .deployPath, .go, "will not be built") { story in
            changeService(&story) { $0.buildPaths = ["docs/**"] }
        },
        GateCase("its set-up is not known", .deployPath, .unknown, "does not answer") { story in
            story.facts.production.sides[.frontend]?.service = GateStory.unknown()
        },
        GateCase("one is under way", .deployIdle, .noGo, "dep-9 is under way") { story in
            let deploy = ProviderDeploy(
                id: "dep-9",
                part: .backend,
                state: .building,
                createdAt: GateStory.now
            )
            story.facts.production.sides[.backend]?.deploys = GateStory.known([deploy])
        },
        GateCase("another address", .configurationCurrent, .noGo, "by its provider") { story in
            changeService(&story) { $0.url = "https://renamed.onrender.com" }
        },
        GateCase("the same with www.", .configurationCurrent, .go) { story in
            changeService(&story) { $0.url = "https://www.API.production.example/" }
        },
        GateCase("no token", .accessRender, .noGo, "docs/providers/render.md") { story in
            story.facts.access.append(
                .init(
                    provider: "render",
                    environment: "staging",
                    result: .unknown(.unauthorized("render: 401"))
                )
            )
        },
        GateCase("not configured", .accessSentry, .skipped, "whether new errors") { story in
            story.facts.access.removeAll { $0.provider == "sentry" }
        },
        GateCase("configured without a token", .accessNetlify, .skipped, "staging-build") { story in
            story.facts.access[1].result = .unknown(.notConfigured("netlify: no token is configured"))
        },
        GateCase("a token in one environment only", .accessNetlify, .unknown, "no token") { story in
            story.facts.access.append(
                .init(
                    provider: "netlify",
                    environment: "staging",
                    result: .unknown(.notConfigured("netlify: no token is configured"))
                )
            )
        },
        GateCase("does not answer", .accessGitHub, .unknown, "without it nobody can say: reviews") { story in
            story.facts.access[0].result = GateStory.unknown()
        },
        GateCase("a major one", .providerIncidents, .noGo, "Builds are down (major)") { story in
            story.facts.incidents["netlify"] = GateStory.known(
                ProviderIncident(provider: "netlify", impact: .major, description: "Builds are down")
            )
        },
        GateCase("a minor one", .providerIncidents, .go, "slow") { story in
            story.facts.incidents["netlify"] = GateStory.known(
                ProviderIncident(provider: "netlify", impact: .minor, description: "slow")
            )
        },
        GateCase("a page that nobody asks", .providerIncidents, .unknown, "status page of netlify") { story in
            story.facts.incidents["netlify"] = nil
        },
        GateCase("a page does not answer", .providerIncidents, .unknown, "does not answer") { story in
            story.facts.incidents["render"] = GateStory.unknown()
        },
        GateCase("no way back", .rollbackPlan, .noGo, "no way back") { story in
            story.facts.rollback = GateStory.known(
                RollbackPlan(suggestion: "nothing", options: [], suggestedCount: 0)
            )
        },
        GateCase("refused in rehearsal", .rollbackRehearsed, .noGo, "protected branch") { story in
            story.facts.rehearsal = .unknown(.refused("the remote refused the push: protected branch"))
        },
        GateCase("could not be rehearsed", .rollbackRehearsed, .unknown, "no git commands") { story in
            story.facts.rehearsal = GateStory.known(false)
        },
    ]

    private static func obstruct(_ obstacle: Obstacle, _ story: inout GateStory) {
        changeService(&story) { $0.obstacles = [obstacle] }
    }

    private static func changeService(_ story: inout GateStory, _ change: (inout HostedService) -> Void) {
        guard var service = story.facts.production.sides[.backend]?.service.value else { return }
        change(&service)
        story.facts.production.sides[.backend]?.service = GateStory.known(service)
    }
}
