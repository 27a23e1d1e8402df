package import LookoutModel
package import LookoutStatistics

/// Judges what a deployment did: rules first, then statistics; a pass only by proof.
///
/// The verdict follows from the plan, the runs and the stored events, so that after a restart, and years later,
/// the same comes out.
package struct WatchJudge: Sendable {
    /// An alert counts once it has fired for so long.
    package static let confirmation: Duration = .seconds(60)

    package let plan: WatchPlan
    package private(set) var checks: [CheckID: CheckWatch] = [:]

    /// Takes all runs of the checks from the beginning of the baseline to the end of the switch.
    package init(plan: WatchPlan, before runs: [CheckID: [CheckSample]]) {
        self.plan = plan
        for watched in plan.checks {
            checks[watched.check] = CheckWatch(watched, plan: plan, before: runs[watched.check] ?? [])
        }
    }

    /// The judgement of runs that were kept.
    package init(plan: WatchPlan, runs: [CheckID: ComparedRuns]) {
        self.init(plan: plan, before: runs.mapValues(\.baseline))
        for (check, compared) in runs {
            for run in compared.window { observe(run, of: check) }
        }
    }

    /// Takes the next run of a check after the switch; those of other checks mean nothing.
    package mutating func observe(_ run: CheckSample, of check: CheckID) {
        checks[check]?.observe(run)
    }

    /// The verdict, once there is one: as soon as it is worse, otherwise when the watch is over.
    package func verdict(of deployment: Deployment, at now: Timestamp) -> WatchVerdict? {
        if let regression = regression(of: deployment, at: now) { return regression }
        guard now >= deployment.watch?.end ?? plan.end else { return nil }
        let detectable = ordered.map(\.detectableText)
        let doubts = doubts(about: deployment)
        guard doubts.isEmpty else {
            return WatchVerdict(.inconclusive, reasons: doubts, detectable: detectable)
        }
        return WatchVerdict(.pass, reasons: ordered.flatMap(\.proof), detectable: detectable)
    }

    /// The verdict that it is worse, if it is; this is cheap, and may be asked at every look.
    package func regression(of deployment: Deployment, at now: Timestamp) -> WatchVerdict? {
        let reasons = regressions(of: deployment, at: now)
        guard !reasons.isEmpty else { return nil }
        return WatchVerdict(.regressed, reasons: reasons, detectable: ordered.map(\.detectableText))
    }

    /// How matters stand, for those who look on: what speaks against the deployment up to now.
    package func concerns(about deployment: Deployment, at now: Timestamp) -> [WatchVerdict.Reason] {
        regressions(of: deployment, at: now) + doubts(about: deployment)
    }

    /// Whether every check has lately succeeded so many times in a row.
    package func isHealthy(successes count: Int) -> Bool {
        checks.values.allSatisfy { $0.successes >= count }
    }

    private var ordered: [CheckWatch] { checks.values.sorted { $0.check.check < $1.check.check } }

    private func regressions(of deployment: Deployment, at now: Timestamp) -> [WatchVerdict.Reason] {
        alertReasons(of: deployment, at: now) { alert, times, duration in
            guard alert.worst.isWorse(than: .minor), duration >= alert.needed else { return nil }
            return
                "\(alert.name) fires for \(Figures.duration(duration)) and did not before: \(alert.summary)"
        }
            + ordered.flatMap(\.regressionReasons)
            + ordered.compactMap { $0.pageRegression(limit: plan.pageLimit) }
            + IssueReasons.regressions(deployment.issues, since: plan.transition.lowerBound)
    }

    private func doubts(about deployment: Deployment) -> [WatchVerdict.Reason] {
        var doubts = alertReasons(of: deployment, at: plan.start) { alert, times, _ in
            if times.hasReturned { return "\(alert.name) was there before and fired again: \(alert.summary)" }
            return times.episodes.isEmpty ? nil : "\(alert.name) fired since the deployment: \(alert.summary)"
        }
        doubts += ordered.flatMap(\.doubts)
        doubts += ordered.compactMap { $0.pageDoubt(limit: plan.pageLimit) }
        doubts += IssueReasons.doubts(deployment.issues, since: plan.transition.lowerBound)
        doubts += CourseReasons.doubts(about: deployment)
        if plan.checks.isEmpty {
            doubts.append(WatchVerdict.Reason(kind: "data", text: "no check of the environment was compared"))
        }
        return doubts
    }

    /// What an alert is called, and how long it must go on.
    private struct AlertNews {
        let name: String
        let summary: String
        let worst: Severity
        let needed: Duration
    }

    private func alertReasons(
        of deployment: Deployment,
        at now: Timestamp,
        _ words: (AlertNews, AlertTimes, Duration) -> String?
    ) -> [WatchVerdict.Reason] {
        deployment.alerts.compactMap { alert in
            guard let times = deployment.alertTimes[AlertID(rule: alert.rule, labels: alert.labels)] else {
                return nil
            }
            let wasInSwitch = times.episodes.last.map { $0.since < plan.start } ?? false
            let news = AlertNews(
                name: "\"\(PlainText.line(alert.rule, atMost: 100))\"",
                summary: PlainText.line(alert.summary, atMost: 200),
                worst: times.worst ?? alert.severity,
                needed: wasInSwitch ? plan.switchOutage : Self.confirmation
            )
            let duration = times.longest(after: plan.start, at: now)
            guard let text = words(news, times, duration) else { return nil }
            let check = CheckID(alert.labels)
            return WatchVerdict.Reason(check: check, kind: "rule", text: text, severity: news.worst)
        }
    }
}

extension CheckID {
    /// The check that labels speak of; nil if they are about a whole environment.
    fileprivate init?(_ labels: Labels) {
        guard let environment = labels["environment"], let probe = labels["probe"] else { return nil }
        self.init(environment: environment, probe: probe)
    }
}
