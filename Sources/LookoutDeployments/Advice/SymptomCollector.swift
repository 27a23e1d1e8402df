package import LookoutModel

/// Asks everybody what is wrong, for the diagnosis.
package struct SymptomCollector: SymptomCollecting {
    /// Lines of a log beyond this many are not counted.
    private static let logLimit = 100
    private static let commitLimit = 50

    private let survey: DeploymentSurvey
    /// What is looked for in the backend's and the frontend's logs.
    private let logTexts: [String]

    package init(
        _ settings: DeploymentSettings,
        ports: GateCollector.Ports,
        logTexts: [String],
        timekeeper: any Timekeeper
    ) {
        survey = DeploymentSurvey(settings, ports: ports, timekeeper: timekeeper)
        self.logTexts = logTexts
    }

    package func symptoms(of deployment: Deployment, at now: Timestamp) async -> Symptoms {
        let environment = survey.environment(deployment.environment)
        let name = environment.name
        let began = deployment.beganAt ?? now
        async let alerts = survey.alerts(of: name, since: began)
        async let checks = survey.checks(of: name)
        async let frontend = side(.frontend, of: environment, deployment, since: began)
        async let backend = side(.backend, of: environment, deployment, since: began)
        async let database = condition(of: name)
        async let incidents = survey.ports.statusPages?.incidents()
        async let outage = survey.ports.observer.outage()
        async let migrations = survey.migrations(of: deployment)
        async let lost = lostCommits(of: deployment)
        return await Symptoms(
            now: now,
            environment: name,
            alerts: alerts,
            checks: checks.compactMap(\.state),
            frontend: frontend,
            backend: backend,
            database: database,
            incidents: incidents ?? [:],
            isOffline: outage != nil,
            deployedAt: deployment.watch?.start ?? deployment.deploys.compactMap(\.liveAt).max(),
            deployedParts: Set(deployment.deploys.filter { $0.liveAt != nil }.map(\.part)),
            expectedCommit: deployment.commit,
            migrations: migrations.value ?? [],
            lostCommits: lost,
            values: values(of: environment)
        )
    }

    private func side(
        _ part: EnvironmentPart,
        of environment: DeploymentSettings.Environment,
        _ deployment: Deployment,
        since began: Timestamp
    ) async -> Symptoms.Side? {
        let place = VariablePlace(environment: environment.name, part: part)
        async let variables = variables(of: place, environment)
        async let hits = logHits(of: place, since: began)
        guard let side = await survey.side(place) else { return nil }
        let changes = deployment.variableChanges[part]
        let audit = await variables.map {
            VariableAudit(
                of: $0,
                against: part == .frontend ? environment.frontendVariables : environment.variables
            )
        }
        return Symptoms.Side(
            service: side.service,
            live: side.live,
            deploys: side.deploys,
            logHits: await hits,
            missingVariables: audit.map { ($0.missing + $0.empty).sorted() },
            wrongVariables: audit.map(\.wrong),
            changedVariables: changes.map { ($0.added + $0.removed + $0.changed).sorted() } ?? []
        )
    }

    private func variables(
        of place: VariablePlace,
        _ environment: DeploymentSettings.Environment
    ) async -> Known<[ProviderVariable]> {
        guard let host = survey.ports.hosts[place] else {
            return .unknown(.notConfigured("no provider of the \(place.part.rawValue) is configured"))
        }
        return await survey.question.ask("\(host.name): the variables") { () throws(ProviderFailure) in
            try await host.variables()
        }
    }

    private func logHits(of place: VariablePlace, since began: Timestamp) async -> [String: Known<Int>] {
        guard let host = survey.ports.hosts[place] else { return [:] }
        return await withTaskGroup(of: (String, Known<Int>).self) { [survey] group in
            for text in Set(logTexts) {
                group.addTask {
                    let count = await survey.question.ask("\(host.name): the log") {
                        () throws(ProviderFailure) in
                        try await host.logLines(containing: text, since: began, limit: Self.logLimit).count
                    }
                    return (text, count)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func condition(of environment: String) async -> Known<DatabaseCondition> {
        guard let host = survey.ports.databases[environment] else {
            return .unknown(.notConfigured("no provider of the database is configured"))
        }
        return await survey.question.ask("\(host.name): the database") { () throws(ProviderFailure) in
            try await host.condition()
        }
    }

    /// The commits that main had before the deployment and has no more.
    private func lostCommits(of deployment: Deployment) async -> Known<[Commit]> {
        guard let repository = survey.ports.repository else {
            return .unknown(.notConfigured("git: no repository is configured"))
        }
        guard let before = deployment.mainBefore, let after = deployment.main else {
            return .unknown(.notFound("git: nobody saw which commits main went between"))
        }
        return await survey.question.ask("git: the commits that are gone") { () throws(ProviderFailure) in
            try await repository.commits(from: after, to: before, limit: Self.commitLimit)
        }
    }

    /// What fixes are written with; nothing in it is a secret.
    private func values(of environment: DeploymentSettings.Environment) -> [String: String] {
        var values: [String: String] = ["git.main": environment.branch]
        values["frontend.url"] = environment.frontendURL
        values["backend.url"] = environment.backendURL
        values["netlify.site"] = environment.netlify?.site
        values["netlify.api"] = environment.netlify?.url
        values["render.service"] = environment.render?.service
        values["render.api"] = environment.render?.url
        values["supabase.project"] = environment.supabase?.project
        if !environment.origins.isEmpty {
            values["cors.origins"] = environment.origins.joined(separator: ",")
            values["cors.variable"] = environment.originsVariable
        }
        for (name, value) in environment.variables { values["variable.\(name)"] = value }
        return values
    }
}

extension ObservedCheck {
    /// Nil before its first run.
    fileprivate var state: Symptoms.CheckState? {
        newest.map { sample in
            Symptoms.CheckState(
                check: check.id,
                probe: check.id.probe,
                outcome: sample.outcome,
                statusCode: sample.statusCode,
                version: sample.version,
                observation: sample.observation,
                at: sample.startedAt
            )
        }
    }
}
