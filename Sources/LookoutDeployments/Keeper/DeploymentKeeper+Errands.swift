import Logging
import LookoutModel

/// Tells people, asks for advice, and writes records; what fails is tried again and holds up nothing else.
extension DeploymentKeeper {
    func runErrands() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.errands { if case .announce = $0 { true } else { false } } }
            group.addTask { await self.errands { $0 == .advise } }
            group.addTask { await self.writeRecords() }
        }
    }

    /// Runs errands of a kind as they come up.
    private func errands(_ isMeant: @Sendable (Errand) -> Bool) async {
        while !Task.isCancelled {
            let seen = changes.generation
            var hasFailed = false
            for deployment in course.open + [course.last].compactMap({ $0 }) {
                for errand in Errand.due(for: deployment) where isMeant(errand) {
                    if await !run(errand, for: deployment) { hasFailed = true }
                }
            }
            let pause: Duration = hasFailed ? .seconds(30) : .seconds(3600)
            await changes.wait(beyond: seen, until: timekeeper.now.monotonic + pause, timekeeper)
            if hasFailed { try? await timekeeper.sleep(for: .seconds(5)) }
        }
    }

    /// False if it could not be done now.
    private func run(_ errand: Errand, for deployment: Deployment) async -> Bool {
        switch errand {
        case .announce(let step): await announce(step, of: deployment)
        case .advise: await advise(deployment)
        }
    }

    private func announce(_ step: DeploymentStep, of deployment: Deployment) async -> Bool {
        guard let announcer = ports.announcer else { return true }
        let text = deployment.text(of: step)
        let answer = await question.ask("the announcement") { () throws(ProviderFailure) in
            do {
                try await announcer.announce(step, of: deployment, text: text)
            } catch {
                throw .unreachable("\(error)")
            }
        }
        if let failure = answer.failure {
            logger.error(
                "a step of a deployment could not be told; it is tried again",
                metadata: ["step": "\(step.rawValue)", "error": "\(failure.message)"]
            )
            return false
        }
        return await append([.announced(step)], to: deployment.id)
    }

    /// Asks what is wrong, names causes, and plans a rollback.
    private func advise(_ deployment: Deployment) async -> Bool {
        guard let symptoms = ports.symptoms else { return true }
        let now = timekeeper.now.wall
        let answer = await adviceQuestion.ask("the symptoms") { () throws(ProviderFailure) in
            await symptoms.symptoms(of: deployment, at: now)
        }
        guard let seen = answer.value else { return false }
        var kinds: [DeploymentEvent.Kind] = []
        let diagnoses = ports.diagnostician?.diagnoses(of: seen) ?? []
        kinds.append(.diagnosed(diagnoses))
        if let planner = ports.planner {
            var diagnosed = deployment
            diagnosed.apply(DeploymentEvent(at: now, .diagnosed(diagnoses)))
            let plan = await adviceQuestion.ask("the rollback plan") {
                [diagnosed] () throws(ProviderFailure) in
                await planner.plan(for: diagnosed, symptoms: seen)
            }
            guard let plan = plan.value else { return false }
            kinds.append(.planned(plan))
        }
        return await append(kinds, to: deployment.id)
    }

    /// Asks several ports at once, each with a limit of its own.
    private var adviceQuestion: PortQuestion { PortQuestion(timekeeper: timekeeper, limit: .seconds(120)) }

    /// Appends through the loop that does all writing.
    private func append(_ kinds: [DeploymentEvent.Kind], to id: DeploymentID) async -> Bool {
        do {
            _ = try await perform(.append(kinds), on: id)
            return true
        } catch {
            return false
        }
    }

    /// Writes the record of everything that changed.
    private func writeRecords() async {
        guard let records = ports.records else { return }
        var written: [DeploymentID: Int] = [:]
        while !Task.isCancelled {
            let seen = changes.generation
            var hasFailed = false
            for deployment in course.open + [course.last].compactMap({ $0 })
            where written[deployment.id] != deployment.count {
                do {
                    try await records.write(deployment)
                    written[deployment.id] = deployment.count
                } catch {
                    hasFailed = true
                    logger.error("a record could not be written", metadata: ["error": "\(error)"])
                }
            }
            let pause: Duration = hasFailed ? .seconds(30) : .seconds(3600)
            await changes.wait(beyond: seen, until: timekeeper.now.monotonic + pause, timekeeper)
        }
    }
}
