import LookoutDeployments
import LookoutModel

/// A deployment of both sides that went wrong, with everything known; tests change one thing.
enum RollbackFixture {
    static let now = Timestamp(seconds: 1_755_694_148)
    static let began = now - .seconds(1200)
    static let good = id("a")
    static let bad = id("b")
    static let older = id("c")
    static let backup = "backup/main-before-sync-20250820-124908"

    static func id(_ digit: Character) -> CommitID {
        guard let id = CommitID(String(repeating: digit, count: 40)) else { fatalError("no commit") }
        return id
    }

    static func commit(_ id: CommitID, parents: [CommitID], _ subject: String = "a change") -> Commit {
        Commit(id, parents: parents, subject: subject, author: "ann", at: now)
    }

    static func deploy(
        _ id: String,
        _ part: EnvironmentPart,
        _ state: ProviderDeploy.State,
        _ commit: CommitID?,
        live minutes: Int64?
    ) -> ProviderDeploy {
        ProviderDeploy(
            id: id,
            part: part,
            state: state,
            commit: commit,
            branch: "main",
            createdAt: now - .seconds((minutes ?? 5) * 60 + 60),
            liveAt: minutes.map { now - .seconds($0 * 60) }
        )
    }

    static func host(_ provider: String, _ part: EnvironmentPart) -> RollbackFacts.Host {
        let live = deploy("\(provider)-3", part, .live, bad, live: 15)
        return RollbackFacts.Host(
            provider: provider,
            id: "\(provider)-id",
            api: provider == "render" ? "https://api.render.com/v1" : "https://api.netlify.com/api/v1",
            service: .known(
                HostedService(id: "\(provider)-id", name: provider, owner: "team", deploysByItself: true),
                at: now
            ),
            live: .known(live, at: now),
            deploys: .known(
                [
                    live, deploy("\(provider)-never", part, .superseded, good, live: nil),
                    deploy("\(provider)-failed", part, .failed(reason: "no"), good, live: nil),
                    deploy("\(provider)-2", part, .superseded, good, live: 600),
                    deploy("\(provider)-1", part, .superseded, older, live: 6000),
                ],
                at: now
            ),
            changes: .known(VariableChanges(), at: now)
        )
    }

    static var facts: RollbackFacts {
        RollbackFacts(
            now: now,
            environment: "production",
            began: began,
            frontend: host("netlify", .frontend),
            backend: host("render", .backend),
            git: RollbackFacts.Git(
                branch: "main",
                head: .known(bad, at: now),
                before: good,
                mainline: .known(
                    [
                        commit(bad, parents: [good, id("d")], "feat: sync"), commit(good, parents: [older]),
                        commit(older, parents: []),
                    ],
                    at: now
                ),
                backups: .known([backup: good], at: now),
                changes: .known(
                    [
                        commit(bad, parents: [good, id("d")], "feat: sync"),
                        commit(id("d"), parents: [older]),
                    ],
                    at: now
                ),
                protection: .known(nil, at: now)
            ),
            migrations: .known([], at: now),
            deployedParts: [.frontend, .backend],
            parts: [
                CheckID(environment: "production", probe: "backend-health"): .backend,
                CheckID(environment: "production", probe: "frontend"): .frontend,
            ]
        )
    }

    static func verdict(_ probes: String...) -> WatchVerdict {
        WatchVerdict(
            .regressed,
            reasons: probes.map {
                WatchVerdict.Reason(
                    check: CheckID(environment: "production", probe: $0),
                    kind: "failures",
                    text: "\($0) fails"
                )
            }
        )
    }

    static func cause(_ remedy: Diagnosis.Remedy, _ probability: Double = 0.9) -> Diagnosis {
        Diagnosis(
            cause: "x",
            title: "something is so",
            probability: probability,
            evidence: ["seen"],
            remedy: remedy
        )
    }
}
