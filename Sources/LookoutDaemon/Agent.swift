package import Logging
import LookoutAlerting
package import LookoutConfiguration
package import LookoutDashboard
import LookoutHTTP
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutStorage

/// The whole agent: everything is built here, top to bottom, and nowhere else.
///
/// Making it opens the databases and checks the system, so that what can fail fails before the
/// first probe. `run` is in `Agent+Run.swift`, reloading in `Agent+Reload.swift`.
package final class Agent: Sendable {
    let options: AgentOptions
    let logger: Logger
    let system: SystemResources
    let stores: AgentStores
    let recorder: SampleRecorder
    let keeper: AlertKeeper
    let dispatcher: Dispatcher
    let pipeline: SamplePipeline
    let scheduler: Scheduler
    let journal: ConfigurationJournal
    let startedAt: Timestamp

    /// Builds the agent; nothing runs yet.
    ///
    /// Throws what a person has to mend.
    package init(
        _ options: AgentOptions,
        _ configuration: Configuration,
        logger: Logger
    ) async throws(AgentError) {
        self.options = options
        self.logger = logger
        system = try SystemResources()
        let timekeeper = system.timekeeper
        let now = timekeeper.now.wall
        startedAt = now
        do throws(AgentError) {
            stores = try AgentStores(directory: configuration.dataDirectory, now: now, logger: logger)
        } catch {
            await system.close()
            throw error
        }
        let outbox = WakeSignal()
        recorder = SampleRecorder(
            store: stores.samples,
            timekeeper: timekeeper,
            options: .init(retention: configuration.retention.samples),
            report: RecorderReport(logger: logger).log
        )
        keeper = AlertKeeper(
            store: stores.alerts,
            book: AlertBook(),
            timekeeper: timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
        dispatcher = Dispatcher(
            store: stores.alerts,
            receivers: configuration.receivers,
            tools: ReceiverTools(
                transport: system.transport,
                timekeeper: timekeeper,
                output: options.output,
                errorOutput: options.errorOutput,
                externalURL: "http://\(configuration.listen)"
            ),
            owner: LeaseOwner.make(),
            signal: outbox,
            logger: logger
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: configuration.rules, scope: configuration.ruleScope),
            recorder: recorder,
            keeper: keeper,
            logger: logger
        )
        let transport = system.transport
        scheduler = Scheduler(
            timekeeper: timekeeper,
            executor: system.timer,
            limits: .init(runsInFlight: configuration.limits.inFlight, stop: .seconds(2)),
            context: { check in
                ProbeContext(transport: transport, timekeeper: timekeeper, timeout: check.timeout)
            },
            sink: pipeline
        )
        journal = ConfigurationJournal(configuration, path: options.configurationPath, at: now)
        try await resume(configuration)
    }

    /// Takes up where the last run of the program ended: alerts as they stood, the rules' history,
    /// and each check one interval after its last run.
    private func resume(_ configuration: Configuration) async throws(AgentError) {
        do {
            try await keeper.load()
            let lastStarts = try await pipeline.resume(
                from: stores.samples,
                at: system.timekeeper.now.wall
            )
            scheduler.replace(configuration.scheduledChecks, lastStarts: lastStarts)
        } catch {
            await system.close()
            throw AgentError(.storage, "the stored state cannot be read: \(error)")
        }
    }

    /// What the agent says of itself now.
    package func status() async -> AgentStatus {
        await StatusReader(agent: self).status()
    }

    /// Waits on the agent's clock; throws when cancelled.
    package func sleep(for duration: Duration) async throws {
        try await system.timekeeper.sleep(for: duration)
    }
}

extension Configuration {
    /// The checks as the scheduler takes them.
    var scheduledChecks: [ScheduledCheck] {
        checks.map { ScheduledCheck($0.check, $0.probe) }
    }

    /// Which alerts the rules can raise: what is on the book beyond them has lost its rule or check.
    var alertScope: AlertScope { AlertScope(of: rules, for: checks.lazy.map(\.check)) }

    var routes: Routes { Routes(receivers: receivers.map(\.name)) }
}
