import LookoutModel

/// What is new of things that already belong to a deployment.
extension DeploymentCourse {
    func news(for deployment: Deployment, _ facts: CourseFacts, at now: Timestamp) -> [DeploymentEvent] {
        guard deployment.phase != .planned else { return [] }
        let kinds =
            deploys(of: deployment, facts) + alerts(of: deployment, facts) + issues(of: deployment, facts)
        return kinds.map { DeploymentEvent(at: now, $0) }
    }

    private func deploys(of deployment: Deployment, _ facts: CourseFacts) -> [DeploymentEvent.Kind] {
        let known = deployment.deploys + deployment.rollbackDeploys
        return known.compactMap { deploy in
            let listed = facts.hosts[deploy.part]?.deploys?.value?.first { $0.id == deploy.id }
            guard let listed, listed != deploy else { return nil }
            return .deploySeen(listed)
        }
    }

    /// Alerts that fire now, and the ends of those that fired; before the verdict those from before too.
    private func alerts(of deployment: Deployment, _ facts: CourseFacts) -> [DeploymentEvent.Kind] {
        facts.alerts.compactMap { alert in
            let key = AlertID(rule: alert.rule, labels: alert.labels)
            guard
                let known = deployment.alerts.first(where: { $0.rule == key.rule && $0.labels == key.labels })
            else {
                // What ended before it began has nothing to do with it.
                let isOver = !alert.isFiring && alert.since < (deployment.beganAt ?? .epoch)
                return isOver ? nil : .alertSeen(alert)
            }
            let isSame =
                known.isFiring == alert.isFiring && known.severity == alert.severity
                && (known.since == alert.since || !alert.isFiring)
            return isSame ? nil : .alertSeen(alert)
        }
    }

    /// Errors that are new since it began, or that grew.
    private func issues(of deployment: Deployment, _ facts: CourseFacts) -> [DeploymentEvent.Kind] {
        guard let listed = facts.issues?.value, let beganAt = deployment.beganAt else { return [] }
        let news = listed.filter { issue in
            guard issue.lastSeen >= beganAt else { return false }
            guard let known = deployment.issues.first(where: { $0.id == issue.id }) else {
                return issue.novelty != .ongoing || issue.firstSeen >= beganAt
            }
            // Every single event would be a row of its own.
            return known.novelty != issue.novelty
                || IssueReasons.isGrave(known) != IssueReasons.isGrave(issue)
        }
        return news.isEmpty ? [] : [.issuesSeen(news)]
    }
}
