import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutRules
import LookoutSettings

extension Agent {
    /// Reads the configuration again, checks all of it, and only then puts it in force.
    ///
    /// A wrong file changes nothing: what is wrong is logged and shown in the status, and the agent
    /// goes on as it was.
    func reload() async {
        options.notifier.reloading(monotonic: system.timekeeper.now.monotonic)
        let result = options.loader.load(options.configurationPath)
        if let configuration = result.configuration {
            await adopt(configuration)
        } else {
            refuse(result.diagnostics.errors)
        }
        options.notifier.ready(status: await statusLine())
    }

    private func adopt(_ configuration: Configuration) async {
        let before = journal.current
        do {
            let checks = Set(configuration.checks.map(\.check.id))
            dispatcher.replace(configuration.receivers)
            try await keeper.reload(
                configuration.alertScope,
                routes: configuration.routes,
                policy: configuration.policy,
                at: system.timekeeper.now
            )
            await pipeline.replace(
                rules: configuration.rules,
                scope: configuration.ruleScope,
                checks: checks,
                selfWatch: SelfWatch(configuration.selfAlerts)
            )
            await pipeline.deepen(from: stores.samples, at: system.timekeeper.now.wall)
            scheduler.replace(configuration.scheduledChecks)
        } catch {
            dispatcher.replace(before.receivers)
            logger.error(
                "the new configuration could not be stored; the old one stays in force",
                metadata: ["error": "\(error)"]
            )
            journal.refuse("it could not be stored: \(error)")
            return
        }
        journal.adopt(configuration, at: system.timekeeper.now.wall)
        keep(configuration)
        connectivity.replace(configuration.connectivity)
        heartbeats.replace(configuration.heartbeats)
        upkeep.replace(configuration.receivers)
        if !before.keepsDeployments(as: configuration) {
            deployments.replace(AgentDeployments(configuration, of: self))
        }
        selfNews.raise()
        for key in before.settingsNeedingRestart(comparedTo: configuration) {
            logger.warning(
                "a changed setting takes effect at the next start",
                metadata: ["setting": "\(key)"]
            )
        }
        logger.notice(
            "configuration reloaded",
            metadata: [
                "checks": "\(configuration.checks.count)", "rules": "\(configuration.rules.rules.count)",
                "receivers": "\(configuration.receivers.count)",
            ]
        )
    }

    private func refuse(_ errors: [Diagnostic]) {
        log(errors)
        logger.error(
            "the configuration is wrong; the old one stays in force",
            metadata: ["path": "\(options.configurationPath)", "errors": "\(errors.count)"]
        )
        journal.refuse(errors.first?.rendered ?? "unknown")
        selfNews.raise()
    }

    func log(_ errors: [Diagnostic]) {
        for error in errors {
            logger.error("configuration error", metadata: ["error": "\(error.rendered)"])
        }
    }
}

extension Configuration {
    /// The keys whose change a running agent cannot follow.
    fileprivate func settingsNeedingRestart(comparedTo other: Configuration) -> [String] {
        var keys: [String] = []
        if dataDirectory != other.dataDirectory { keys.append("data_directory") }
        if listen != other.listen { keys.append("listen") }
        if limits.inFlight != other.limits.inFlight { keys.append("limits.in_flight") }
        if retention.samples != other.retention.samples { keys.append("retention.samples") }
        if log.level != other.log.level { keys.append("log.level") }
        if externalURL != other.externalURL { keys.append("external_url") }
        return keys
    }
}
