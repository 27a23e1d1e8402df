package import LookoutConfiguration
import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutRules

/// Every check once, now, without a schedule, a store or a receiver: what `lookout check` does.
package struct CheckRound: Sendable {
    private let configuration: Configuration
    private let checks: [ConfiguredCheck]

    /// - Parameters:
    ///   - configuration: what the checks are judged by.
    ///   - checks: the checks to run, a part of the configuration's.
    package init(configuration: Configuration, checks: [ConfiguredCheck]) {
        self.configuration = configuration
        self.checks = checks
    }

    /// Runs the checks, as many at once as the configuration allows, and judges the samples.
    package func report() async throws(AgentError) -> CheckReport {
        try await SystemResources.use { system in await report(system) }
    }

    private func report(_ system: SystemResources) async -> CheckReport {
        let samples = await samples(system)
        var engine = RuleEngine(rules: configuration.rules, scope: configuration.ruleScope)
        var round = RoundJudgements()
        var asked: [Sample] = []
        for configured in checks {
            guard let sample = samples[configured.check.id] else { continue }
            asked.append(sample)
            round.add(engine.observe(sample, of: configured.check, at: system.timekeeper.now))
        }
        return CheckReport(results: zip(asked, round.heard).map(CheckReport.Result.init))
    }

    private func samples(_ system: SystemResources) async -> [CheckID: Sample] {
        await withTaskGroup(of: Sample.self) { group in
            var samples: [CheckID: Sample] = [:]
            for (started, configured) in checks.enumerated() {
                if started >= configuration.limits.inFlight, let sample = await group.next() {
                    samples[sample.check] = sample
                }
                let context = ProbeContext(
                    transport: system.transport,
                    timekeeper: system.timekeeper,
                    timeout: configured.check.timeout
                )
                group.addTask {
                    await CheckRun(configured.check, probe: configured.probe, context: context).sample()
                }
            }
            for await sample in group { samples[sample.check] = sample }
            return samples
        }
    }
}

extension CheckReport.Result {
    init(_ sample: Sample, judgements: [Judgement]) {
        var findings: [CheckReport.Finding] = []
        var unjudged: [CheckReport.Unjudged] = []
        for judgement in judgements {
            switch judgement.outcome {
            case .holds(let severity):
                findings.append(
                    CheckReport.Finding(
                        rule: judgement.alert.rule,
                        severity: severity,
                        summary: judgement.texts.summary,
                        runbook: judgement.texts.runbook
                    )
                )
            case .error(let reason):
                unjudged.append(CheckReport.Unjudged(rule: judgement.alert.rule, reason: reason))
            case .clear, .noData, .hold: break
            }
        }
        self.init(
            sample: sample,
            findings: findings.sorted { $0.severity < $1.severity },
            unjudged: unjudged
        )
    }
}
