package import LookoutModel

/// What moved in the world, and which deployment it belongs to: one that is open, or a new one.
extension DeploymentCourse {
    /// The first thing that is not accounted for yet.
    mutating func arrivals(_ facts: CourseFacts, at now: Timestamp) -> [Proposal] {
        if let move = facts.move, seen.main == move.from, move.to != move.from {
            return arrival(of: move, at: now)
        }
        if let main = facts.main, let unmoved = newestOpen({ $0.isUnmoved(at: main) }) {
            // It moved before anybody looked; where it was then nobody knows.
            let event = DeploymentEvent(at: now, .mainMoved(from: nil, to: main))
            return [Proposal(id: unmoved.id, events: [event])]
        }
        for part in EnvironmentPart.allCases {
            guard let host = facts.hosts[part] else { continue }
            if let proposal = restoration(at: part, host, now) { return [proposal] }
            let known = seen.deploys[part] ?? []
            let news = (host.deploys?.value ?? []).filter { !known.contains($0.id) && isOurs($0) }
            if let deploy = news.min(by: { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }) {
                return arrival(of: deploy, at: now)
            }
        }
        for (check, version) in facts.versions.sorted(by: { $0.key < $1.key }) {
            guard let before = seen.versions[check], before != version else { continue }
            return [arrival(of: version, after: before, at: check, now)]
        }
        for part in EnvironmentPart.allCases {
            guard let snapshot = facts.variables[part], let before = seen.variables[part] else { continue }
            let changes = before.changes(to: snapshot)
            guard !changes.isEmpty else { continue }
            seen.pendingVariables[part] = snapshot
            return [arrival(of: changes, at: part, now)]
        }
        return []
    }

    /// Whether a deploy publishes what users get.
    private func isOurs(_ deploy: ProviderDeploy) -> Bool {
        deploy.branch.map { $0 == policy.branch } ?? true
    }

    // MARK: The branch

    private func arrival(of move: MainMove, at now: Timestamp) -> [Proposal] {
        let event = DeploymentEvent(at: now, .mainMoved(from: move.from, to: move.to))
        switch move.kind {
        case .forward, .unknown:
            let joined = newestOpen { $0.phase == .planned || ($0.phase == .following && $0.joins(move.to)) }
            return [append([event], to: joined, orBegin: .mainMoved, trigger: "a new commit on main", now)]
        case .backward:
            let detail = "\(policy.branch) is back at \(move.to.short)"
            return [rollback(nil, detail, [event], at: now, orBegin: .mainMoved)]
        case .revert(let target):
            let detail = "\(policy.branch) has the content of \(target.short) again"
            return [rollback(nil, detail, [event], at: now, orBegin: .mainMoved)]
        }
    }

    // MARK: The providers

    private mutating func arrival(of deploy: ProviderDeploy, at now: Timestamp) -> [Proposal] {
        let event = DeploymentEvent(at: now, .deploySeen(deploy))
        let origin = DeploymentEvent.Origin.deploy(deploy.part)
        if deploy.cause == .rollback {
            let detail = "a rollback of the \(deploy.part.rawValue), deploy \(deploy.id)"
            return [rollback(deploy.part, detail, [event], at: now, orBegin: origin)]
        }
        if let returning = newestOpen({ $0.phase == .rollingBack && $0.isPartOfRollback(deploy) }) {
            return [Proposal(id: returning.id, events: [event])]
        }
        if let joined = newestOpen({ $0.takes(deploy, policy, at: now) }) {
            return [Proposal(id: joined.id, events: [event])]
        }
        // What never reached users, and what is over, begins nothing.
        if deploy.isFinal, deploy.state != .live {
            seen.deploys[deploy.part, default: []].insert(deploy.id)
        }
        guard !deploy.isFinal || deploy.state == .live else { return [] }
        let trigger =
            deploy.cause == .variables ? "changed variables" : "a new deploy of the \(deploy.part.rawValue)"
        return [append([event], to: nil, orBegin: origin, trigger: trigger, now)]
    }

    /// A deploy that was live before is live again, without a new one: Netlify's way of rolling back.
    private func restoration(
        at part: EnvironmentPart,
        _ host: CourseFacts.Host,
        _ now: Timestamp
    ) -> Proposal? {
        guard case .known(.some(let live), _) = host.live else { return nil }
        let candidates = open.reversed() + [last].compactMap { $0 }
        let undone = candidates.first { deployment in
            guard let own = deployment.deploys.last(where: { $0.part == part && $0.liveAt != nil }) else {
                return false
            }
            return own.id != live.id && live.createdAt < own.createdAt
        }
        let detail = "the deploy \(live.id) of the \(part.rawValue) is live again"
        guard let undone, !undone.rollbacks.contains(where: { $0.detail == detail }) else { return nil }
        let event = DeploymentEvent(at: now, .rollbackSeen(part: part, detail: detail))
        return Proposal(id: undone.id, events: [event])
    }

    // MARK: Versions and variables

    private func arrival(
        of version: String,
        after before: String,
        at check: CheckID,
        _ now: Timestamp
    ) -> Proposal {
        let event = DeploymentEvent(at: now, .versionSeen(check: check, before: before, after: version))
        let joined = newestOpen { $0.phase != .planned || $0.intent != nil }
        return append([event], to: joined, orBegin: .version(check), trigger: "a changed version", now)
    }

    private func arrival(
        of changes: VariableChanges,
        at part: EnvironmentPart,
        _ now: Timestamp
    ) -> Proposal {
        let event = DeploymentEvent(at: now, .variablesChanged(part, changes))
        let joined = newestOpen {
            [.planned, .following, .rollingBack].contains($0.phase)
        }
        return append([event], to: joined, orBegin: .variables, trigger: "changed variables", now)
    }

    // MARK: Where it goes

    private func newestOpen(_ condition: (Deployment) -> Bool) -> Deployment? {
        open.last(where: condition)
    }

    private func append(
        _ events: [DeploymentEvent],
        to deployment: Deployment?,
        orBegin origin: DeploymentEvent.Origin,
        trigger: String,
        _ now: Timestamp
    ) -> Proposal {
        if let deployment { return Proposal(id: deployment.id, events: events) }
        let intent = DeploymentIntent(environment: policy.environment, trigger: trigger, author: "lookout")
        let began = DeploymentEvent(at: now, .began(intent, origin: origin))
        return Proposal(id: freeID(at: now), events: [began] + events)
    }

    /// The newest deployment is rolled back, also where it is closed; without one the rollback is a deployment.
    private func rollback(
        _ part: EnvironmentPart?,
        _ detail: String,
        _ events: [DeploymentEvent],
        at now: Timestamp,
        orBegin origin: DeploymentEvent.Origin
    ) -> Proposal {
        let undone =
            newestOpen { $0.phase != .planned }
            ?? last.flatMap { last in
                (last.closedAt.map { now - $0 < policy.longest } ?? false) ? last : nil
            }
        guard let undone else {
            return append(events, to: nil, orBegin: origin, trigger: "a rollback: \(detail)", now)
        }
        let isKnown = undone.phase == .rollingBack && undone.rollbacks.contains { $0.part == part }
        let seen = DeploymentEvent(at: now, .rollbackSeen(part: part, detail: detail))
        return Proposal(id: undone.id, events: isKnown ? events : [seen] + events)
    }

    /// `20250820-124908`, the time in UTC, with a number behind it where that is taken.
    package func freeID(at now: Timestamp) -> DeploymentID {
        let digits = now.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        let name = String(digits.map { $0 == "T" ? "-" : $0 })
        var number = 1
        while true {
            let text = number == 1 ? name : "\(name)-\(number)"
            if let id = DeploymentID(text), deployment(id) == nil { return id }
            number += 1
        }
    }
}

extension Deployment {
    /// Whether its deploys bring what main is, and no move of main was seen.
    fileprivate func isUnmoved(at main: CommitID) -> Bool {
        phase == .following && moves.isEmpty && deploys.contains { $0.commit == main && $0.cause == .commit }
    }

    /// Whether a commit on main belongs to it while it is followed: nothing of it is live yet.
    fileprivate func joins(_ commit: CommitID) -> Bool {
        self.commit == nil || self.commit == commit || !deploys.contains { $0.liveAt != nil }
    }

    /// Whether a new deploy is a part of it.
    fileprivate func takes(_ deploy: ProviderDeploy, _ policy: CoursePolicy, at now: Timestamp) -> Bool {
        switch phase {
        case .planned: return true
        case .following:
            guard let commit, let other = deploy.commit else { return true }
            return commit == other || origin == .variables
                || !deploys.contains { $0.part == deploy.part && $0.liveAt != nil }
                    && (elapsed(since: .began, at: now) ?? .zero) < policy.joining
        case .watching, .judged:
            // Late in the list, but made before the watch began, or of no effect.
            guard let commit, commit == deploy.commit, let start = watch?.start else { return false }
            return deploy.createdAt < start || (deploy.isFinal && deploy.state != .live)
        case .rollingBack, .closed: return false
        }
    }

    fileprivate func isPartOfRollback(_ deploy: ProviderDeploy) -> Bool {
        guard let target = rollbackMoves.last?.to, let commit = deploy.commit else {
            return deploy.commit == nil || deploy.commit != self.commit
        }
        return commit == target
    }
}
