import LookoutModel
import LookoutStatistics

/// The words for what a check's runs came to, each with the numbers that it rests on.
extension CheckWatch {
    var regressionReasons: [WatchVerdict.Reason] {
        var reasons: [WatchVerdict.Reason] = []
        if let outageAt {
            let text = "failed \(ConsecutiveFailures().required) times in a row by \(outageAt.rfc3339Seconds)"
            reasons.append(reason("failures", text + ", and did not before"))
        }
        guard !regressions.isEmpty else { return reasons }
        let findings = comparison.findings()
        for test in ComparisonTest.allCases where regressions.contains(test) {
            reasons.append(reason(test.rawValue, text(of: test, findings)))
        }
        return reasons
    }

    var doubts: [WatchVerdict.Reason] {
        let findings = comparison.findings()
        // It is no worse, but nobody can say that the deployment is good.
        let old = isFailing ? [reason("failures", "fails now, as it did before the deployment")] : []
        guard case .inconclusive(let reasons) = findings.verdict else { return old }
        return old + reasons.map { reason($0.kind, words(of: $0, findings)) }
    }

    /// What a pass rests on.
    var proof: [WatchVerdict.Reason] {
        let findings = comparison.findings()
        var text =
            "latency is at most ×\(Figures.text(findings.latency.ratio?.upper ?? .infinity, digits: 2))"
        text += " of before (tolerated ×\(Figures.text(check.policy.latencyTolerance, digits: 2)))"
        let tolerated = findings.failures.nullRatio + check.policy.failureTolerance
        text += ", failures at most \(Figures.percent(findings.failures.upperBound))"
        text += " (tolerated \(Figures.percent(tolerated)))"
        text += "; \(findings.failures.count) runs against \(findings.failures.baselineCount)"
        if check.placebos > 0 {
            text += "; \(check.placeboAlarms) of \(check.placebos) placebo windows would have alarmed"
        }
        return [reason("proof", text)]
    }

    var detectableText: String {
        let findings = comparison.findings()
        func figure(_ ratio: Double?, _ words: (Double) -> String) -> String { ratio.map(words) ?? "none" }
        let slowdown = figure(findings.latency.smallestDetectableRatio) { "×\(Figures.text($0, digits: 2))" }
        let failures = figure(findings.failures.smallestDetectableRatio, Figures.percent)
        let tail = figure(findings.tail.smallestDetectableRatio, Figures.percent)
        return "\(check.check): slowdown \(slowdown), failures \(failures), slow runs \(tail)"
    }

    /// Half of the loads are over the limit, and were not before.
    func pageRegression(limit: Duration) -> WatchVerdict.Reason? {
        let slow = pageSeconds.count { $0 > limit.inSeconds }
        guard let now = pageNow, let before = pageBefore, before <= limit.inSeconds,
            slow * 2 > pageSeconds.count
        else { return nil }
        return reason("page", pageText(now, before, limit))
    }

    /// The limit is not shown to be kept.
    func pageDoubt(limit: Duration) -> WatchVerdict.Reason? {
        guard check.isPage else { return nil }
        guard let now = pageNow else {
            return reason(
                "page",
                "the page was loaded \(pageSeconds.count) times, too few to speak of its time"
            )
        }
        return now <= limit.inSeconds ? nil : reason("page", pageText(now, pageBefore, limit))
    }

    private func pageText(_ now: Double, _ before: Double?, _ limit: Duration) -> String {
        let past = before.map { ", before \(Figures.seconds($0))" } ?? ""
        return "95 % of the loads take up to \(Figures.seconds(now))\(past);"
            + " the limit is \(Figures.seconds(limit.inSeconds))"
    }

    private func text(of test: ComparisonTest, _ findings: CheckFindings) -> String {
        let needed = Figures.text(check.policy.alarmThreshold, digits: 2)
        func evidence(_ peak: Double) -> String { "ln E \(Figures.text(peak, digits: 2)) of \(needed)" }
        switch test {
        case .latency:
            let ratio = findings.latency.ratio.map {
                let (low, high) = (Figures.text($0.lower, digits: 2), Figures.text($0.upper, digits: 2))
                return "×\(Figures.text($0.estimate, digits: 2)) (\(low)–\(high))"
            }
            return "slower by \(ratio ?? "an unknown factor"), \(evidence(findings.latency.peak)),"
                + " \(findings.latency.count) latencies against \(findings.latency.baselineCount)"
        case .failures:
            let failures = findings.failures
            return "\(failures.failures) of \(failures.count) runs failed,"
                + " before \(failures.baselineFailures) of \(failures.baselineCount), \(evidence(failures.peak))"
        case .tail:
            let tail = findings.tail
            return "\(tail.exceedances) of \(tail.count) runs took longer than"
                + " \(Figures.seconds(tail.threshold ?? .infinity)), \(evidence(tail.peak))"
        }
    }

    private func words(of doubt: ComparisonVerdict.Reason, _ findings: CheckFindings) -> String {
        switch doubt {
        case .shortBaseline(let count, let required):
            "only \(count) latencies are known from before, \(required) are needed"
        case .fewRuns(let count, let required):
            "only \(count) runs since the deployment, \(required) are needed"
        case .fewLatencies(let count, let required):
            "only \(count) latencies since the deployment, \(required) are needed"
        case .latencyBound(let bound, let tolerated):
            "latency may be as much as ×\(Figures.text(bound, digits: 2)) of before,"
                + " ×\(Figures.text(tolerated, digits: 2)) is tolerated"
        case .failureBound(let bound, let tolerated):
            "as many as \(Figures.percent(bound)) of the runs may fail, \(Figures.percent(tolerated)) is tolerated"
        case .singleBurst: "failures came in a single burst that is over: \(text(of: .failures, findings))"
        case .suspect(let test, _): "suspect: \(text(of: test, findings))"
        }
    }

    private func reason(_ kind: String, _ text: String) -> WatchVerdict.Reason {
        WatchVerdict.Reason(check: check.check, kind: kind, text: "\(check.check): \(text)")
    }
}

extension ComparisonVerdict.Reason {
    fileprivate var kind: String {
        switch self {
        case .shortBaseline, .fewRuns, .fewLatencies: "data"
        case .latencyBound: "latency"
        case .failureBound, .singleBurst: "failures"
        case .suspect(let test, _): test.rawValue
        }
    }
}
