package import LookoutModel

/// From the first move to the time at which users have it.
extension DeploymentCourse {
    func following(_ deployment: Deployment, _ facts: CourseFacts, at now: Timestamp) -> [DeploymentEvent] {
        let parts = expectedParts(of: deployment, facts, at: now)
        var statuses: [EnvironmentPart: PartStatus] = [:]
        for part in parts {
            let status = status(of: part, deployment, facts, at: now)
            // That nothing was deployed is an event of its own before anything follows from it.
            if case .nothing(let reasons) = status, deployment.obstacles[part] == nil {
                return [DeploymentEvent(at: now, .nothingDeployed(part, because: reasons))]
            }
            statuses[part] = status
        }
        let validations = validations(of: statuses, deployment)
        if !validations.isEmpty { return validations.map { DeploymentEvent(at: now, .validated($0)) } }
        guard statuses.values.allSatisfy(\.isSettled) else { return [] }
        return ending(of: deployment, statuses, at: now).map { [DeploymentEvent(at: now, .closed($0))] } ?? []
    }

    /// Where its switch of versions is over, so that a watch can begin: from the first event to the last.
    package func transition(
        of deployment: Deployment,
        _ facts: CourseFacts,
        at now: Timestamp
    ) -> Range<Timestamp>? {
        guard deployment.phase == .following else { return nil }
        let parts = expectedParts(of: deployment, facts, at: now)
        let statuses = parts.map { ($0, status(of: $0, deployment, facts, at: now)) }
        guard statuses.allSatisfy(\.1.isSettled) else { return nil }
        let live = statuses.compactMap { part, status in
            status.liveAt.map { part == .backend ? $0 + policy.mixing : $0 }
        }
        let firsts =
            deployment.deploys.filter { $0.liveAt != nil || $0.state == .live }.map(\.createdAt)
            + deployment.moves.map(\.at) + deployment.versions.map(\.at)
        let begin = firsts.min() ?? deployment.beganAt ?? now
        guard let start = live.max() ?? unseenStart(of: deployment, statuses.isEmpty, at: now) else {
            return nil
        }
        // A provider's clock may be wrong; the switch is not before its first event and not yet to come.
        let end = max(begin, start)
        return end <= now ? begin..<end : nil
    }

    /// When users may have it where no provider says so: a minute after the version changed, or when patience ends.
    private func unseenStart(of deployment: Deployment, _ isUnasked: Bool, at now: Timestamp) -> Timestamp? {
        if let change = deployment.versions.last { return change.at + policy.mixing }
        guard isUnasked || !deployment.versions.isEmpty || !deployment.moves.isEmpty else { return nil }
        guard let elapsed = deployment.elapsed(since: .began, at: now), elapsed >= policy.watch.patience
        else {
            return nil
        }
        return now
    }

    /// The parts that it should come to.
    func expectedParts(
        of deployment: Deployment,
        _ facts: CourseFacts,
        at now: Timestamp
    ) -> [EnvironmentPart] {
        EnvironmentPart.allCases.filter { part in
            guard facts.hosts[part] != nil else { return false }
            if deployment.deploy(of: part) != nil || deployment.variableChanges[part] != nil { return true }
            if deployment.origin == .variables && deployment.moves.isEmpty { return false }
            if !deployment.moves.isEmpty { return true }
            // Without a look at the branch nobody knows whether the other side changed: it may still come.
            let isEarly = (deployment.elapsed(since: .began, at: now) ?? .zero) < policy.beginning
            return isEarly || deployment.deploys.isEmpty
        }
    }

    func status(
        of part: EnvironmentPart,
        _ deployment: Deployment,
        _ facts: CourseFacts,
        at now: Timestamp
    ) -> PartStatus {
        let host = facts.hosts[part]
        if let status = PartStatus(deployment.deploy(of: part)) {
            let age = deployment.elapsed(since: .deploy(part), at: now) ?? .zero
            guard status == .waiting, age >= policy.watch.patience else { return status }
            if host?.failure == nil, age < policy.watch.patience * 3 { return .waiting }
            let reason = host?.failure.map { ": \($0.message)" } ?? ""
            return .unknown("no end of the deploy was seen within \(Figures.duration(age))\(reason)")
        }
        if let reasons = deployment.obstacles[part] { return .nothing(reasons) }
        let age = deployment.elapsed(since: deployment.moves.isEmpty ? .began : .moved, at: now) ?? .zero
        guard age >= policy.beginning else { return .waiting }
        if host?.failure == nil, let reasons = host?.obstacles, !reasons.isEmpty { return .nothing(reasons) }
        guard age >= policy.watch.patience else { return .waiting }
        if let failure = host?.failure { return .unknown(failure.message) }
        return .nothing([])
    }

    /// What went wrong at a part, said once.
    private func validations(
        of statuses: [EnvironmentPart: PartStatus],
        _ deployment: Deployment
    ) -> [ValidationResult] {
        statuses.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { part, status in
            let item = "deploy-\(part.rawValue)"
            let result: ValidationResult
            switch status {
            case .failed(let reason):
                let text = PlainText.line(reason, atMost: 400)
                result = ValidationResult(item: item, verdict: .failed, detail: text)
            case .unknown(let reason):
                let text = PlainText.line(reason, atMost: 400)
                result = ValidationResult(item: item, verdict: .unknown, detail: text)
            case .waiting, .live, .nothing: return nil
            }
            return deployment.validation(item) == result ? nil : result
        }
    }

    /// How it ends if no part of it reaches users.
    private func ending(
        of deployment: Deployment,
        _ statuses: [EnvironmentPart: PartStatus],
        at now: Timestamp
    ) -> DeploymentResult? {
        guard !statuses.isEmpty, statuses.values.allSatisfy({ $0.liveAt == nil }) else { return nil }
        var failures: [String] = []
        var obstacles: [String] = []
        var hasUnknown = false
        for (part, status) in statuses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            switch status {
            case .failed(let reason):
                failures.append("\(part.rawValue): \(PlainText.line(reason, atMost: 200))")
            case .nothing(let reasons) where !reasons.isEmpty:
                obstacles.append("\(part.rawValue): \(reasons.map(\.words).joined(separator: ", "))")
            case .nothing, .unknown, .waiting, .live: hasUnknown = true
            }
        }
        if hasUnknown, !deployment.versions.isEmpty || statuses.values.contains(where: \.isUnknown) {
            return nil
        }
        if !failures.isEmpty { return .failed(reason: failures.joined(separator: "; ")) }
        if deployment.origin == .variables, obstacles.isEmpty {
            return .abandoned(reason: "the changed variables are not in effect: no deploy followed")
        }
        guard !hasUnknown else {
            return .inconclusive(reason: "no provider deployed anything, and nobody knows why")
        }
        return .abandoned(
            reason: "nothing was deployed; \(PlainText.line(obstacles.joined(separator: "; "), atMost: 400))"
        )
    }
}

extension PartStatus {
    fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
