import LookoutModel
import LookoutStatistics

@testable import LookoutDeployments

/// Events of every kind, with awkward texts.
enum EventExamples {
    static let time = Timestamp(seconds: 1_790_000_000)
    static let good = commit("a")
    static let bad = commit("b")

    static func commit(_ digit: Character) -> CommitID {
        guard let commit = CommitID(String(repeating: digit, count: 40)) else { fatalError("no commit") }
        return commit
    }

    static func id(_ text: String) -> DeploymentID {
        guard let id = DeploymentID(text) else { fatalError("no name") }
        return id
    }

    static let check = CheckID(environment: "production", probe: "api")
    static let hostile = "quote \" NUL \0 \u{1B}[31m\n$(rm) 🚨"

    static let intent = DeploymentIntent(
        environment: "production",
        trigger: hostile,
        changes: ["one", hostile],
        isEmergency: true,
        reason: "down",
        author: "ada"
    )

    static let deploy = ProviderDeploy(
        id: "dep-1",
        part: .backend,
        state: .live,
        commit: bad,
        branch: "main",
        createdAt: time,
        liveAt: time + .seconds(180),
        finishedAt: time + .seconds(180),
        page: "https://example.org/",
        isLocked: true
    )

    static let plan = WatchPlan(
        start: time + .seconds(240),
        end: time + .seconds(2040),
        latestEnd: time + .seconds(3840),
        baseline: (time - .seconds(21_600))..<time,
        transition: time..<(time + .seconds(240)),
        excluded: [(time - .seconds(600))..<(time - .seconds(300))],
        checks: [
            WatchedCheck(check, policy: .sharing(checks: 3), placebos: 12, placeboAlarms: 1, isPage: true)
        ]
    )

    static let command = CommandLine("git", ["push", hostile], variables: ["NETLIFY_TOKEN"])

    static let diagnosis = Diagnosis(
        cause: "bad-code",
        title: hostile,
        probability: 0.1 + 0.2,
        evidence: ["one"],
        counterEvidence: ["two"],
        unknown: ["three"],
        remedy: .rollbackBackend,
        fixes: [Diagnosis.Fix("do", command: command), Diagnosis.Fix("say")]
    )

    static let rollbackPlan = RollbackPlan(
        suggestion: "roll back",
        options: [
            RollbackPlan.Option(
                .gitPinned,
                title: "git",
                target: good.text,
                proof: ["was live"],
                steps: [RollbackPlan.Step("push", command: command)],
                afterwards: [RollbackPlan.Step("unlock")],
                undoes: ["a"],
                leaves: ["b"],
                cautions: ["c"]
            )
        ],
        suggestedCount: 1,
        unknown: ["render"]
    )

    static let report = GateReport(
        at: time,
        environment: "production",
        isEmergency: true,
        candidate: bad,
        main: good,
        backupBranch: "backup/main-before-sync-20250820-124908",
        findings: [
            GateReport.Finding("a", "b", .go, evidence: [hostile]),
            GateReport.Finding("c", "d", .noGo, remedy: ["do"]),
            GateReport.Finding("e", "f", .unknown),
            GateReport.Finding("g", "h", .skipped(reason: "emergency")),
        ],
        overrides: [GateReport.Override(criterion: "c", by: "ada", reason: "because")]
    )

    static let issue = TrackedIssue(
        id: "1",
        shortID: "WEB-1",
        title: hostile,
        level: "error",
        novelty: .new,
        count: 3,
        users: 2,
        firstSeen: time,
        lastSeen: time + .seconds(1),
        page: nil
    )

    static let alert = WatchedAlert(
        rule: "down",
        labels: ["environment": "production", "probe": "api"],
        severity: .outage,
        summary: hostile,
        isFiring: true,
        since: time
    )

    static let kinds: [DeploymentEvent.Kind] =
        [
            .began(intent, origin: .person), .began(intent, origin: .deploy(.frontend)),
            .began(intent, origin: .version(check)), .began(intent, origin: .mainMoved),
            .began(intent, origin: .variables), .gateJudged(report), .ticked(item: "map", by: "ada"),
            .overridden(criterion: "c", by: "ada", reason: "because"),
            .backupSeen(branch: "backup/x", commit: good), .mainMoved(from: nil, to: bad),
            .mainMoved(from: good, to: bad), .versionSeen(check: check, before: nil, after: "2"),
            .variablesChanged(.backend, VariableChanges(added: ["A"], removed: ["B"], changed: ["C"])),
            .watchBegan(plan), .watchExtended(until: time + .seconds(9000)), .alertSeen(alert),
            .issuesSeen([issue]), .validated(ValidationResult(item: "x", verdict: .unknown, detail: hostile)),
            .judged(
                WatchVerdict(
                    .regressed,
                    reasons: [WatchVerdict.Reason(check: check, kind: "rule", text: "t", severity: .major)],
                    detectable: ["d"]
                )
            ),
            .judged(WatchVerdict(.pass, reasons: [])), .diagnosed([diagnosis]), .planned(rollbackPlan),
            .rollbackSeen(part: nil, detail: "main is back"),
            .rollbackSeen(part: .frontend, detail: "restored"),
            .recovered, .reminded, .noted(by: "ada", text: hostile),
            .amended(field: "Issues", text: "none", by: "ada"), .announced(.start),
            .clockStepped(from: time, to: time + .seconds(3600)),
        ] + obstacles + deploys + results

    private static let obstacles: [DeploymentEvent.Kind] = [
        .nothingDeployed(
            .backend,
            because: [
                .buildFilter(patterns: ["backend/**"]), .skipped(reason: "skip"), .locked(deploy: "x"),
                .wrongBranch(configured: "a", expected: "b"), .suspended(by: "billing"), .autoDeployOff,
                .quota("hours"),
            ]
        ),
        .nothingDeployed(.frontend, because: []),
    ]

    private static let deploys: [DeploymentEvent.Kind] = {
        let states: [ProviderDeploy.State] = [
            .queued, .building, .releasing, .live, .superseded, .failed(reason: hostile), .cancelled,
            .held(reason: "locked"), .skipped(reason: "no"), .unknown("odd"),
        ]
        let causes: [ProviderDeploy.Cause] = [.commit, .manual, .rollback, .variables, .other("hook")]
        return states.enumerated().map { index, state in
            var deploy = deploy
            deploy.state = state
            deploy.cause = causes[index % causes.count]
            return .deploySeen(deploy)
        }
    }()

    private static let results: [DeploymentEvent.Kind] = [
        .closed(.successful), .closed(.regressed), .closed(.rolledBack), .closed(.failed(reason: "x")),
        .closed(.inconclusive(reason: "y")), .closed(.superseded(by: "next")),
        .closed(.abandoned(reason: "z")),
    ]
}
