import LookoutModel

/// What of the world is accounted for: everything else is news.
struct SeenWorld: Sendable {
    var main: CommitID?
    var versions: [CheckID: String] = [:]
    var variables: [EnvironmentPart: VariableSnapshot] = [:]
    /// The deploys that belong to a deployment, or were there before anybody looked.
    var deploys: [EnvironmentPart: Set<String>] = [:]
    /// What will be seen once its event is stored.
    var pendingVariables: [EnvironmentPart: VariableSnapshot] = [:]
    private var newest: [EnvironmentPart: Timestamp] = [:]
    private var looked: Set<EnvironmentPart> = []

    init() {}

    /// What stored deployments account for, the oldest first.
    init(remembering deployments: [Deployment]) {
        for deployment in deployments {
            let moves = deployment.moves + deployment.rollbackMoves
            main = moves.max { $0.at < $1.at }?.to ?? main
            for deploy in deployment.deploys + deployment.rollbackDeploys { remember(deploy) }
            for change in deployment.versions { versions[change.check] = change.after }
        }
    }

    /// Takes in what an event accounts for.
    mutating func remember(_ event: DeploymentEvent) {
        switch event.kind {
        case .mainMoved(_, let new): main = new
        case .deploySeen(let deploy): remember(deploy)
        case .versionSeen(let check, _, let after): versions[check] = after
        case .variablesChanged(let part, _): variables[part] = pendingVariables[part] ?? variables[part]
        default: break
        }
    }

    private mutating func remember(_ deploy: ProviderDeploy) {
        deploys[deploy.part, default: []].insert(deploy.id)
        newest[deploy.part] = max(newest[deploy.part] ?? deploy.createdAt, deploy.createdAt)
    }

    /// At the first look at something, what is there counts as seen; but not what is going on.
    mutating func lookFirst(at facts: CourseFacts, policy: CoursePolicy, now: Timestamp) {
        main = main ?? facts.move?.from ?? facts.main
        for (check, version) in facts.versions where versions[check] == nil { versions[check] = version }
        for (part, snapshot) in facts.variables where variables[part] == nil { variables[part] = snapshot }
        for (part, host) in facts.hosts where !looked.contains(part) {
            guard let listed = host.deploys?.value else { continue }
            looked.insert(part)
            let recent = now - policy.watch.duration
            for deploy in listed where deploys[part]?.contains(deploy.id) != true {
                let isBegun = !deploy.isFinal && deploy.createdAt > now - policy.longest
                let isMissed =
                    newest[part].map { deploy.createdAt > $0 && deploy.createdAt > now - policy.longest }
                    ?? false
                if isBegun || isMissed || (deploy.liveAt ?? deploy.createdAt) > recent { continue }
                deploys[part, default: []].insert(deploy.id)
            }
        }
    }
}
