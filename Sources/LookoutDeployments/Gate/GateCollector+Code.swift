import LookoutModel

/// What is asked of the repository and its host, and the way back that follows from it.
extension GateCollector {
    /// The repository as it is now: one that cannot be brought up to date says nothing.
    func code(for request: GateRequest) async -> GateFacts.Code {
        guard let repository = ports.repository, let names = settings.repository else {
            return await reviewed(
                GateFacts.Code(
                    unknown: .notConfigured(
                        "no repository is configured: describe it as deployments.repository"
                    )
                )
            )
        }
        let refreshed = await question.ask("git fetch") { () throws(ProviderFailure) in
            try await repository.refresh()
        }
        if let failure = refreshed.failure { return await reviewed(GateFacts.Code(unknown: failure)) }
        var code = GateFacts.Code(unknown: .notConfigured("not asked yet"))
        async let main = tip(of: settings.production.branch)
        async let candidate = tip(of: request.branch ?? settings.staging?.branch ?? names.staging)
        async let backups = question.ask("git: the backup branches") { () throws(ProviderFailure) in
            try await repository.remoteBranches(withPrefix: names.backupPrefix)
        }
        (code.main, code.candidate, code.backups) = await (main, candidate, backups)
        await compare(&code, names, repository)
        return await reviewed(code)
    }

    private func tip(of branch: String) async -> Known<CommitID> {
        guard let repository = ports.repository else {
            return .unknown(.notConfigured("no repository is configured"))
        }
        return await question.ask("git: the branch \(branch)") { () throws(ProviderFailure) in
            guard let commit = try await repository.remoteCommit(of: branch) else {
                throw .notFound(
                    "the remote has no branch \(PlainText.line(branch, atMost: 100)); push it, or name another"
                )
            }
            return commit
        }
    }

    private func compare(
        _ code: inout GateFacts.Code,
        _ names: DeploymentSettings.Repository,
        _ repository: any GitRepository
    ) async {
        let limit = Self.commits
        guard let main = code.main.value, let candidate = code.candidate.value else {
            let failure = code.main.failure ?? code.candidate.failure ?? .notFound("a branch is missing")
            (code.commits, code.onlyOnMain, code.changedFiles) = (
                .unknown(failure), .unknown(failure), .unknown(failure)
            )
            if names.migrations != nil { code.migrations = .unknown(failure) }
            return
        }
        async let commits = question.ask("git: the commits") { () throws(ProviderFailure) in
            try await repository.commits(from: main, to: candidate, limit: limit)
        }
        async let onlyOnMain = question.ask("git: the commits") { () throws(ProviderFailure) in
            try await repository.commits(from: candidate, to: main, limit: limit)
        }
        async let changedFiles = question.ask("git: the changed files") { () throws(ProviderFailure) in
            try await repository.changedFiles(from: main, to: candidate)
        }
        if let folder = names.migrations {
            code.migrations = await question.ask("git: the migrations") { () throws(ProviderFailure) in
                try await repository.files(under: folder, at: candidate)
            }
        }
        (code.commits, code.onlyOnMain, code.changedFiles) = await (commits, onlyOnMain, changedFiles)
    }

    /// So many commits are looked at, one way and the other.
    private static let commits = 500

    /// The same with what the code host knows of the commits.
    private func reviewed(_ code: GateFacts.Code) async -> GateFacts.Code {
        var code = code
        guard let host = ports.codeHost else {
            let failure = ProviderFailure.notConfigured(
                "no code host is configured, so reviews and checks are not known: describe it as deployments.github"
            )
            (code.reviews, code.checks) = (.unknown(failure), .unknown(failure))
            return code
        }
        guard let main = code.main.value, let candidate = code.candidate.value else {
            let failure = code.candidate.failure ?? code.main.failure ?? .notFound("a branch is missing")
            (code.reviews, code.checks) = (.unknown(failure), .unknown(failure))
            return code
        }
        async let reviews = question.ask("github: the reviews") { () throws(ProviderFailure) in
            try await host.reviews(from: main, to: candidate)
        }
        async let checks = question.ask("github: the checks") { () throws(ProviderFailure) in
            try await host.checks(of: candidate)
        }
        (code.reviews, code.checks) = await (reviews, checks)
        return code
    }

    /// The merge and the way back, carried out in a throw-away clone.
    func rehearsal(_ rollback: GateRollback, of plan: RollbackPlan) async -> Known<Bool> {
        guard let repository = ports.repository else {
            return .unknown(.notConfigured("no repository is configured, so nothing was rehearsed"))
        }
        let code = rollback.facts.code
        guard let main = code.main.value, let candidate = code.candidate.value else {
            return .unknown(code.main.failure ?? code.candidate.failure ?? .notFound("a branch is missing"))
        }
        guard let commands = rollback.rehearsed(plan, merging: candidate) else {
            return .known(false, at: rollback.facts.now)
        }
        let branch = settings.production.branch
        return await question.ask("the rehearsal of the rollback") { () throws(ProviderFailure) in
            try await repository.rehearse(commands, main: branch, expecting: main)
            return true
        }
    }
}
