import LookoutModel

/// Asks what symptoms and rollback plans have in common; everything at once, and nobody for longer than allowed.
struct DeploymentSurvey: Sendable {
    /// One side of the environment at its provider.
    struct Side: Sendable {
        var service: Known<HostedService>
        var live: Known<ProviderDeploy?>
        var deploys: Known<[ProviderDeploy]>
    }

    /// So many deploys are looked through for one that was live.
    private static let deployLimit = 30

    let settings: DeploymentSettings
    let ports: GateCollector.Ports
    let question: PortQuestion

    init(_ settings: DeploymentSettings, ports: GateCollector.Ports, timekeeper: any Timekeeper) {
        self.settings = settings
        self.ports = ports
        question = PortQuestion(timekeeper: timekeeper, limit: settings.gate.timeout)
    }

    /// The settings of an environment by its name; production for a name that is not there.
    func environment(_ name: String) -> DeploymentSettings.Environment {
        settings.staging.flatMap { $0.name == name ? $0 : nil } ?? settings.production
    }

    /// Nil where no provider is configured for it.
    func side(_ place: VariablePlace) async -> Side? {
        guard let host = ports.hosts[place] else { return nil }
        let subject = "\(host.name), \(place.part.rawValue) of \(place.environment)"
        async let service = question.ask(subject) { () throws(ProviderFailure) in try await host.service() }
        async let live = question.ask(subject) { () throws(ProviderFailure) in try await host.live() }
        async let deploys = question.ask(subject) { () throws(ProviderFailure) in
            try await host.deploys(limit: Self.deployLimit)
        }
        return await Side(service: service, live: live, deploys: deploys)
    }

    func checks(of environment: String) async -> [ObservedCheck] {
        let observer = ports.observer
        let answer = await question.ask("the checks of \(environment)") { () throws(ProviderFailure) in
            try await observer.checks(of: environment)
        }
        return answer.value ?? []
    }

    /// The alerts that fire, and those that have fired since a time.
    func alerts(of environment: String, since time: Timestamp) async -> [WatchedAlert] {
        let observer = ports.observer
        let answer = await question.ask("the alerts of \(environment)") { () throws(ProviderFailure) in
            try await observer.alerts(of: environment, since: time)
        }
        return answer.value ?? []
    }

    /// The migrations that are in the deployed commit and were not in the one before.
    func migrations(of deployment: Deployment) async -> Known<[String]> {
        let now = question.timekeeper.now.wall
        guard let folder = settings.repository?.migrations else { return .known([], at: now) }
        guard let repository = ports.repository else {
            return .unknown(.notConfigured("no repository is configured that has the migrations"))
        }
        guard let before = deployment.mainBefore, let after = deployment.commit else {
            return .unknown(.notFound("nobody saw which commits the deployment went between"))
        }
        return await question.ask("git: the migrations") { () throws(ProviderFailure) in
            let old = try await repository.files(under: folder, at: before)
            let new = try await repository.files(under: folder, at: after)
            return Set(new).subtracting(old).sorted()
        }
    }
}
