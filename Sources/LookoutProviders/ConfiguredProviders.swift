package import LookoutDeployments
package import LookoutHTTP
package import LookoutModel

/// Git and the providers as the configuration names them: everything a deployment is asked of.
///
/// A provider whose address cannot be used is left out, and `faults` says why; a missing token is no fault here,
/// since each question that needs it is answered with what is missing.
package struct ConfiguredProviders: Sendable {
    package private(set) var repository: (any GitRepository)?
    package private(set) var codeHost: (any CodeHost)?
    package private(set) var hosts: [VariablePlace: any HostingProvider] = [:]
    package private(set) var databases: [String: any DatabaseHost] = [:]
    package private(set) var trackers: [String: any ErrorTracker] = [:]
    package let statusPages: any StatusPages
    /// What could not be set up, a line each.
    package private(set) var faults: [String] = []

    private let http: any HTTPTransport
    private let timekeeper: any Timekeeper

    /// - Parameters:
    ///   - settings: who they are.
    ///   - http: the way to them.
    ///   - timekeeper: for time-outs and pauses.
    ///   - workFolder: an absolute path, where the copy of a repository is kept.
    package init(
        _ settings: DeploymentSettings,
        over http: any HTTPTransport,
        by timekeeper: any Timekeeper,
        workFolder: String
    ) {
        self.http = http
        self.timekeeper = timekeeper
        statusPages = ProviderStatusPages(
            ProviderStatusPages.known.merging(settings.statusPages) { $1 },
            over: http,
            by: timekeeper
        )
        if let repository = settings.repository {
            do throws(ProviderFailure) {
                self.repository = GitProgramRepository(
                    try repository.source,
                    program: GitProgram(timekeeper: timekeeper),
                    workFolder: workFolder,
                    allowsWriting: !settings.isReadOnly
                )
            } catch {
                faults.append("git: \(error.message)")
            }
        }
        if let github = settings.github,
            let transport = transport(
                .gitHub(
                    token: github.token,
                    tokenName: "deployments.github.token",
                    base: github.url,
                    isReadOnly: settings.isReadOnly
                )
            )
        {
            codeHost = GitHubProject(owner: github.owner, repository: github.repository, through: transport)
        }
        add(settings.production, isProduction: true)
        if let staging = settings.staging { add(staging, isProduction: false) }
    }

    /// Asked together with what Lookout itself knows.
    package func ports(
        observer: any EnvironmentObserver,
        history: any RunHistory,
        store: (any DeploymentStore)?
    ) -> GateCollector.Ports {
        var ports = GateCollector.Ports(observer: observer, history: history)
        ports.repository = repository
        ports.codeHost = codeHost
        ports.hosts = hosts
        ports.databases = databases
        ports.trackers = trackers
        ports.statusPages = statusPages
        ports.store = store
        return ports
    }

    private mutating func add(_ environment: DeploymentSettings.Environment, isProduction: Bool) {
        let name = environment.name
        // As the configuration names the environment's section.
        let place = "deployments." + (isProduction ? "production" : "staging")
        if let netlify = environment.netlify,
            let transport = transport(
                .netlify(token: netlify.token, tokenName: "\(place).netlify.token", base: netlify.url)
            )
        {
            hosts[VariablePlace(environment: name, part: .frontend)] =
                NetlifySite(id: netlify.site, account: netlify.account, through: transport)
        }
        if let render = environment.render,
            let transport = transport(
                .render(token: render.token, tokenName: "\(place).render.token", base: render.url)
            )
        {
            hosts[VariablePlace(environment: name, part: .backend)] =
                RenderService(id: render.service, through: transport)
        }
        if let supabase = environment.supabase,
            let transport = transport(
                .supabase(token: supabase.token, tokenName: "\(place).supabase.token", base: supabase.url)
            )
        {
            databases[name] = SupabaseProject(
                reference: supabase.project,
                through: transport,
                gateway: gateway(of: supabase)
            )
        }
        if let sentry = environment.sentry,
            let transport = transport(
                .sentry(token: sentry.token, tokenName: "\(place).sentry.token", base: sentry.url)
            )
        {
            trackers[name] = SentryProject(
                organization: sentry.organization,
                projects: sentry.projects,
                environment: sentry.environment,
                through: transport
            )
        }
    }

    /// Nil where the project's own address or key is not configured.
    private mutating func gateway(of supabase: DeploymentSettings.Supabase) -> SupabaseGateway? {
        guard let key = supabase.anonymousKey, let url = supabase.projectURL else { return nil }
        return transport(.supabaseGateway(key: key, keyName: "anonymous_key of the project", base: url)).map {
            SupabaseGateway(through: $0)
        }
    }

    /// Nil, with a fault, for an address that is of no use.
    private mutating func transport(_ account: ProviderAccount) -> ProviderTransport? {
        do throws(ProviderFailure) {
            return try ProviderTransport(account, over: http, by: timekeeper)
        } catch {
            faults.append("\(account.name): \(error.message)")
            return nil
        }
    }
}

extension DeploymentSettings.Repository {
    fileprivate var source: GitProgramRepository.Source {
        get throws(ProviderFailure) {
            switch place {
            case .folder(let path): .checkout(path, remote: remote, token: token)
            case .remote(let address): .remote(try RemoteAddress(address), token: token)
            }
        }
    }
}
