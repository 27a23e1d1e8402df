package import LookoutModel

/// What of a step is not the stack's business: whoever runs the scenario does it.
package enum ScenarioDuty: Hashable, Sendable {
    /// Lookout's own network goes or comes.
    case network(ScenarioNetwork)
    /// The suggested rollback is to be carried out.
    case rollback(ScenarioRollback)
    /// The repository has new commits and branches; a real one beside it is to follow.
    case repositoryChanged
}

extension DemoScene {
    /// A stack as a scenario begins with it; it needs a cloud for all but faults of parts.
    package mutating func begin(_ start: ScenarioStart, at now: Timestamp) {
        for fault in start.faults { inject(fault) }
        for settings in start.settings { apply(settings, at: now) }
        for database in start.databases { apply(database, at: now) }
        for incident in start.incidents { apply(incident) }
    }

    /// Lets a step happen; returns what is left to do outside of the stack.
    package mutating func perform(_ action: ScenarioAction, at now: Timestamp) -> [ScenarioDuty] {
        cloud?.advance(to: now)
        defer { cloud?.advance(to: now) }
        switch action {
        case .inject(let faults): for fault in faults { inject(fault) }
        case .mend(let places): for place in places { mend(place) }
        case .deploy(let deploy):
            let branch = cloud?.places[deploy.environment.rawValue]?.branch ?? "main"
            push(deploy.change, to: branch, at: now)
            return [.repositoryChanged]
        case .sync(let sync):
            self.sync(sync.change, makesBackup: sync.makesBackup, at: now)
            return [.repositoryChanged]
        case .hotfix(let hotfix):
            self.hotfix(hotfix.change, name: hotfix.name, at: now)
            return [.repositoryChanged]
        case .variables(let variables): apply(variables, at: now)
        case .settings(let settings): apply(settings, at: now)
        case .database(let database): apply(database, at: now)
        case .incident(let incident): apply(incident)
        case .slowness(let change): slowness[change.place] = change.factor
        case .network(let network): return [.network(network)]
        case .rollback(let rollback): return [.rollback(rollback)]
        }
        return []
    }

    private mutating func inject(_ fault: ScenarioFault) {
        switch fault {
        case .part(let fault): inject(fault)
        case .provider(let fault): cloud?.inject(fault)
        }
    }

    private mutating func mend(_ place: ScenarioMend) {
        switch place {
        case .all:
            mend()
            for provider in ProviderName.allCases { cloud?.mend(provider) }
        case .environment(let environment): mend(environment: environment)
        case .part(let environment, let part): mend(environment: environment, part: part)
        case .provider(let provider): cloud?.mend(provider)
        }
    }

    private mutating func apply(_ change: ScenarioVariables, at now: Timestamp) {
        guard let place = cloud?.places[change.environment.rawValue] else { return }
        switch change.part {
        case .backend:
            cloud?.render.change(place.renderService) { service in
                service.set(change.set, unset: change.unset)
                guard change.deploys, let revision = service.release?.revision else { return }
                service.begin(revision, trigger: "service_updated", at: now, builds: false)
            }
        case .frontend:
            cloud?.netlify.change(place.netlifySite) { site in
                site.set(change.set, unset: change.unset)
                guard change.deploys, let revision = site.release?.revision else { return }
                site.begin(revision, branch: site.branch, context: "production", at: now)
            }
        }
    }

    private mutating func apply(_ settings: ScenarioSettings, at now: Timestamp) {
        guard let place = cloud?.places[settings.environment.rawValue] else { return }
        cloud?.netlify.change(place.netlifySite) { site in
            if let isLocked = settings.isLocked { site.setLocked(isLocked) }
            if let buildsAreStopped = settings.buildsAreStopped { site.buildsAreStopped = buildsAreStopped }
            if let branch = settings.netlifyBranch { site.branch = branch }
        }
        cloud?.render.change(place.renderService) { service in
            if let autoDeploys = settings.autoDeploys { service.autoDeploys = autoDeploys }
            if let branch = settings.renderBranch { service.branch = branch }
            if let suspenders = settings.suspenders { service.suspenders = suspenders }
            if let plan = settings.plan { service.plan = plan }
            if let wakes = settings.wakes { service.wakes = wakes }
            if let waking = settings.waking { service.pace.waking = waking }
            if let paths = settings.buildPaths { service.buildPaths = paths }
        }
        if let protectsMain = settings.protectsMain {
            cloud?.github.protections["main"] = protectsMain ? GitHubProtection() : nil
        }
    }

    private mutating func apply(_ database: ScenarioDatabase, at now: Timestamp) {
        guard let place = cloud?.places[database.environment.rawValue] else { return }
        cloud?.supabase.change(place.supabaseProject) { project in
            if let status = database.status { project.status = status }
            if let unhealthy = database.unhealthy {
                project.unhealthy = Dictionary(unhealthy.map { ($0, "no connection") }) { first, _ in first }
            }
            if let isReadOnly = database.isReadOnly { project.isReadOnly = isReadOnly }
            if let age = database.newestBackup {
                project.backups.removeAll { $0.at > now - age }
                project.backups.append(.init(id: 100, at: now - age))
            }
            if database.backupsFail == true {
                project.backups.append(.init(id: 101, at: now - .seconds(60), status: "FAILED"))
            }
        }
    }

    private mutating func apply(_ incident: ScenarioIncident) {
        let page = FakeStatusPages.Incident(
            indicator: incident.impact.rawValue,
            description: incident.description
        )
        cloud?.statusPages.incidents[incident.provider] = incident.impact == .none ? nil : page
    }
}
