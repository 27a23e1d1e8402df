import Logging
import LookoutModel

/// Asks every port, each in a loop of its own.
extension DeploymentKeeper {
    /// One loop a port.
    func polls() -> [@Sendable () async -> Void] {
        var polls: [@Sendable () async -> Void] = [{ await self.poll { await self.askEnvironment() } }]
        if let repository = ports.repository {
            polls.append { await self.poll { await self.ask(repository) } }
        }
        for (part, host) in ports.hosts {
            polls.append { await self.poll { await self.ask(host, of: part) } }
            if let key = ports.variableKey {
                polls.append { await self.poll { await self.askVariables(host, of: part, key) } }
            }
        }
        if let tracker = ports.tracker {
            polls.append { await self.poll { await self.ask(tracker) } }
        }
        return polls
    }

    /// Asks again and again; how long to wait is what each answer says.
    private nonisolated func poll(_ ask: @Sendable () async -> Duration) async {
        while !Task.isCancelled {
            let pause = await ask()
            do { try await timekeeper.sleep(for: pause) } catch { return }
        }
    }

    /// The pause before the next question: short while something moves.
    private func pause(quiet: Duration, busy: Duration, after failure: ProviderFailure? = nil) -> Duration {
        let isBusy = course.open.contains { [.following, .rollingBack].contains($0.phase) }
        let pause = isBusy ? busy : quiet
        guard case .rateLimited(_, let until) = failure else { return pause }
        let asked = until.map { $0 - timekeeper.now.wall } ?? .seconds(60)
        return max(pause, min(asked, .seconds(3600)))
    }

    private func askEnvironment() async -> Duration {
        let observer = ports.environment
        let name = settings.production.name
        let since = course.open.compactMap(\.beganAt).min() ?? timekeeper.now.wall - .seconds(3600)
        async let alerts = question.ask("the alerts of \(name)") { () throws(ProviderFailure) in
            try await observer.alerts(of: name, since: since)
        }
        async let checks = question.ask("the checks of \(name)") { () throws(ProviderFailure) in
            try await observer.checks(of: name)
        }
        let (known, seen) = await (alerts.value, checks.value)
        learn { facts in
            if let known { facts.alerts = known }
            for check in seen ?? [] {
                if let version = check.newest?.version { facts.versions[check.check.id] = version }
            }
        }
        return .seconds(10)
    }

    private func ask(_ repository: any GitRepository) async -> Duration {
        let branch = settings.production.branch
        let answer = await question.ask("git: the branch \(branch)") {
            () throws(ProviderFailure) -> CommitID? in
            try await repository.refresh()
            return try await repository.remoteCommit(of: branch)
        }
        guard case .known(.some(let head), _) = answer else {
            return pause(quiet: .seconds(60), busy: .seconds(30), after: answer.failure)
        }
        if let before = course.seen.main ?? facts.main, before != head {
            let kind = await kind(of: repository, from: before, to: head)
            learn { facts in
                facts.move = MainMove(from: before, to: head, kind: kind)
                facts.main = head
            }
        } else {
            learn { facts in facts.main = head }
        }
        return pause(quiet: .seconds(60), busy: .seconds(15))
    }

    /// How two heads of the branch are related.
    private func kind(
        of repository: any GitRepository,
        from old: CommitID,
        to new: CommitID
    ) async -> MainMove.Kind {
        let branch = settings.production.branch
        let answer = await question.ask("git: what moved") { () throws(ProviderFailure) -> MainMove.Kind in
            if try await repository.isAncestor(new, of: old) { return .backward }
            // Only a revert can have the content of what the branch was before.
            let commits = try await repository.commits(from: old, to: new, limit: 20)
            guard commits.contains(where: { $0.subject.hasPrefix("Revert") }) else { return .forward }
            let mainline = try await repository.mainline(of: branch, limit: 20)
            for earlier in mainline
            where earlier.id != new && !commits.contains(where: { $0.id == earlier.id }) {
                if earlier.id == old { continue }
                if try await repository.changedFiles(from: earlier.id, to: new).isEmpty {
                    return .revert(to: earlier.id)
                }
            }
            return .forward
        }
        return answer.value ?? .unknown
    }

    private func ask(_ host: any HostingProvider, of part: EnvironmentPart) async -> Duration {
        async let live = question.ask("\(host.name): what is live") { () throws(ProviderFailure) in
            try await host.live()
        }
        async let deploys = question.ask("\(host.name): the deploys") { () throws(ProviderFailure) in
            try await host.deploys(limit: 30)
        }
        let (nowLive, listed) = await (live, deploys)
        let reasons = await obstacles(at: part, host)
        let now = timekeeper.now.wall
        learn { facts in
            var known = facts.hosts[part] ?? CourseFacts.Host(name: host.name)
            known.live = nowLive
            known.deploys = listed
            known.failure = listed.failure
            if listed.value != nil { known.answeredAt = now }
            known.obstacles = reasons
            facts.hosts[part] = known
        }
        return pause(quiet: .seconds(60), busy: .seconds(15), after: listed.failure ?? nowLive.failure)
    }

    /// Why nothing is deployed at a part where something should be; nil where that is not the question.
    private func obstacles(at part: EnvironmentPart, _ host: any HostingProvider) async -> [Obstacle]? {
        let waiting = course.open.last { deployment in
            deployment.phase == .following && deployment.deploy(of: part) == nil
                && deployment.obstacles[part] == nil
                && !deployment.moves.isEmpty
        }
        guard let waiting, let new = waiting.main else { return nil }
        let answer = await question.ask("\(host.name): its settings") { () throws(ProviderFailure) in
            try await host.service()
        }
        guard let service = answer.value else { return nil }
        var finder = ObstacleFinder(service: service, branch: settings.production.branch)
        if let repository = ports.repository, let old = waiting.mainBefore {
            let change = await question.ask("git: the changed files") { () throws(ProviderFailure) in
                (
                    try await repository.changedFiles(from: old, to: new),
                    try await repository.commit(new).subject
                )
            }
            finder.changedFiles = change.value?.0
            finder.subject = change.value?.1
        }
        return finder.obstacles
    }

    private func askVariables(
        _ host: any HostingProvider,
        of part: EnvironmentPart,
        _ key: VariableKey
    ) async -> Duration {
        let answer = await question.ask("\(host.name): the variables") { () throws(ProviderFailure) in
            try await host.variables()
        }
        let place = VariablePlace(environment: settings.production.name, part: part)
        guard case .known(let variables, let time) = answer else {
            return pause(quiet: .seconds(300), busy: .seconds(60), after: answer.failure)
        }
        let snapshot = key.snapshot(of: variables, at: place, on: time)
        do {
            let kept = try await ports.store.variables(of: place, before: time)
            if kept?.digests != snapshot.digests { try await ports.store.keep(snapshot) }
            // What was there before a restart is what it is compared with.
            if course.seen.variables[part] == nil { course.seen.variables[part] = kept }
            learn { facts in facts.variables[part] = snapshot }
        } catch {
            logger.error("variables could not be stored", metadata: ["error": "\(error)"])
        }
        return pause(quiet: .seconds(300), busy: .seconds(60))
    }

    private func ask(_ tracker: any ErrorTracker) async -> Duration {
        let since = course.open.compactMap(\.beganAt).min() ?? timekeeper.now.wall - .seconds(3600)
        let answer = await question.ask("\(tracker.name): the errors") { () throws(ProviderFailure) in
            try await tracker.issues(since: since)
        }
        let now = timekeeper.now.wall
        learn { facts in
            facts.issues = answer
            if answer.value != nil { facts.issuesAt = now }
        }
        return pause(quiet: .seconds(60), busy: .seconds(60), after: answer.failure)
    }
}
