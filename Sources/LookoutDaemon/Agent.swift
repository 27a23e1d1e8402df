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
    let keptConfiguration: KeptConfigurationFile
    let connectivity: ConnectivityWatch
    let heartbeats: HeartbeatService
    let examination: SelfExamination
    let deployments = DeploymentSlot()
    /// Raised when there is news of the agent itself.
    let selfNews: WakeSignal
    /// What receivers use, live and in a fire drill.
    let receiverTools: ReceiverTools
    /// Receivers that have work of their own besides being told.
    let upkeep: ReceiverUpkeep
    /// Shown to the local API by who changes something.
    let token: Secret
    let startedAt: Timestamp

    /// Builds the agent; nothing runs yet.
    ///
    /// - Parameters:
    ///   - options: what it is given besides its configuration.
    ///   - configuration: what is in force from the start.
    ///   - refusal: why that is not what stands in the file; nil if it is.
    ///   - logger: takes what it says of itself.
    /// - Throws: What a person has to mend.
    package init(
        _ options: AgentOptions,
        _ configuration: Configuration,
        insteadOf refusal: StartingConfiguration.Refusal? = nil,
        logger: Logger
    ) async throws(AgentError) {
        self.options = options
        self.logger = logger
        system = try SystemResources()
        let timekeeper = system.timekeeper
        let now = timekeeper.now.wall
        startedAt = now
        let silences: [Silence]
        do throws(AgentError) {
            stores = try AgentStores(directory: configuration.dataDirectory, now: now, logger: logger)
            silences = try await stores.silences(at: now)
            token = try APIToken.make(in: configuration.dataDirectory)
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
            book: AlertBook(silences: silences),
            timekeeper: timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
        receiverTools = ReceiverTools(
            transport: system.transport,
            mail: system.transport,
            timekeeper: timekeeper,
            output: options.output,
            errorOutput: options.errorOutput,
            externalURL: configuration.externalURL,
            report: { [logger] words in
                logger.warning("a receiver is in trouble", metadata: ["error": "\(words)"])
            }
        )
        upkeep = ReceiverUpkeep(
            configuration.receivers,
            alerts: { [keeper] in await keeper.current },
            tools: receiverTools,
            logger: logger
        )
        dispatcher = Dispatcher(
            store: stores.alerts,
            receivers: configuration.receivers,
            tools: receiverTools,
            owner: LeaseOwner.make(),
            signal: outbox,
            logger: logger
        )
        pipeline = SamplePipeline(
            engine: RuleEngine(rules: configuration.rules, scope: configuration.ruleScope),
            recorder: recorder,
            keeper: keeper,
            selfWatch: SelfWatch(configuration.selfAlerts),
            logger: logger
        )
        let transport = system.transport
        let (selfNews, examination) = (WakeSignal(), SelfExamination(at: timekeeper.now.monotonic))
        (self.selfNews, self.examination) = (selfNews, examination)
        let connectivity = ConnectivityWatch(
            configuration.connectivity,
            transport: transport,
            timekeeper: timekeeper
        ) { change in
            Agent.report(change, to: logger)
            selfNews.raise()
        }
        self.connectivity = connectivity
        heartbeats = HeartbeatService(
            configuration.heartbeats,
            transport: transport,
            timekeeper: timekeeper,
            logger: logger
        ) {
            examination.health(isOffline: connectivity.knownOutage != nil, at: timekeeper.now.wall)
        }
        scheduler = Scheduler(
            timekeeper: timekeeper,
            executor: system.timer,
            limits: .init(runsInFlight: configuration.limits.inFlight, stop: .seconds(2)),
            context: { check in
                ProbeContext(transport: transport, timekeeper: timekeeper, timeout: check.timeout)
            },
            sink: ConnectivityGate(connectivity, timekeeper: timekeeper, before: pipeline)
        )
        journal = ConfigurationJournal(
            configuration,
            path: options.configurationPath,
            at: refusal?.adoptedAt ?? now
        )
        keptConfiguration = KeptConfigurationFile(in: configuration.dataDirectory)
        try await resume(configuration)
        deployments.replace(AgentDeployments(configuration, of: self))
        if let refusal { report(refusal) } else { keep(configuration) }
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
}
