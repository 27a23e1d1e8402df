import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutStorage

/// How the agent looks at itself, and what it makes of that.
extension Agent {
    /// What was given up longer ago than this is no news any more.
    private static let deadNoticeMemory = Duration.seconds(3600)
    /// The scheduler's loop may be so late.
    private static let longestDelay = Duration.seconds(15)
    /// The service manager is told that the agent works if all of it has worked within this time.
    private static let watchdogPeriod = Duration.seconds(60)

    /// Looks every ten seconds, and at once when there is news; until cancelled.
    func examineItself() async throws {
        var settings = journal.current.selfAlerts
        var watch = SelfWatch(settings)
        while true {
            let seen = selfNews.generation
            let configuration = journal.current
            if configuration.selfAlerts != settings {
                settings = configuration.selfAlerts
                watch = SelfWatch(settings)
            }
            let unwritten = await takeVitalSigns()
            let unread = await audit(configuration)
            examination.noteStorage(unwritten ?? unread, at: system.timekeeper.now.monotonic)
            await makeTestMessages(configuration)
            let facts = await selfFacts(configuration)
            let open = await keeper.current.lazy
                .filter { $0.state != .resolved && $0.id.rule.hasPrefix(SelfRule.reservedPrefix) }
                .map(\.id)
            let now = system.timekeeper.now
            let judgements = watch.judgements(on: facts, upholding: open, at: now)
            if !judgements.isEmpty { await keeper.observe(judgements, at: now) }
            try await waitForNews(beyond: seen, atMost: SelfWatch.interval)
        }
    }

    /// Lets the keeper know which receivers are broken, so that others are told in their place.
    func watchReceivers() async {
        var known: Set<String> = []
        while !Task.isCancelled {
            let seen = dispatcher.healthSignal.generation
            let broken = Set(brokenReceivers.map(\.name))
            if broken != known {
                do {
                    try await keeper.note(broken: broken, at: system.timekeeper.now)
                    known = broken
                    selfNews.raise()
                } catch {
                    logger.error("who is told instead could not be stored", metadata: ["error": "\(error)"])
                }
            }
            await dispatcher.healthSignal.wait(beyond: seen)
        }
    }

    /// Whether the agent does its work, as far as a restart could mend it if it did not.
    func isWorking() async -> Bool {
        let now = system.timekeeper.now
        return scheduler.overdue < Self.longestDelay
            && health(at: now.wall).isWorking(within: Self.watchdogPeriod, at: now.monotonic)
    }

    /// How the agent fares, as heartbeats tell it.
    func health(at now: Timestamp) -> AgentHealth {
        examination.health(isOffline: connectivity.knownOutage != nil, at: now)
    }

    /// Why nothing can be written; nil if it can.
    private func takeVitalSigns() async -> String? {
        let clock = system.timekeeper
        let delay = scheduler.overdue
        examination.note(
            .scheduling,
            delay < Self.longestDelay ? nil : "the schedule is \(delay.components.seconds) s late",
            at: clock.now.monotonic
        )
        // Both owners must answer: of the rules, and of the alerts through the loop that writes them.
        _ = await pipeline.statistics
        await keeper.observe([], at: clock.now)
        examination.note(.evaluation, nil, at: clock.now.monotonic)
        var trouble = await keeper.trouble
        do {
            try await stores.alerts.proveCommit(at: clock.now.wall)
        } catch {
            trouble = trouble ?? "\(error)"
        }
        examination.note(.commit, trouble, at: clock.now.monotonic)
        return trouble
    }

    /// Why what was written cannot be read; nil if it can.
    private func audit(_ configuration: Configuration) async -> String? {
        let now = system.timekeeper.now
        let ledger: AuditLedger
        do {
            ledger = try await stores.audit.ledger(deadSince: now.wall - Self.deadNoticeMemory)
        } catch {
            let trouble = "\(error)"
            examination.note(.commit, trouble, at: now.monotonic)
            return trouble
        }
        var excused = Set(await keeper.withheld.keys)
        for alert in await keeper.current
        where alert.state.isActive && configuration.routes.receivers(for: alert, at: now.wall).isEmpty {
            excused.insert(alert.key)
        }
        for finding in examination.note(ledger, excused: excused, at: now.monotonic) {
            logger.error(
                "an alert fires and was not told as it should have been; this is a fault of Lookout",
                metadata: [
                    "alert": "\(finding.alert)", "rule": "\(finding.rule)",
                    "episode": "\(finding.episode)", "severity": "\(finding.severity.rawValue)",
                    "error": "\(finding.kind.rawValue)",
                ]
            )
        }
        return nil
    }

    private func selfFacts(_ configuration: Configuration) async -> SelfFacts {
        let now = system.timekeeper.now.monotonic
        let pulses = await pipeline.pulses
        var facts = SelfFacts()
        facts.pulses = configuration.checks.map { configured in
            let check = configured.check
            return pulses[check.id]
                ?? SelfFacts.Pulse(
                    check: check.id,
                    interval: check.interval,
                    longestRun: check.timeout * check.attempts
                )
        }
        facts.ruleTroubles = await ruleTroubles()
        let broken = brokenReceivers
        let onlyEars = configuration.onlyEars(among: Set(broken.map(\.name)), at: system.timekeeper.now.wall)
        facts.brokenReceivers = broken.map { receiver in
            var receiver = receiver
            receiver.isOnlyEar = onlyEars.contains(receiver.name)
            return receiver
        }
        let names = Set(configuration.receivers.map(\.name))
        facts.deadNotices = examination.ledger.dead.filter { names.contains($0.receiver) }
        facts.refusedConfiguration = journal.status.reloadError
        facts.outage = connectivity.knownOutage
        facts.storageTroubles[.history] = recorder.statistics.trouble
        facts.storageTroubles[.alerts] = examination.storageTrouble(at: now)
        facts.storms = await pipeline.currentStorms
        return facts
    }

    /// One for each rule and environment, however many checks it fails on.
    private func ruleTroubles() async -> [SelfFacts.RuleTrouble] {
        let errors = await pipeline.currentRuleErrors.map { alert, reason in
            SelfFacts.RuleTrouble(
                rule: alert.rule,
                environment: alert.labels["environment"] ?? "",
                reason: reason
            )
        }
        let groups = Dictionary(grouping: errors) { [$0.rule, $0.environment] }
        return groups.values.compactMap { group in group.min { $0.reason < $1.reason } }
            .sorted { ($0.rule, $0.environment) < ($1.rule, $1.environment) }
    }

    var brokenReceivers: [SelfFacts.BrokenReceiver] {
        dispatcher.health.compactMap { name, health in
            guard case .broken(let since, let reason) = health else { return nil }
            return SelfFacts.BrokenReceiver(name: name, since: since, reason: reason)
        }.sorted { $0.name < $1.name }
    }

    /// Waits for news, or for a time.
    func waitForNews(beyond seen: UInt64, atMost pause: Duration) async throws {
        let (news, timekeeper) = (selfNews, system.timekeeper)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await news.wait(beyond: seen) }
            group.addTask { try? await timekeeper.sleep(for: pause) }
            await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
