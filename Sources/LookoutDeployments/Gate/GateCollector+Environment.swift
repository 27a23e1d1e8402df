import LookoutModel
import LookoutStatistics

/// What is asked of an environment.
extension GateCollector {
    func surroundings(of environment: DeploymentSettings.Environment) async -> GateFacts.Surroundings {
        let now = question.timekeeper.now.wall
        let window = now - settings.gate.window..<now
        let (name, observer) = (environment.name, ports.observer)
        async let observed = observed(name, window)
        async let alerts = question.ask("the alerts of \(name)") { () throws(ProviderFailure) in
            try await observer.alerts(of: name, since: window.lowerBound)
        }
        async let frontend = side(environment, .frontend)
        async let backend = side(environment, .backend)
        async let database = database(name)
        let (checks, runs) = await observed
        var surroundings = GateFacts.Surroundings(checks: checks, runs: runs, alerts: await alerts)
        surroundings.sides[.frontend] = await frontend
        surroundings.sides[.backend] = await backend
        surroundings.database = await database
        surroundings.variableFile = environment.variableFile.map { path in
            do throws(ProviderFailure) {
                return .known(try VariableFile(path).read(), at: now)
            } catch {
                return .unknown(error)
            }
        }
        return surroundings
    }

    /// The checks, and of each its runs within the window.
    private func observed(
        _ environment: String,
        _ window: Range<Timestamp>
    ) async -> (Known<[ObservedCheck]>, Known<[CheckID: [CheckSample]]>) {
        let (observer, history) = (ports.observer, ports.history)
        let checks = await question.ask("the checks of \(environment)") { () throws(ProviderFailure) in
            try await observer.checks(of: environment)
        }
        switch checks {
        case .unknown(let failure): return (checks, .unknown(failure))
        case .known(let found, _):
            let ids = found.map(\.check.id)
            let runs = await question.ask("the runs of \(environment)") { () throws(ProviderFailure) in
                do {
                    return try await history.runs(of: ids, in: window)
                } catch {
                    throw .unreachable(
                        "the history cannot be read: \(PlainText.line("\(error)", atMost: 200))"
                    )
                }
            }
            return (checks, runs)
        }
    }

    /// Nil where no provider is configured for it.
    private func side(
        _ environment: DeploymentSettings.Environment,
        _ part: EnvironmentPart
    ) async -> GateFacts.Side? {
        let place = VariablePlace(environment: environment.name, part: part)
        guard let host = ports.hosts[place] else { return nil }
        let subject = "\(host.name), \(part.rawValue) of \(environment.name)"
        async let service = question.ask(subject) { () throws(ProviderFailure) in try await host.service() }
        async let live = question.ask(subject) { () throws(ProviderFailure) in try await host.live() }
        async let deploys = question.ask(subject) { () throws(ProviderFailure) in
            try await host.deploys(limit: Self.deploys)
        }
        async let variables = question.ask(subject) { () throws(ProviderFailure) in try await host.variables()
        }
        return await GateFacts.Side(
            service: service,
            live: live,
            deploys: deploys,
            variables: variables
        )
    }

    /// So many deploys are looked through.
    private static let deploys = 20

    private func database(_ environment: String) async -> GateFacts.Database? {
        guard let host = ports.databases[environment] else { return nil }
        let subject = "\(host.name) of \(environment)"
        async let condition = question.ask(subject) { () throws(ProviderFailure) in try await host.condition()
        }
        async let backups = question.ask(subject) { () throws(ProviderFailure) in try await host.backups() }
        async let migrations = question.ask(subject) { () throws(ProviderFailure) in
            try await host.migrations()
        }
        return await GateFacts.Database(condition: condition, backups: backups, migrations: migrations)
    }

    /// What has changed between what runs on staging and the candidate, where those are not the same.
    func compareBuilds(_ facts: inout GateFacts) async {
        guard let candidate = facts.code.candidate.value, let repository = ports.repository,
            let sides = facts.staging?.sides
        else { return }
        for (part, side) in sides {
            guard case .known(let live?, _) = side.live, let commit = live.commit, commit != candidate else {
                continue
            }
            facts.staging?.sides[part]?.changesToCandidate = await question.ask("git") {
                () throws(ProviderFailure) in
                try await repository.changedFiles(from: commit, to: candidate)
            }
        }
    }
}
