import LookoutModel

/// What runs where, and what will happen to a push.
extension GateJudge {
    /// What was tried on staging is what would be deployed.
    var stagingBuild: GateReport.Finding {
        var draft = draft(.stagingBuild)
        guard let environment = settings.staging, let staging = observed(facts.staging, &draft),
            let candidate = known(facts.code.candidate, &draft)
        else {
            if settings.staging == nil { draft.doubt("no staging environment is configured") }
            return draft.finding
        }
        for part in Self.published(in: environment) {
            guard let side = staging.sides[part] else {
                draft.doubt("nobody can be asked what the \(part.rawValue) of \(environment.name) runs")
                continue
            }
            guard let live = known(side.live, &draft) else { continue }
            guard let live else {
                draft.object("the \(part.rawValue) of \(environment.name) is not published at all")
                continue
            }
            judge(live, of: side, candidate: candidate, &draft)
        }
        return draft.finding
    }

    private func judge(
        _ live: ProviderDeploy,
        of side: GateFacts.Side,
        candidate: CommitID,
        _ draft: inout FindingDraft
    ) {
        let part = live.part.rawValue
        guard let commit = live.commit else {
            return draft.doubt("the provider does not say which commit the \(part) runs (\(live.id))")
        }
        var words = "the \(part) runs \(commit.short) (\(live.id))"
        if commit != candidate {
            guard let changes = side.changesToCandidate else {
                return draft.doubt("\(words), and \(candidate.short) would be deployed")
            }
            guard let files = known(changes, &draft), let service = known(side.service, &draft) else {
                return
            }
            let missing = BuildFilter(service).triggers(files)
            guard missing.isEmpty else {
                return draft.object(
                    "\(words), not \(candidate.short): \(missing.count) changed files are not on it, such as \(missing[0])",
                    remedy: "wait for its deploy, or find out at the provider why there is none"
                )
            }
            words += ", and nothing of it has changed since"
        }
        guard let since = live.liveAt else { return draft.note("\(words); since when is not known") }
        let age = facts.now - since
        if age < settings.gate.window {
            draft.object(
                "\(words) since \(since.rfc3339Seconds), for less than \(settings.gate.window.plainText)",
                remedy: "wait until \((since + settings.gate.window).rfc3339Seconds)"
            )
        } else {
            draft.note("\(words) since \(since.rfc3339Seconds)")
        }
    }

    /// What a push to production would meet.
    var deployPath: GateReport.Finding {
        var draft = draft(.deployPath)
        let environment = settings.production
        for part in Self.published(in: environment) {
            guard let side = facts.production.sides[part] else {
                draft.doubt("nobody can be asked how the \(part.rawValue) of \(environment.name) is deployed")
                continue
            }
            guard let service = known(side.service, &draft) else { continue }
            let name = "the \(part.rawValue) (\(service.name))"
            for obstacle in service.obstacles {
                draft.object("\(name): \(obstacle.words)", remedy: obstacle.remedy)
            }
            switch service.branch {
            case environment.branch?: break
            case let branch?:
                draft.object(
                    "\(name) deploys from \(branch), not from \(environment.branch)",
                    remedy: "set the branch at the provider, or `branch` in the configuration"
                )
            case nil: draft.doubt("\(name) does not say which branch it deploys from")
            }
            let isOff = service.obstacles.contains(.autoDeployOff)
            if service.deploysByItself == false, !isOff {
                draft.object(
                    "\(name): \(Obstacle.autoDeployOff.words)",
                    remedy: Obstacle.autoDeployOff.remedy
                )
            }
            if let files = facts.code.changedFiles.value {
                let triggers = BuildFilter(service).triggers(files)
                draft.note(
                    triggers.isEmpty
                        ? "\(name) will not be built: none of \(files.count) changed files is among its own"
                        : "\(name) will be built: \(triggers.count) of \(files.count) changed files are its own"
                )
            }
        }
        return draft.finding
    }

    /// Deploys that have not come to their end, in any environment.
    var deployIdle: GateReport.Finding {
        var draft = draft(.deployIdle)
        for part in Self.published(in: settings.production) {
            guard let side = facts.production.sides[part] else {
                draft.doubt("nobody can be asked about deploys of the \(part.rawValue)")
                continue
            }
            guard let deploys = known(side.deploys, &draft) else { continue }
            let busy = deploys.filter { [.queued, .building, .releasing].contains($0.state) }
            for deploy in busy {
                draft.object(
                    "the \(part.rawValue): \(deploy.id) is under way since \(deploy.createdAt.rfc3339Seconds)",
                    remedy: "wait for it, or cancel it at the provider"
                )
            }
            if busy.isEmpty { draft.note("the \(part.rawValue): nothing is under way") }
        }
        return draft.finding
    }

    /// Addresses and branches of the configuration against what the providers say.
    var configurationCurrent: GateReport.Finding {
        var draft = draft(.configurationCurrent)
        let pairs =
            [(settings.production, Optional(facts.production))]
            + (settings.staging.map { [($0, facts.staging)] } ?? [])
        for (environment, surroundings) in pairs {
            for part in Self.published(in: environment) {
                guard let service = surroundings?.sides[part]?.service else {
                    draft.doubt(
                        "nobody can be asked how the \(part.rawValue) of \(environment.name) is set up"
                    )
                    continue
                }
                guard let service = known(service, &draft) else { continue }
                compare(service, part, of: environment, &draft)
            }
        }
        return draft.finding
    }

    private func compare(
        _ service: HostedService,
        _ part: EnvironmentPart,
        of environment: DeploymentSettings.Environment,
        _ draft: inout FindingDraft
    ) {
        let configured = part == .frontend ? environment.frontendURL : environment.backendURL
        let name = "the \(part.rawValue) of \(environment.name)"
        if let configured, let url = service.url, Self.host(configured) != Self.host(url) {
            draft.object(
                "\(name) is at \(url) by its provider, and at \(configured) by the configuration",
                remedy: "correct the configuration, or the domain at the provider"
            )
        } else if let branch = service.branch, branch != environment.branch {
            draft.object(
                "\(name) deploys from \(branch), and from \(environment.branch) by the configuration"
            )
        } else {
            draft.note("\(name): \(service.name), \(service.id)")
        }
    }

    /// The parts that are published apart and that the configuration knows of.
    static func published(in environment: DeploymentSettings.Environment) -> [EnvironmentPart] {
        var parts: [EnvironmentPart] = []
        if environment.frontendURL != nil || environment.netlify != nil { parts.append(.frontend) }
        if environment.backendURL != nil || environment.render != nil { parts.append(.backend) }
        return parts
    }

    /// The host of a URL, in lower case and without `www.`.
    private static func host(_ url: String) -> String {
        let rest = url.lowercased().split(separator: "://", maxSplits: 1).last ?? ""
        let host = rest.prefix { !"/?#".contains($0) }
        return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
    }
}

extension Obstacle {
    /// How it is taken out of the way.
    var remedy: String {
        switch self {
        case .buildFilter: "change a file of its own, or deploy by hand at the provider"
        case .skipped: "push a commit whose message does not ask to skip"
        case .locked: "unlock publishing at the provider, or publish the new deploy by hand"
        case .wrongBranch: "set the production branch at the provider"
        case .suspended: "resume the service at the provider"
        case .autoDeployOff: "switch deploys on a push on again at the provider, or deploy by hand"
        case .quota: "look at the plan and its bill at the provider"
        }
    }
}
