package import LookoutModel

/// Asks all that a rollback plan is made from, and has it made.
package struct RollbackCollector: RollbackPlanning {
    /// So much of the history of main is looked through for what to go back to.
    private static let historyLimit = 100
    /// So many deployments before this one are asked whether they were bad.
    private static let memory = 20

    private let survey: DeploymentSurvey

    package init(
        _ settings: DeploymentSettings,
        ports: GateCollector.Ports,
        timekeeper: any Timekeeper
    ) {
        survey = DeploymentSurvey(settings, ports: ports, timekeeper: timekeeper)
    }

    package func plan(for deployment: Deployment, symptoms: Symptoms) async -> RollbackPlan {
        RollbackPlanner().plan(await facts(of: deployment, symptoms: symptoms))
    }

    func facts(of deployment: Deployment, symptoms: Symptoms) async -> RollbackFacts {
        let environment = survey.environment(deployment.environment)
        async let frontend = frontend(of: environment, deployment)
        async let backend = backend(of: environment, deployment)
        async let git = git(of: environment, deployment)
        async let migrations = survey.migrations(of: deployment)
        async let checks = survey.checks(of: environment.name)
        async let bad = badCommits(before: deployment)
        return await RollbackFacts(
            now: symptoms.now,
            environment: environment.name,
            began: deployment.beganAt,
            frontend: frontend,
            backend: backend,
            git: git,
            migrations: migrations,
            diagnoses: deployment.diagnoses,
            verdict: deployment.verdict,
            alerts: symptoms.alerts,
            deployedParts: symptoms.deployedParts,
            parts: Dictionary(
                checks.map { ($0.check.id, $0.part) },
                uniquingKeysWith: { first, _ in first }
            ),
            badCommits: bad
        )
    }

    private func frontend(
        of environment: DeploymentSettings.Environment,
        _ deployment: Deployment
    ) async -> RollbackFacts.Host? {
        guard let netlify = environment.netlify else { return nil }
        return await host(
            ("netlify", netlify.site, netlify.url),
            .frontend,
            of: environment,
            deployment,
            values: environment.frontendVariables
        )
    }

    private func backend(
        of environment: DeploymentSettings.Environment,
        _ deployment: Deployment
    ) async -> RollbackFacts.Host? {
        guard let render = environment.render else { return nil }
        var values = environment.variables
        if !environment.origins.isEmpty {
            values[environment.originsVariable] = environment.origins.joined(separator: ",")
        }
        return await host(
            ("render", render.service, render.url),
            .backend,
            of: environment,
            deployment,
            values: values
        )
    }

    private func host(
        _ address: (provider: String, id: String, api: String),
        _ part: EnvironmentPart,
        of environment: DeploymentSettings.Environment,
        _ deployment: Deployment,
        values: [String: String?]
    ) async -> RollbackFacts.Host? {
        let place = VariablePlace(environment: environment.name, part: part)
        async let changes = changes(of: place, deployment)
        guard let side = await survey.side(place) else { return nil }
        return RollbackFacts.Host(
            provider: address.provider,
            id: address.id,
            api: address.api,
            service: side.service,
            live: side.live,
            deploys: side.deploys,
            changes: await changes,
            values: values.compactMapValues(\.self)
        )
    }

    /// What the deployment's own events say, or that nothing changed where there is a snapshot from before it.
    private func changes(of place: VariablePlace, _ deployment: Deployment) async -> Known<VariableChanges> {
        let now = survey.question.timekeeper.now.wall
        if let changes = deployment.variableChanges[place.part] { return .known(changes, at: now) }
        guard let store = survey.ports.store else {
            return .unknown(.notConfigured("nothing keeps what the variables were"))
        }
        let snapshot = await survey.question.ask("the snapshot of variables") { () throws(ProviderFailure) in
            do {
                return try await store.variables(of: place, before: deployment.beganAt ?? now)
            } catch {
                throw .unreachable("the snapshots cannot be read")
            }
        }
        switch snapshot {
        case .known(.some, let time): return .known(VariableChanges(), at: time)
        case .known(nil, _):
            return .unknown(.notFound("no snapshot of the variables is older than the deployment"))
        case .unknown(let failure): return .unknown(failure)
        }
    }

    private func git(
        of environment: DeploymentSettings.Environment,
        _ deployment: Deployment
    ) async -> RollbackFacts.Git? {
        guard let names = survey.settings.repository, let repository = survey.ports.repository else {
            return nil
        }
        let (question, branch) = (survey.question, environment.branch)
        let before = deployment.mainBefore
        _ = await question.ask("git: the remote") { () throws(ProviderFailure) in
            try await repository.refresh()
        }
        let head = await question.ask("git: \(branch)") { () throws(ProviderFailure) in
            try await repository.remoteCommit(of: branch)
        }
        async let mainline = question.ask("git: the history") { () throws(ProviderFailure) in
            try await repository.mainline(of: branch, limit: Self.historyLimit)
        }
        async let backups = question.ask("git: the backups") { () throws(ProviderFailure) in
            try await repository.remoteBranches(withPrefix: names.backupPrefix)
        }
        async let changes = commits(from: before, to: head, in: repository)
        async let protection = protection(of: branch)
        return await RollbackFacts.Git(
            branch: branch,
            head: head,
            before: before,
            mainline: mainline,
            backups: backups,
            changes: changes,
            protection: protection
        )
    }

    private func commits(
        from before: CommitID?,
        to head: Known<CommitID?>,
        in repository: any GitRepository
    ) async -> Known<[Commit]> {
        guard let before, case .known(let head?, _) = head else {
            return .unknown(head.failure ?? .notFound("nobody saw what the branch was before"))
        }
        return await survey.question.ask("git: the commits") { () throws(ProviderFailure) in
            try await repository.commits(from: before, to: head, limit: Self.historyLimit)
        }
    }

    private func protection(of branch: String) async -> Known<BranchProtection?> {
        guard let host = survey.ports.codeHost else {
            return .unknown(.notConfigured("no code host is configured that tells of protected branches"))
        }
        return await survey.question.ask("the protection of \(branch)") { () throws(ProviderFailure) in
            try await host.protection(of: branch)
        }
    }

    /// The commits of earlier deployments that were judged worse or rolled back.
    private func badCommits(before deployment: Deployment) async -> Set<CommitID> {
        guard let store = survey.ports.store,
            let ids = try? await store.deployments(limit: Self.memory, before: deployment.beganAt)
        else { return [] }
        var bad: Set<CommitID> = []
        for id in ids where id != deployment.id {
            guard let events = try? await store.events(of: id) else { continue }
            let earlier = Deployment(id, events: events)
            let isBad = [.regressed, .rolledBack].contains(earlier.result) || !earlier.rollbacks.isEmpty
            if isBad, let commit = earlier.commit { bad.insert(commit) }
        }
        return bad
    }
}
