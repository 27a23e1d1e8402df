import LookoutModel

/// Which deploy of a side users would get again, and how that is known.
enum RollbackTarget: Hashable, Sendable {
    case found(ProviderDeploy, live: ProviderDeploy)
    /// There is nothing to undo on this side, and why.
    case nothing(String)
    /// It cannot be named, and why.
    case unknown(String)

    /// The newest deploy that was really live before the one that is, and holds nothing of the deployment.
    ///
    /// Before a deployment it is the one that is live, which users are to get again if it goes wrong. A deploy that
    /// was only built, or was built for a branch, was never what users had: it proves nothing.
    init(_ host: RollbackFacts.Host, part: EnvironmentPart, facts: RollbackFacts) {
        let name = "\(host.provider) (\(part.rawValue))"
        // Without any part it is not known which were published, so none is ruled out.
        if facts.began != nil, !facts.deployedParts.isEmpty, !facts.deployedParts.contains(part) {
            self = .nothing("the deployment published nothing new at \(name)")
            return
        }
        guard case .known(let published, _) = host.live else {
            self = .unknown("\(name): what is live is not known (\(host.live.words)), so no target is named")
            return
        }
        guard let live = published else {
            self = .nothing("\(name) has published nothing yet")
            return
        }
        guard facts.began != nil else {
            self = .found(live, live: live)
            return
        }
        guard case .known(let deploys, _) = host.deploys else {
            self = .unknown(
                "\(name): its deploys are not known (\(host.deploys.words)), so no target is named"
            )
            return
        }
        if let before = facts.git?.before, live.commit == before, facts.git?.head.value != .some(before) {
            self = .nothing("\(name) has \(before.short) already, which was live before")
            return
        }
        let candidates = deploys.filter { deploy in
            deploy.wasLive(before: live)
                && !(deploy.commit.map { Self.excluded(facts, live: live).contains($0) } ?? false)
        }.sorted { ($0.liveAt ?? .epoch, $0.id) > ($1.liveAt ?? .epoch, $1.id) }
        let wanted = candidates.first { $0.commit != nil && $0.commit == facts.git?.before }
        guard let target = wanted ?? candidates.first else {
            self = .unknown(
                "\(name): none of the \(deploys.count) deploys it lists is known to have been live before"
            )
            return
        }
        self = .found(target, live: live)
    }

    /// The commits that a target may not have: those of the deployment, and those that were bad before.
    private static func excluded(_ facts: RollbackFacts, live: ProviderDeploy) -> Set<CommitID> {
        var excluded = facts.badCommits
        guard let git = facts.git else { return excluded }
        if let changes = git.changes.value {
            excluded.formUnion(changes.map(\.id))
        } else if git.before != live.commit, let commit = live.commit {
            excluded.insert(commit)
        }
        return excluded
    }
}

extension ProviderDeploy {
    /// Whether it is proved that users had it before the one that is live.
    fileprivate func wasLive(before live: ProviderDeploy) -> Bool {
        guard let liveAt, id != live.id, liveAt < live.liveAt ?? live.createdAt else { return false }
        switch state {
        case .superseded, .live: return true
        case .queued, .building, .releasing, .failed, .cancelled, .held, .skipped, .unknown: return false
        }
    }
}

extension Known {
    /// Why it is not known, in words; empty if it is.
    var words: String { failure.map { PlainText.line($0.message, atMost: 300) } ?? "" }
}
