import LookoutAlerting
import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutStorage

/// Collects what the agent's parts say into one status.
struct StatusReader: StatusSource {
    let agent: Agent

    func status() async -> AgentStatus {
        let configuration = agent.journal.current
        let newest = await agent.pipeline.newestSamples
        return AgentStatus(
            version: LookoutVersion.current,
            startedAt: agent.startedAt,
            now: agent.system.timekeeper.now.wall,
            configuration: agent.journal.status,
            checks: configuration.checks.map { CheckStatus(check: $0.check, newest: newest[$0.check.id]) }
                .sorted { $0.id < $1.id },
            alerts: await alerts(),
            receivers: await receivers(configuration.receivers.map { ($0.name, $0.typeName) }),
            ruleErrors: await ruleErrors(),
            rules: await rules(),
            counters: await counters()
        )
    }

    private func alerts() async -> [AlertStatus] {
        let desk = AgentDesk(agent: agent)
        let now = desk.now
        return await desk.alerts().filter { $0.alert.state != .resolved }
            .map { AlertStatus($0, at: now) }
    }

    private func receivers(_ configured: [(name: String, type: String)]) async -> [ReceiverStatus] {
        let counts = try? await agent.stores.alerts.outboxCounts()
        let (health, numbers) = (agent.dispatcher.health, agent.dispatcher.numbers)
        return configured.map { receiver in
            let count = counts?[receiver.name]
            return ReceiverStatus(
                name: receiver.name,
                type: receiver.type,
                queued: count?.waiting ?? 0,
                delivered: count?.delivered ?? 0,
                dead: count?.dead ?? 0,
                superseded: count?.superseded ?? 0,
                oldestQueued: count?.oldestWaiting,
                health: health[receiver.name] ?? .working,
                numbers: numbers[receiver.name] ?? DispatchNumbers()
            )
        }
    }

    private func rules() async -> [RuleStatus] {
        await agent.pipeline.statistics.sorted { $0.key < $1.key }.map { rule, statistics in
            RuleStatus(
                rule: rule,
                evaluations: statistics.evaluations,
                holds: statistics.holds,
                noData: statistics.noData,
                errors: statistics.errors,
                withheld: statistics.withheld,
                unstored: statistics.unstored,
                currentError: statistics.currentError
            )
        }
    }

    private func ruleErrors() async -> [RuleErrorStatus] {
        await agent.pipeline.currentRuleErrors
            .map { RuleErrorStatus(rule: $0.rule, labels: $0.labels, reason: $1) }
            .sorted { ($0.rule, $0.reason) < ($1.rule, $1.reason) }
    }

    private func counters() async -> AgentCounters {
        let scheduling = agent.scheduler.statistics.schedule
        let recording = agent.recorder.statistics
        let rules = await agent.pipeline.statistics
        var counters = AgentCounters()
        counters.runs = scheduling.started
        counters.skippedRuns = scheduling.skipped
        counters.runsInFlight = scheduling.inFlight
        counters.samplesStored = recording.stored
        counters.samplesDropped = recording.dropped
        counters.ruleEvaluations = rules.values.map(\.evaluations).reduce(0, +)
        counters.ruleErrors = rules.values.map(\.errors).reduce(0, +)
        counters.auditFindings = agent.examination.found.values.reduce(0, +)
        counters.isOffline = agent.connectivity.knownOutage != nil
        return counters
    }
}

extension Agent {
    /// One line for `systemctl status`: how many checks, what fires.
    func statusLine() async -> String {
        let checks = journal.current.checks.count
        let active = await keeper.current.filter(\.state.isActive)
        let worst = active.map(\.severity).min()
        let refused = journal.status.reloadError == nil ? "" : "; a changed configuration was refused"
        guard let worst else { return "\(checks) checks, nothing fires\(refused)" }
        return "\(checks) checks, \(active.count) firing, worst severity \(worst.rawValue)\(refused)"
    }
}
