import LookoutModel

/// The plan by which a deployment that has not been made yet would be undone.
struct GateRollback {
    let facts: GateFacts
    let protection: Known<BranchProtection?>

    var plan: RollbackPlan {
        let settings = facts.settings
        var rollback = RollbackFacts(
            now: facts.now,
            environment: settings.production.name,
            migrations: migrations
        )
        let sides = facts.production.sides
        if let netlify = settings.production.netlify, let side = sides[.frontend] {
            rollback.frontend = host(
                "netlify",
                netlify.site,
                netlify.url,
                side,
                settings.production.frontendVariables
            )
        }
        if let render = settings.production.render, let side = sides[.backend] {
            rollback.backend = host("render", render.service, render.url, side, settings.production.variables)
        }
        if settings.repository != nil {
            rollback.git = RollbackFacts.Git(
                branch: settings.production.branch,
                head: head,
                before: facts.code.main.value,
                mainline: .unknown(.notConfigured("before a deployment its history is not needed")),
                backups: facts.code.backups,
                changes: facts.code.commits,
                protection: protection
            )
        }
        return RollbackPlanner().plan(rollback)
    }

    private var head: Known<CommitID?> {
        switch facts.code.main {
        case .known(let commit, let time): .known(commit, at: time)
        case .unknown(let failure): .unknown(failure)
        }
    }

    /// Versions that production lacks: with the deployment they would come.
    private var migrations: Known<[String]> {
        guard let files = facts.code.migrations else { return .known([], at: facts.now) }
        guard let database = facts.production.database else {
            return .unknown(.notConfigured("nobody can be asked which migrations production has"))
        }
        switch (files, database.migrations) {
        case (.known(let files, let time), .known(let applied, _)):
            return .known(
                Set(files.compactMap(MigrationFile.version)).subtracting(applied).sorted(),
                at: time
            )
        case (.unknown(let failure), _), (_, .unknown(let failure)): return .unknown(failure)
        }
    }

    private func host(
        _ provider: String,
        _ id: String,
        _ api: String,
        _ side: GateFacts.Side,
        _ values: [String: String?]
    ) -> RollbackFacts.Host {
        RollbackFacts.Host(
            provider: provider,
            id: id,
            api: api,
            service: side.service,
            live: side.live,
            deploys: side.deploys,
            changes: .known(VariableChanges(), at: facts.now),
            values: values.compactMapValues(\.self)
        )
    }

    /// The merge that is to come, then the way back; nil if there is none that could be rehearsed.
    ///
    /// Where main may not be forced that is a revert of the merge, and where it takes pull requests only there is none:
    /// neither the merge nor its revert is a push then.
    func rehearsed(_ plan: RollbackPlan?, merging candidate: CommitID) -> [CommandLine]? {
        let branch = facts.settings.production.branch
        let merge = [
            CommandLine("git", ["fetch", "origin"]),
            CommandLine("git", ["checkout", branch]),
            CommandLine("git", ["merge", "--no-ff", "-m", "rehearsal of the merge", candidate.text]),
            CommandLine("git", ["push", "origin", branch]),
        ]
        if case .known(let rules?, _) = protection {
            if rules.requiresPullRequest || rules.isLocked { return nil }
            if !rules.allowsForcePush {
                return merge + [
                    CommandLine("git", ["revert", "--no-edit", "-m", "1", "HEAD"]),
                    CommandLine("git", ["push", "origin", branch]),
                ]
            }
        }
        let forms: Set<RollbackPlan.Means> = [.gitBackup, .gitPinned]
        guard let option = plan?.options.first(where: { forms.contains($0.means) }) else { return nil }
        return merge + option.steps.compactMap(\.command).filter { $0.program == "git" }
    }
}
