import LookoutModel

/// Says of every criterion whether it is met, by facts alone.
///
/// Go only by proof: what is missing, late or not understood is unknown, and unknown blocks until a person goes on
/// by name and reason. Overrides that do not count are not in the report, and the finding says why.
package struct GateJudge: Sendable {
    let facts: GateFacts

    package init(_ facts: GateFacts) {
        self.facts = facts
    }

    var settings: DeploymentSettings { facts.settings }
    var isEmergency: Bool { facts.request.intent.isEmergency }

    /// Every criterion and every item of the checklist, in the order in which people read them.
    package func report() -> GateReport {
        var findings = GateCriterion.allCases.map(finding) + checklist
        let candidates = Self.newest(facts.request.overrides)
        var accepted: [GateReport.Override] = []
        for override in candidates {
            let index = findings.firstIndex { $0.criterion == override.criterion }
            let refusal = GateCriterion.refusal(of: override, for: index.map { findings[$0].verdict })
            guard let refusal else {
                accepted.append(override)
                continue
            }
            guard let index else { continue }
            let name = PlainText.line(override.by, atMost: 80)
            findings[index].evidence.append("the override by \(name) does not count: \(refusal)")
        }
        return GateReport(
            at: facts.now,
            environment: settings.production.name,
            isEmergency: isEmergency,
            candidate: facts.code.candidate.value,
            main: facts.code.main.value,
            backupBranch: backupBranches.first,
            findings: findings,
            overrides: accepted
        )
    }

    private func finding(of criterion: GateCriterion) -> GateReport.Finding {
        if isEmergency, !criterion.isAskedInEmergency {
            return .init(
                criterion.rawValue,
                title(of: criterion),
                .skipped(reason: "emergency: \(PlainText.line(facts.request.intent.reason, atMost: 200))")
            )
        }
        return judged(criterion)
    }

    private func judged(_ criterion: GateCriterion) -> GateReport.Finding {
        switch criterion {
        case .trigger: trigger
        case .emergencyReason: emergencyReason
        case .ownNetwork: ownNetwork
        case .noOtherDeployment: noOtherDeployment
        case .productionStatus: productionStatus
        case .stagingHealthy: stagingHealthy
        case .stagingStable: stagingStable
        case .stagingServices: stagingServices
        case .stagingCORS: newestRuns(.stagingCORS, type: "cors")
        case .stagingWebSocket: newestRuns(.stagingWebSocket, type: "websocket")
        case .stagingPages: stagingPages
        case .stagingMarkers: stagingMarkers
        case .stagingBuild: stagingBuild
        case .healthTimestamps: healthTimestamps
        case .variablesStaging: variables(.variablesStaging, settings.staging, facts.staging)
        case .variablesProduction: variables(.variablesProduction, settings.production, facts.production)
        case .variableParity: variableParity
        case .originsStaging: origins(.originsStaging, settings.staging, facts.staging)
        case .originsProduction: origins(.originsProduction, settings.production, facts.production)
        case .databaseHealthy: databaseHealthy
        case .databaseBackup: databaseBackup
        case .migrationsStaging: migrationsStaging
        case .migrationsProduction: migrationsProduction
        case .changes: changes
        case .hotfixesMerged: hotfixesMerged
        case .reviews: reviews
        case .commitChecks: commitChecks
        case .backupBranch: backupBranch
        case .deployPath: deployPath
        case .deployIdle: deployIdle
        case .configurationCurrent: configurationCurrent
        case .accessGitHub: access(.accessGitHub, "github")
        case .accessNetlify: access(.accessNetlify, "netlify")
        case .accessRender: access(.accessRender, "render")
        case .accessSupabase: access(.accessSupabase, "supabase")
        case .accessSentry: access(.accessSentry, "sentry")
        case .providerIncidents: providerIncidents
        case .rollbackPlan: rollbackPlan
        case .rollbackRehearsed: rollbackRehearsed
        }
    }

    /// The last word of every person on a criterion.
    private static func newest(_ overrides: [GateReport.Override]) -> [GateReport.Override] {
        var seen: Set<String> = []
        return overrides.reversed().filter { seen.insert($0.criterion).inserted }.reversed()
    }
}

extension GateJudge {
    func draft(_ criterion: GateCriterion) -> FindingDraft {
        FindingDraft(criterion, title(of: criterion))
    }

    func skipped(_ criterion: GateCriterion, _ reason: String) -> GateReport.Finding {
        FindingDraft.skipped(criterion, title(of: criterion), reason)
    }
}
