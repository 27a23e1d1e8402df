package import LookoutModel
package import LookoutStatistics

/// The course of an environment's deployments: what follows from what is known.
///
/// It compares what the events say with what is known of the world, and proposes the events that are missing.
/// Nothing has happened until its events are stored and `adopt`ed, so it may be killed and started anew at any
/// moment: the same facts lead to the same events.
package struct DeploymentCourse: Sendable {
    /// Events that are to be stored.
    package struct Proposal: Hashable, Sendable {
        package var id: DeploymentID
        package var events: [DeploymentEvent]
    }

    let policy: CoursePolicy
    /// Those that are not closed, the oldest first.
    package internal(set) var open: [Deployment] = []
    /// The newest that is closed: what is rolled back later was this one.
    package internal(set) var last: Deployment?
    package internal(set) var judges: [DeploymentID: WatchJudge] = [:]
    var seen = SeenWorld()

    package init(policy: CoursePolicy) {
        self.policy = policy
    }

    /// Takes over what is stored.
    package mutating func load(open: [Deployment], last: Deployment?) {
        self.open = open
        self.last = last
        seen = SeenWorld(remembering: [last].compactMap { $0 } + open)
    }

    /// Takes in that events were stored.
    package mutating func adopt(_ proposal: Proposal) {
        var deployment = self.deployment(proposal.id) ?? Deployment(proposal.id)
        for event in proposal.events {
            deployment.apply(event)
            seen.remember(event)
        }
        replace(deployment)
    }

    /// Puts a deployment as it is stored in the place of what was known of it.
    package mutating func replace(_ deployment: Deployment) {
        open.removeAll { $0.id == deployment.id }
        if deployment.isClosed {
            judges[deployment.id] = nil
            if last.map({ $0.id == deployment.id || ($0.beganAt ?? .epoch) <= (deployment.beganAt ?? .epoch) }
            ) ?? true {
                last = deployment
            }
        } else {
            if last?.id == deployment.id { last = nil }
            let index = open.firstIndex { ($0.beganAt ?? .epoch) > (deployment.beganAt ?? .epoch) }
            open.insert(deployment, at: index ?? open.endIndex)
        }
    }

    /// The deployment with this name, if it is open or the newest that is closed.
    package func deployment(_ id: DeploymentID) -> Deployment? {
        open.first { $0.id == id } ?? last.flatMap { $0.id == id ? $0 : nil }
    }

    /// Hands over the judgement of a watch that began or goes on after a restart.
    package mutating func arm(_ judge: WatchJudge, of id: DeploymentID) {
        judges[id] = judge
    }

    /// Takes the next run of a check since a deployment was live.
    package mutating func observe(_ run: CheckSample, of check: CheckID, for id: DeploymentID) {
        judges[id]?.observe(run, of: check)
    }

    /// What is to be stored next; to be asked again after it is adopted, until there is nothing.
    package mutating func proposals(_ facts: CourseFacts, at now: Timestamp) -> [Proposal] {
        seen.lookFirst(at: facts, policy: policy, now: now)
        let arrivals = arrivals(facts, at: now)
        if !arrivals.isEmpty { return arrivals }
        return open.compactMap { deployment in
            let events = progress(of: deployment, facts, at: now)
            return events.isEmpty ? nil : Proposal(id: deployment.id, events: events)
        }
    }

    /// What a step of the wall clock means for those that are open.
    package func proposals(forStepFrom old: Timestamp, to new: Timestamp) -> [Proposal] {
        open.map {
            Proposal(id: $0.id, events: [DeploymentEvent(at: new, .clockStepped(from: old, to: new))])
        }
    }

    /// What follows for one deployment by itself, whoever else is there.
    private func progress(
        of deployment: Deployment,
        _ facts: CourseFacts,
        at now: Timestamp
    ) -> [DeploymentEvent] {
        let news = news(for: deployment, facts, at: now)
        if !news.isEmpty { return news }
        switch deployment.phase {
        case .planned: return expiry(of: deployment, at: now)
        case .following: return following(deployment, facts, at: now)
        case .watching: return watching(deployment, facts, at: now)
        case .judged: return judged(deployment, facts, at: now)
        case .rollingBack: return rollingBack(deployment, facts, at: now)
        case .closed: return []
        }
    }

    /// A plan that nothing came of.
    private func expiry(of deployment: Deployment, at now: Timestamp) -> [DeploymentEvent] {
        guard let age = deployment.elapsed(since: .began, at: now), age >= policy.longest else { return [] }
        let reason = "nothing was deployed within \(Figures.duration(policy.longest))"
        return [DeploymentEvent(at: now, .closed(.abandoned(reason: reason)))]
    }
}
