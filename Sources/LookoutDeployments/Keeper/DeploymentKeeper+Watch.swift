import LookoutModel
import LookoutStatistics

/// Watches: what they compare, how they begin, and how they go on after a restart.
extension DeploymentKeeper {
    /// Begins the first watch whose switch of versions is over; false if there is none.
    func beginWatch(at now: Timestamp) async throws -> Bool {
        for deployment in course.open {
            guard let transition = course.transition(of: deployment, facts, at: now) else { continue }
            let subjects = try await subjects(before: transition.upperBound)
            let earlier = try await earlier(than: deployment, at: now)
            let plan = WatchPlanner(settings.watch)
                .plan(transition: transition, of: subjects, after: earlier, at: now)
            let range = plan.baseline.lowerBound..<plan.start
            var before: [CheckID: [CheckSample]] = [:]
            for subject in subjects {
                let known = subject.history.filter { range.contains($0.startedAt) }
                before[subject.check] = CheckSample.ordered(known)
            }
            // On the disk before the watch is: a restart compares with the same.
            let compared = before.mapValues { ComparedRuns(baseline: $0, window: []) }
            try await ports.store.keep(compared, of: deployment.id)
            let began = DeploymentEvent(at: now, .watchBegan(plan))
            try await commit(DeploymentCourse.Proposal(id: deployment.id, events: [began]))
            course.arm(WatchJudge(plan: plan, before: before), of: deployment.id)
            runs.open(deployment.id, before: before, from: plan.start)
            try await readRuns(at: now)
            return true
        }
        return false
    }

    /// Hands the judges the runs that came since the last look; takes watches up again after a restart.
    func readRuns(at now: Timestamp) async throws {
        for deployment in course.open {
            guard let plan = deployment.watch else { continue }
            let id = deployment.id
            if !runs.isOpen(id) { try await resume(deployment, plan) }
            guard let range = runs.range(of: id, until: now) else { continue }
            let read = try await ports.history.runs(of: plan.checks.map(\.check), in: range)
            for (check, run) in runs.take(read, of: id, at: now) { course.observe(run, of: check, for: id) }
        }
    }

    private func resume(_ deployment: Deployment, _ plan: WatchPlan) async throws {
        let kept = try await ports.store.runs(of: deployment.id)
        let before = kept.mapValues(\.baseline)
        // What was kept of the window counts only where the clock was stepped: otherwise the history has it all.
        let step = deployment.clockSteps.last
        let window = step == nil ? [:] : kept.mapValues(\.window)
        var judge = WatchJudge(plan: plan, before: before)
        for (check, runs) in window {
            for run in runs { judge.observe(run, of: check) }
        }
        course.arm(judge, of: deployment.id)
        let from = step.map { min($0.to, $0.from) } ?? plan.start
        runs.open(deployment.id, before: before, window: window, from: max(from, plan.baseline.lowerBound))
    }

    /// The checks of the environment with their runs of the last days.
    private func subjects(before start: Timestamp) async throws -> [WatchPlanner.Subject] {
        let observer = ports.environment
        let name = settings.production.name
        let answer = await question.ask("the checks of \(name)") { () throws(ProviderFailure) in
            try await observer.checks(of: name)
        }
        let checks: [ObservedCheck]
        switch answer {
        case .known(let value, _): checks = value
        case .unknown(let failure): throw failure
        }
        let range = (start - WatchPlanner.reach)..<start
        let history = try await ports.history.runs(of: checks.map(\.check.id), in: range)
        return checks.sorted { $0.check.id < $1.check.id }.map { observed in
            WatchPlanner.Subject(
                observed.check.id,
                isPage: observed.check.type == "page",
                history: history[observed.check.id] ?? []
            )
        }
    }

    /// The deployments of the last days before one.
    private func earlier(than deployment: Deployment, at now: Timestamp) async throws -> [Deployment] {
        var earlier: [Deployment] = []
        for summary in try await ports.store.summaries(limit: 50, before: nil)
        where summary.id != deployment.id && summary.beganAt > now - WatchPlanner.reach - .seconds(86_400) {
            earlier.append(Deployment(summary.id, events: try await ports.store.events(of: summary.id)))
        }
        return earlier
    }
}
