import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutStorage
import ServiceLifecycle
import UnixSignals

extension Agent {
    /// Something that runs beside the agent and ends with it: the demo's stack and its display.
    package struct Companion: Sendable {
        let name: String
        let operation: @Sendable () async throws -> Void

        package init(_ name: String, _ operation: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.operation = operation
        }
    }

    /// Runs until SIGTERM or SIGINT, and stops within five seconds: intake first, the outbox last.
    ///
    /// Throws `AgentError` if a part cannot go on.
    package func run(beside companions: [Companion] = []) async throws {
        let configuration = journal.current
        // The group's own words (services by name, signals) say nothing that the agent does not.
        var quiet = logger
        quiet.logLevel = .critical
        let group = ServiceGroup(
            configuration: .init(
                services: (services + companions.map { CancellableService($0.name, run: $0.operation) })
                    .map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet
            )
        )
        logger.info(
            "starting",
            metadata: [
                "version": "\(LookoutVersion.current)", "checks": "\(configuration.checks.count)",
                "rules": "\(configuration.rules.rules.count)",
                "receivers": "\(configuration.receivers.count)",
            ]
        )
        do {
            try await group.run()
        } catch {
            await system.close()
            throw error
        }
        await system.close()
        logger.info("stopped")
    }

    /// In the order of the data from its end: a service group stops them in reverse.
    private var services: [any Service] {
        [
            StoppableService("dispatcher", run: dispatcher.run, stop: dispatcher.stop),
            StoppableService("recorder", run: recorder.run, stop: recorder.stop),
            StoppableService("alert keeper", run: keeper.run) { [keeper] in Task { await keeper.stop() } },
            StoppableService(
                "scheduler",
                run: { [self] in try await startAndSchedule() },
                stop: scheduler.stop
            ),
            CancellableService("local API") { [self] in try await serve() },
            CancellableService("receiver upkeep") { [upkeep] in await upkeep.run() },
            CancellableService("watchdog") { [self] in try await watchdog.run() },
            CancellableService("connectivity") { [connectivity] in await connectivity.run() },
            CancellableService("outages") { [self] in try await tendConnectivity() },
            CancellableService("receiver health") { [self] in await watchReceivers() },
            CancellableService("self-examination") { [self] in try await examineItself() },
            CancellableService("distress") { [self] in try await callInDistress() },
            CancellableService("heartbeats") { [heartbeats] in await heartbeats.run() },
            CancellableService("clock watch") { [self] in await clockWatch.run() },
            CancellableService("alert retention") { [self] in try await forgetOldAlerts() },
            CancellableService("deployments") { [self] in try await keepDeployments() },
            CancellableService("silences") { [self] in try await tendSilences() },
            CancellableService("reload") { [self] in await reloadOnHangup() },
            StoppableService(
                "stop notice",
                run: { try await gracefulShutdown() },
                stop: { [options] in options.notifier.stopping(status: "stopping") }
            ),
        ]
    }

    private func startAndSchedule() async throws {
        let configuration = journal.current
        do {
            try await keeper.reload(
                configuration.alertScope,
                routes: configuration.routes,
                policy: configuration.policy,
                at: system.timekeeper.now
            )
        } catch {
            throw AgentError(.storage, "the alerts cannot be brought up to the configuration: \(error)")
        }
        await scheduler.run()
    }

    private func serve() async throws {
        let configuration = journal.current
        let address = configuration.listen
        let server = DashboardServer(
            host: address.host,
            port: address.port,
            control: AgentDesk(agent: self),
            access: AccessPolicy(
                token: token,
                hosts: [address.host],
                externalURL: configuration.externalURL
            ),
            deployments: { [deployments] in deployments.current.map(DeploymentDesk.init) },
            logger: logger
        )
        do {
            try await server.run(whenListening: { [self] _ in
                options.notifier.ready(status: await statusLine())
                logger.info("ready", metadata: ["listen": "\(address)"])
            })
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw AgentError(
                .address,
                "cannot listen on \(address) (\(error)); is lookout running already? `listen` names another address"
            )
        }
    }

    private var watchdog: Watchdog {
        Watchdog(
            notifier: options.notifier,
            timekeeper: system.timekeeper,
            isWorking: { [self] in await isWorking() },
            status: { [self] in await statusLine() }
        )
    }

    private var clockWatch: ClockWatch {
        ClockWatch(timekeeper: system.timekeeper) { [logger] step in
            logger.warning(
                "the wall clock was set or the machine slept; schedules and holds go on by the monotonic clock",
                metadata: ["step.seconds": "\(step.size.inSeconds)"]
            )
        }
    }

    /// Once a day, and at the start, removes what is older than the configuration keeps.
    private func forgetOldAlerts() async throws {
        while true {
            let now = system.timekeeper.now.wall
            do {
                let removed = try await stores.alerts.removeHistory(
                    before: now - journal.current.retention.alerts
                )
                if removed > 0 { logger.info("old alert history removed", metadata: ["rows": "\(removed)"]) }
            } catch {
                logger.error("old alert history cannot be removed", metadata: ["error": "\(error)"])
            }
            try await sleep(for: .seconds(86_400))
        }
    }

    private func reloadOnHangup() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) {
            await reload()
        }
    }
}
