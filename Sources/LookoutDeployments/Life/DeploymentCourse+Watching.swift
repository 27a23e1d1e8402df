import LookoutModel

/// From the watch to the end of the first hour.
extension DeploymentCourse {
    func watching(_ deployment: Deployment, _ facts: CourseFacts, at now: Timestamp) -> [DeploymentEvent] {
        if let end = supersession(of: deployment, at: now) { return end }
        guard let judge = judges[deployment.id], let watch = deployment.watch else { return [] }
        let errors = errorsAtTheEnd(of: deployment, watch, facts, at: now)
        if !errors.isEmpty { return errors }
        guard let verdict = judge.verdict(of: deployment, at: now) else { return [] }
        if verdict.word == .inconclusive, watch.end < watch.latestEnd {
            let end = min(watch.latestEnd, watch.end + policy.watch.extend)
            return [DeploymentEvent(at: now, .watchExtended(until: end))]
        }
        return [DeploymentEvent(at: now, .judged(verdict))]
            + judge.validations(of: deployment).map { DeploymentEvent(at: now, .validated($0)) }
    }

    /// At the end of a watch an error tracker that does not answer is said to be unknown.
    private func errorsAtTheEnd(
        of deployment: Deployment,
        _ watch: WatchPlan,
        _ facts: CourseFacts,
        at now: Timestamp
    ) -> [DeploymentEvent] {
        guard policy.hasErrorTracker, now >= watch.end else { return [] }
        let result: ValidationResult
        if let answered = facts.issuesAt, answered >= watch.end || now - answered < .seconds(5 * 60) {
            let known = deployment.validation("errors")?.verdict == .unknown
            guard known else { return [] }
            result = ValidationResult(
                item: "errors",
                verdict: .passed,
                detail: "the error tracker answers again"
            )
        } else {
            // It is asked every minute: one more chance before it is said to be unknown.
            guard now - watch.end >= .seconds(90) else { return [] }
            let reason = facts.issues?.failure?.message ?? "it has not answered"
            let text = "the error tracker cannot be asked: \(PlainText.line(reason, atMost: 300))"
            result = ValidationResult(item: "errors", verdict: .unknown, detail: text)
        }
        guard deployment.validation("errors") != result else { return [] }
        return [DeploymentEvent(at: now, .validated(result))]
    }

    func judged(_ deployment: Deployment, _ facts: CourseFacts, at now: Timestamp) -> [DeploymentEvent] {
        if let end = supersession(of: deployment, at: now) { return end }
        guard let verdict = deployment.verdict else { return [] }
        if verdict.word == .regressed {
            guard (deployment.elapsed(since: .judged, at: now) ?? .zero) >= policy.longest else { return [] }
            return [DeploymentEvent(at: now, .closed(.regressed))]
        }
        // Worse within the first hour is worse after all.
        if let late = judges[deployment.id]?.regression(of: deployment, at: now) {
            return [DeploymentEvent(at: now, .judged(late))]
        }
        guard (deployment.elapsed(since: .watchStart, at: now) ?? .zero) >= policy.watch.reminder else {
            return []
        }
        return [
            DeploymentEvent(at: now, .reminded),
            DeploymentEvent(at: now, .closed(deployment.resultByVerdict)),
        ]
    }

    /// A later deployment that reaches users ends an earlier one.
    func supersession(of deployment: Deployment, at now: Timestamp) -> [DeploymentEvent]? {
        guard let index = open.firstIndex(where: { $0.id == deployment.id }) else { return nil }
        let successor = open[(index + 1)...].first { later in
            later.phase != .planned
                && (later.deploys.isEmpty
                    ? later.phase >= .watching || !later.versions.isEmpty
                    : later.deploys.contains {
                        $0.state == .releasing || $0.liveAt != nil || $0.state == .live
                    })
        }
        guard let successor else { return nil }
        var events: [DeploymentEvent] = []
        if deployment.verdict == nil {
            let text = "the deployment \(successor.id) came before the watch was over"
            let reason = WatchVerdict.Reason(kind: "superseded", text: text)
            events.append(DeploymentEvent(at: now, .judged(WatchVerdict(.inconclusive, reasons: [reason]))))
        }
        let result: DeploymentResult =
            switch deployment.verdict?.word {
            case .regressed: .regressed
            case .pass: .successful
            case .inconclusive, nil: .superseded(by: successor.id.text)
            }
        return events + [DeploymentEvent(at: now, .closed(result))]
    }

    // MARK: Rollback

    func rollingBack(_ deployment: Deployment, _ facts: CourseFacts, at now: Timestamp) -> [DeploymentEvent] {
        if open.last?.id != deployment.id, supersession(of: deployment, at: now) != nil {
            let result: DeploymentResult = deployment.verdict?.word == .regressed ? .regressed : .rolledBack
            return [DeploymentEvent(at: now, .closed(result))]
        }
        guard let elapsed = deployment.elapsed(since: .rolledBack, at: now) else { return [] }
        if elapsed >= policy.recovery, isPublished(deployment, facts), isWell(deployment, at: now) {
            return [
                DeploymentEvent(at: now, .recovered), DeploymentEvent(at: now, .closed(.rolledBack)),
            ]
        }
        if elapsed >= policy.watch.duration, deployment.validation("recovery")?.verdict != .failed {
            let text = "not well again \(Figures.duration(elapsed)) after the rollback"
            let result = ValidationResult(item: "recovery", verdict: .failed, detail: text)
            return [DeploymentEvent(at: now, .validated(result))]
        }
        guard elapsed >= policy.longest else { return [] }
        return [DeploymentEvent(at: now, .closed(.regressed))]
    }

    /// Whether what the rollback deploys is what users have.
    private func isPublished(_ deployment: Deployment, _ facts: CourseFacts) -> Bool {
        let newest = Dictionary(grouping: deployment.rollbackDeploys, by: \.part)
            .compactMapValues { $0.max { $0.createdAt < $1.createdAt } }
        return newest.values.allSatisfy { $0.state == .live || $0.state == .superseded }
    }

    private func isWell(_ deployment: Deployment, at now: Timestamp) -> Bool {
        let isFiring = deployment.alertTimes.values.contains { times in
            times.worst?.isWorse(than: .minor) == true && times.episodes.last.map { $0.until == nil } == true
        }
        return !isFiring && judges[deployment.id]?.isHealthy(successes: 3) ?? true
    }
}

extension Deployment {
    /// What becomes of it by its verdict.
    var resultByVerdict: DeploymentResult {
        switch verdict?.word {
        case .pass: .successful
        case .regressed: .regressed
        case .inconclusive, nil:
            .inconclusive(reason: verdict?.reasons.first?.text ?? "it was not judged")
        }
    }
}
