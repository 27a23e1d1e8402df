package import Logging
package import LookoutModel

/// Keeps the deployments of an environment: asks everybody how things stand and stores what follows.
///
/// One loop decides and writes. Each port is asked by a task of its own and within a time limit, so none waits for
/// another. An event counts once it is stored; if that fails nothing has happened, and the next look tries again.
package actor DeploymentKeeper {
    /// The time between two looks where nothing else wakes it.
    static let pace: Duration = .seconds(5)
    /// More events than these do not follow from one look.
    private static let mostSteps = 200

    let settings: DeploymentSettings
    let ports: DeploymentPorts
    let timekeeper: any Timekeeper
    let logger: Logger
    let question: PortQuestion
    var course: DeploymentCourse
    var facts = CourseFacts()
    var runs = WatchRuns()
    private var clock = CourseClock()
    var inbox: [Inquiry] = []
    private(set) var isStopped = false
    let arrivals = WakeSignal()
    /// Raised with every event: what is to be told, diagnosed or written down may have changed.
    let changes = WakeSignal()
    /// Why deployments cannot be stored at the moment; nil while they can.
    package private(set) var trouble: String?

    /// - Parameters:
    ///   - settings: what the configuration says; `production` is the environment that is kept.
    ///   - ports: whom to ask and tell.
    ///   - timekeeper: the clocks.
    ///   - logger: gets every event at `info`, and what cannot be stored at `error`.
    package init(
        settings: DeploymentSettings,
        ports: DeploymentPorts,
        timekeeper: any Timekeeper,
        logger: Logger
    ) {
        self.settings = settings
        self.ports = ports
        self.timekeeper = timekeeper
        self.logger = logger
        question = PortQuestion(timekeeper: timekeeper, limit: .seconds(30))
        course = DeploymentCourse(
            policy: CoursePolicy(
                environment: settings.production.name,
                branch: settings.production.branch,
                watch: settings.watch,
                hasRepository: ports.repository != nil,
                hasErrorTracker: ports.tracker != nil
            )
        )
        for (part, host) in ports.hosts { facts.hosts[part] = CourseFacts.Host(name: host.name) }
    }

    /// The deployments that are not over, the oldest first, as they are stored.
    package var open: [Deployment] { course.open }

    /// How matters stand in a watch: what speaks against the deployment up to now.
    package func concerns(about id: DeploymentID) -> [WatchVerdict.Reason] {
        guard let judge = course.judges[id], let deployment = course.deployment(id) else { return [] }
        return judge.concerns(about: deployment, at: timekeeper.now.wall)
    }

    /// A deployment as it is stored; nil if there is none of this name.
    package func deployment(_ id: DeploymentID) async throws -> Deployment? {
        if let deployment = course.deployment(id) { return deployment }
        let events = try await ports.store.events(of: id)
        return events.isEmpty ? nil : Deployment(id, events: events)
    }

    /// Takes over what is stored and works until the task is cancelled.
    package func run() async {
        await load()
        await withTaskGroup(of: Void.self) { group in
            for poll in polls() { group.addTask { await poll() } }
            group.addTask { await self.runErrands() }
            await look()
            group.cancelAll()
        }
        isStopped = true
        for inquiry in inbox { inquiry.answer.resume(returning: .failure(DeploymentRefusal.notRunning)) }
        inbox = []
    }

    /// Takes in what a port said.
    func learn(_ change: @Sendable (inout CourseFacts) -> Void) {
        change(&facts)
        arrivals.raise()
    }

    private func load() async {
        while !Task.isCancelled {
            do {
                var open: [Deployment] = []
                for id in try await ports.store.openDeployments() {
                    open.append(Deployment(id, events: try await ports.store.events(of: id)))
                }
                let newest = try await ports.store.summaries(limit: 20, before: nil).first {
                    $0.phase == .closed
                }
                var last: Deployment?
                if let id = newest?.id { last = Deployment(id, events: try await ports.store.events(of: id)) }
                course.load(open: open, last: last)
                return
            } catch {
                report(error)
                try? await timekeeper.sleep(for: .seconds(10))
            }
        }
    }

    private func look() async {
        while !Task.isCancelled {
            let seen = arrivals.generation
            await settle()
            await arrivals.wait(beyond: seen, until: timekeeper.now.monotonic + Self.pace, timekeeper)
        }
    }

    /// Stores all that follows from what is known now.
    private func settle() async {
        do {
            let now = timekeeper.now
            if let step = clock.step(at: now) { try await take(step, at: now.wall) }
            await answerInbox()
            try await readRuns(at: timekeeper.now.wall)
            for _ in 0..<Self.mostSteps {
                let now = timekeeper.now.wall
                let proposals = course.proposals(facts, at: now)
                if proposals.isEmpty {
                    guard try await beginWatch(at: now) else { break }
                    continue
                }
                for proposal in proposals { try await commit(proposal) }
            }
            if trouble != nil { logger.notice("deployments are stored again") }
            trouble = nil
        } catch {
            report(error)
        }
    }

    /// A step of the wall clock: what was seen so far is kept by the clock that it was seen by.
    private func take(_ step: (from: Timestamp, to: Timestamp), at now: Timestamp) async throws {
        logger.warning(
            "the wall clock was stepped",
            metadata: ["from": "\(step.from.rfc3339)", "to": "\(step.to.rfc3339)"]
        )
        for deployment in course.open where course.judges[deployment.id] != nil {
            try await ports.store.keep(runs.compared(of: deployment.id), of: deployment.id)
        }
        for proposal in course.proposals(forStepFrom: step.from, to: step.to) { try await commit(proposal) }
        runs.restart(from: step.to)
    }

    /// Stores events, and only then takes them as true.
    func commit(_ proposal: DeploymentCourse.Proposal) async throws {
        let known = course.deployment(proposal.id)?.count ?? 0
        if proposal.events.contains(where: \.isVerdict) {
            try await ports.store.keep(runs.compared(of: proposal.id), of: proposal.id)
        }
        do {
            try await ports.store.append(proposal.events, to: proposal.id, after: known)
        } catch is DeploymentConflict {
            // Another process has appended, or a write was kept that seemed to fail: what is stored counts.
            let events = try await ports.store.events(of: proposal.id)
            course.replace(Deployment(proposal.id, events: events))
            throw DeploymentConflict()
        }
        course.adopt(proposal)
        if course.deployment(proposal.id)?.isClosed == true { runs.forget(proposal.id) }
        for event in proposal.events {
            logger.info(
                "deployment",
                metadata: ["deployment": "\(proposal.id)", "event": "\(event.kind.word)"]
            )
        }
        changes.raise()
    }

    private func report(_ error: any Error) {
        if trouble == nil {
            logger.error(
                "deployments could not be stored or read; the next look tries again",
                metadata: ["error": "\(error)"]
            )
        }
        trouble = "\(error)"
    }
}

extension DeploymentEvent {
    fileprivate var isVerdict: Bool { if case .judged = kind { true } else { false } }
}
