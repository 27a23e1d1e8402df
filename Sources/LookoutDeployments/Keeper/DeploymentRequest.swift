import LookoutModel

/// What people ask a keeper to do.
package enum DeploymentRequest: Hashable, Sendable {
    /// Begins a deployment, under a name of their own or one by the time.
    case start(DeploymentIntent, name: String?)
    case gate(GateReport)
    case backup(branch: String, CommitID)
    case tick(item: String, by: String)
    case override(criterion: String, by: String, reason: String)
    case note(by: String, text: String)
    case amend(field: String, text: String, by: String)
    case validate(ValidationResult)
    /// Further events, of the keeper's own errands.
    case append([DeploymentEvent.Kind])
    /// Ends it, with what became of it; nil for what its verdict says.
    case finish(by: String, result: DeploymentResult?)
}

/// Why a request was not carried out.
package enum DeploymentRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case noSuchDeployment(String)
    case taken(String)
    case badName(String)
    case alreadyClosed(String)
    case empty(String)
    /// The keeper does not run, or ends.
    case notRunning

    package var description: String {
        switch self {
        case .noSuchDeployment(let name):
            "there is no deployment \"\(PlainText.line(name, atMost: 80))\"; see `lookout deploy list`"
        case .taken(let name):
            "there is a deployment \"\(PlainText.line(name, atMost: 80))\" already; choose another name"
        case .badName(let name):
            "\"\(PlainText.line(name, atMost: 80))\" is no name: use letters, digits, `.`, `_` and `-`, at most 64"
        case .alreadyClosed(let name): "the deployment \"\(PlainText.line(name, atMost: 80))\" is over"
        case .empty(let what): "\(what) is missing"
        case .notRunning: "the agent is stopping; try again when it runs"
        }
    }
}

extension DeploymentRequest {
    /// The events that it becomes; throws what is missing.
    func events(for deployment: Deployment?, at now: Timestamp) throws(DeploymentRefusal) -> [DeploymentEvent]
    {
        if isOfTheGate, let deployment, deployment.isClosed { throw .alreadyClosed(deployment.id.text) }
        let kinds: [DeploymentEvent.Kind]
        switch self {
        case .start(let intent, _):
            guard !intent.author.isEmpty else { throw .empty("the author") }
            guard !intent.isEmergency || !intent.reason.isEmpty else {
                throw .empty("the reason of the emergency")
            }
            kinds = [.began(intent, origin: .person)]
        case .gate(let report): kinds = [.gateJudged(report)]
        case .backup(let branch, let commit): kinds = [.backupSeen(branch: branch, commit: commit)]
        case .tick(let item, let name):
            guard !name.isEmpty else { throw .empty("the name of who looked") }
            kinds = [.ticked(item: item, by: name)]
        case .override(let criterion, let name, let reason):
            guard !name.isEmpty else { throw .empty("the name of who decides") }
            guard !reason.isEmpty else { throw .empty("the reason") }
            kinds = [.overridden(criterion: criterion, by: name, reason: reason)]
        case .note(let name, let text): kinds = [.noted(by: name, text: text)]
        case .amend(let field, let text, let name):
            guard !name.isEmpty else { throw .empty("the name of who amends") }
            kinds = [.amended(field: field, text: text, by: name)]
        case .validate(let result): kinds = [.validated(result)]
        case .append(let further): kinds = further
        case .finish(let name, let result):
            guard let deployment, !deployment.isClosed else {
                throw .alreadyClosed(deployment?.id.text ?? "")
            }
            guard !name.isEmpty else { throw .empty("the name of who ends it") }
            let judged = deployment.verdict == nil ? nil : deployment.resultByVerdict
            let end = result ?? judged ?? .abandoned(reason: "ended by \(name) before it was judged")
            kinds = [.noted(by: name, text: "ended by hand"), .closed(end)]
        }
        return kinds.map { DeploymentEvent(at: now, $0) }
    }

    /// Whether it belongs before a deployment: of one that is over nothing of the kind is taken in.
    private var isOfTheGate: Bool {
        switch self {
        case .gate, .backup, .tick, .override: true
        default: false
        }
    }
}
