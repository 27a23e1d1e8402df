import LookoutDeployments
import LookoutModel
import LookoutStatistics
import LookoutTestSupport
import Testing

@testable import LookoutCommands

@Suite struct DeploymentPageTests {
    private static let begin = Timestamp(seconds: 1_755_693_748)
    private static let commit = CommitID(String(repeating: "9b", count: 20))
    private static let old = CommitID(String(repeating: "aa", count: 20))
    private static let check = CheckID(environment: "production", probe: "api")

    /// From the first word to the rollback, with what nobody should trust in it.
    private static func events(until count: Int = .max) throws -> [DeploymentEvent] {
        let (commit, old) = (try #require(commit), try #require(old))
        let intent = DeploymentIntent(
            environment: "production",
            trigger: "PAM backend connectivity issues",
            changes: ["CORS configuration", "health monitoring\u{1B}[2J"],
            isEmergency: true,
            reason: "chat is down",
            author: "alice"
        )
        let deploy = ProviderDeploy(
            id: "dep-1",
            part: .backend,
            state: .building,
            commit: commit,
            createdAt: begin + .seconds(60)
        )
        var live = deploy
        live.state = .live
        let plan = WatchPlan(
            start: begin + .seconds(300),
            end: begin + .seconds(2_100),
            latestEnd: begin + .seconds(3_900),
            baseline: begin - .seconds(21_600)..<begin,
            transition: begin..<begin + .seconds(300),
            checks: [WatchedCheck(check, policy: ComparisonPolicy())]
        )
        let alert = WatchedAlert(
            rule: "backend-down",
            labels: ["environment": "production"],
            severity: .outage,
            summary: "Backend answers 503",
            isFiring: true,
            since: begin + .seconds(400)
        )
        let rollback = RollbackPlan(
            suggestion: "Roll the backend back: only it became worse.",
            options: [
                RollbackPlan.Option(
                    .render,
                    title: "Render: dep-0",
                    target: "dep-0",
                    proof: ["dep-0 was live until 12:48"],
                    steps: [RollbackPlan.Step("Roll back", command: CommandLine("curl", ["-X", "POST"]))]
                )
            ],
            suggestedCount: 1
        )
        let kinds: [DeploymentEvent.Kind] = [
            .began(intent, origin: .person),
            .overridden(criterion: "reviews", by: "bob", reason: "by phone"),
            .backupSeen(branch: "backup/main-before-sync-20250820-124908", commit: old),
            .mainMoved(from: old, to: commit),
            .deploySeen(deploy),
            .nothingDeployed(.frontend, because: [.buildFilter(patterns: ["web/**"])]),
            .deploySeen(live),
            .variablesChanged(.backend, VariableChanges(added: ["REDIS_URL"])),
            .watchBegan(plan),
            .alertSeen(alert),
            .judged(
                WatchVerdict(
                    .regressed,
                    reasons: [.init(check: check, kind: "rule", text: "\"backend-down\" fires for 61 s")],
                    detectable: ["production/api: slowdown ×1.29"]
                )
            ),
            .diagnosed([
                Diagnosis(
                    cause: "missing-variables",
                    title: "Variables are missing",
                    probability: 0.83,
                    evidence: ["the log says \"no running event loop\""],
                    remedy: .restoreVariables
                )
            ]),
            .planned(rollback),
            .noted(by: "bob", text: "rolling back now"),
        ]
        return kinds.prefix(count).enumerated().map { index, kind in
            DeploymentEvent(at: begin + .seconds(index * 60), kind)
        }
    }

    private static func deployment(until count: Int = .max) throws -> Deployment {
        Deployment(try #require(DeploymentID("20250820-124908")), events: try events(until: count))
    }

    @Test func `one deployment with all that is known of it`() throws {
        let page = DeploymentPage(try Self.deployment(), concerns: ["\"backend-down\" fires"])
        expectGolden(page.text, "deploy-show.txt")
    }

    @Test func `a deployment of which little is known`() throws {
        let text = DeploymentPage(try Self.deployment(until: 1)).text
        #expect(text.hasPrefix("Emergency deployment 20250820-124908 to production: planned\n"))
        #expect(!text.contains("Verdict"))
        #expect(!text.contains("\u{1B}"))
        let id = try #require(DeploymentID("x"))
        #expect(DeploymentPage(Deployment(id)).text == "Deployment x to : planned\n")
    }

    @Test func `what is new is told once, in order, and nothing of it reaches the terminal unescaped`() throws
    {
        var progress = DeploymentProgress()
        var told: [String] = []
        for count in 1...14 {
            let deployment = try Self.deployment(until: count)
            told += progress.news(of: deployment, concerns: [])
            #expect(progress.news(of: deployment, concerns: []).isEmpty)
        }
        #expect(
            told == [
                "backend dep-1 building, commit 9b9b9b9",
                "no frontend deploy: no changed file is among those that are built (web/**)",
                "backend dep-1 live, commit 9b9b9b9",
                "watching 1 checks until 2025-08-20T13:17:28Z",
                "verdict: regressed",
                "  \"backend-down\" fires for 61 s",
                "likeliest cause: Variables are missing",
                "suggestion: Roll the backend back: only it became worse.",
            ]
        )
        #expect(
            progress.news(of: try Self.deployment(), concerns: ["a\u{1B}[2Jb"]) == ["so far: a\\u{1b}[2Jb"]
        )
    }

    @Test func `the status line says how far it is`() throws {
        func status(_ count: Int, after seconds: Int) throws -> String {
            DeploymentProgress.status(
                of: try Self.deployment(until: count),
                at: Self.begin + .seconds(seconds)
            )
        }
        #expect(try status(1, after: 5) == "waiting for main or a provider to move")
        #expect(try status(5, after: 300) == "following the providers, for 5m")
        #expect(try status(9, after: 1_020) == "watching: 12m of 30m")
        #expect(try status(9, after: 0) == "watching: 0s of 30m")
    }

    @Test func `who waits for the verdict waits until it is there`() throws {
        #expect(!DeploymentProgress.isDecided(try Self.deployment(until: 10)))
        #expect(DeploymentProgress.isDecided(try Self.deployment(until: 11)))
        var events = try Self.events(until: 2)
        events.append(DeploymentEvent(at: Self.begin, .closed(.abandoned(reason: "x"))))
        let id = try #require(DeploymentID("x"))
        #expect(DeploymentProgress.isDecided(Deployment(id, events: events)))
    }

    @Test func `the list as a table`() throws {
        let text = """
            [{"id": "20250820-124908", "environment": "production", "phase": "closed", "trigger": "PAM \\u001b[2J",
              "began_at": "2025-08-20T12:42:28.5Z", "closed_at": null, "emergency": true, "count": 14,
              "commit": "9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b", "verdict": "regressed",
              "result": {"kind": "rolled-back"}},
             {"id": "2.0.4", "environment": "production", "phase": "watching", "trigger": "", "count": 3,
              "began_at": "2025-08-21T12:42:28Z", "emergency": false}]
            """
        let table = DeployListCommand.table(try JSONValue(parsing: Array(text.utf8)))
        expectGolden(table, "deploy-list.txt")
        #expect(DeployListCommand.table(.array([])) == "No deployments.\n")
    }

    @Test func `an explanation that differs says so`() throws {
        let text = """
            {"id": "2.0.4", "judged_at": "2025-08-20T13:17:28Z", "same": false, "checks": [],
             "stored": {"word": "pass", "reasons": [{"kind": "proof", "text": "latency is at most ×1.08"}]},
             "recomputed": {"word": "inconclusive", "reasons": [{"kind": "data", "text": "only 3 runs"}]}}
            """
        let page = ExplanationPage(try JSONValue(parsing: Array(text.utf8))).text
        #expect(
            page == """
                Deployment 2.0.4, judged 2025-08-20T13:17:28Z
                stored: pass
                  latency is at most ×1.08
                worked out again: inconclusive; this is NOT what is stored
                recomputed: inconclusive
                  only 3 runs

                """
        )
    }
}
