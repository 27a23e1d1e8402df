package import LookoutModel

/// Asks all that the gate judges by, everything at once, and waits for nobody longer than the settings say.
package struct GateCollector: Sendable {
    /// Whom it asks; what is not configured is nil or missing.
    package struct Ports: Sendable {
        package var observer: any EnvironmentObserver
        package var history: any RunHistory
        package var repository: (any GitRepository)?
        package var codeHost: (any CodeHost)?
        package var hosts: [VariablePlace: any HostingProvider] = [:]
        /// By the environment's name, as the trackers.
        package var databases: [String: any DatabaseHost] = [:]
        package var trackers: [String: any ErrorTracker] = [:]
        package var statusPages: (any StatusPages)?
        package var store: (any DeploymentStore)?

        package init(observer: any EnvironmentObserver, history: any RunHistory) {
            self.observer = observer
            self.history = history
        }
    }

    let settings: DeploymentSettings
    let ports: Ports
    let question: PortQuestion

    package init(_ settings: DeploymentSettings, ports: Ports, timekeeper: any Timekeeper) {
        self.settings = settings
        self.ports = ports
        question = PortQuestion(timekeeper: timekeeper, limit: settings.gate.timeout)
    }

    package func facts(for request: GateRequest) async -> GateFacts {
        async let code = code(for: request)
        async let production = surroundings(of: settings.production)
        async let staging = stagingSurroundings
        async let access = access
        async let incidents = incidents
        async let open = openDeployments
        async let protection = protection
        async let outage = ports.observer.outage()
        let now = question.timekeeper.now.wall
        let nothing = ProviderFailure.notConfigured("not asked yet")
        var facts = GateFacts(
            now: now,
            settings: settings,
            request: request,
            outage: await outage,
            production: await production,
            staging: await staging,
            code: await code,
            rollback: .unknown(nothing),
            rehearsal: .unknown(nothing)
        )
        facts.access = await access
        facts.incidents = await incidents
        facts.openDeployments = await open
        await compareBuilds(&facts)
        let rollback = GateRollback(facts: facts, protection: await protection)
        let plan = rollback.plan
        facts.rollback = .known(plan, at: now)
        facts.rehearsal = await rehearsal(rollback, of: plan)
        return facts
    }

    private var stagingSurroundings: GateFacts.Surroundings? {
        get async {
            guard let staging = settings.staging else { return nil }
            return await surroundings(of: staging)
        }
    }

    private var incidents: [String: Known<ProviderIncident>] {
        get async {
            guard let pages = ports.statusPages else { return [:] }
            let answer = await question.ask("the status pages of the providers") { await pages.incidents() }
            switch answer {
            case .known(let incidents, _): return incidents
            case .unknown(let failure): return ["all": .unknown(failure)]
            }
        }
    }

    private var openDeployments: Known<[DeploymentID]>? {
        get async {
            guard let store = ports.store else { return nil }
            return await question.ask("the open deployments") { () throws(ProviderFailure) in
                do {
                    return try await store.openDeployments()
                } catch {
                    throw .unreachable(
                        "the deployments cannot be read: \(PlainText.line("\(error)", atMost: 200))"
                    )
                }
            }
        }
    }

    private var protection: Known<BranchProtection?> {
        get async {
            guard let host = ports.codeHost else {
                return .unknown(.notConfigured("no code host is configured that tells of protected branches"))
            }
            let branch = settings.production.branch
            return await question.ask("the protection of \(branch)") { () throws(ProviderFailure) in
                try await host.protection(of: branch)
            }
        }
    }

    /// Every port is asked what its token is good for.
    private var access: [GateFacts.Access] {
        get async {
            await withTaskGroup(of: GateFacts.Access.self) { [ports, question] group in
                if let host = ports.codeHost {
                    group.addTask {
                        let result = await question.ask("github") { () throws(ProviderFailure) in
                            try await host.access()
                        }
                        return .init(provider: "github", environment: nil, result: result)
                    }
                }
                for (place, host) in ports.hosts {
                    group.addTask {
                        let result = await question.ask(host.name) { () throws(ProviderFailure) in
                            try await host.access()
                        }
                        return .init(provider: host.name, environment: place.environment, result: result)
                    }
                }
                for (environment, host) in ports.databases {
                    group.addTask {
                        let result = await question.ask(host.name) { () throws(ProviderFailure) in
                            try await host.access()
                        }
                        return .init(provider: host.name, environment: environment, result: result)
                    }
                }
                for (environment, tracker) in ports.trackers {
                    group.addTask {
                        let result = await question.ask(tracker.name) { () throws(ProviderFailure) in
                            try await tracker.access()
                        }
                        return .init(provider: tracker.name, environment: environment, result: result)
                    }
                }
                var all: [GateFacts.Access] = []
                for await access in group { all.append(access) }
                return all.sorted {
                    ($0.provider, $0.environment ?? "") < ($1.provider, $1.environment ?? "")
                }
            }
        }
    }
}
