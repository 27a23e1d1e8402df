import LookoutModel
import LookoutStatistics

/// What staging's own checks and alerts said over the window.
extension GateJudge {
    /// Every check: enough runs, none failed, and one just now.
    var stagingHealthy: GateReport.Finding {
        var draft = draft(.stagingHealthy)
        guard let staging = observed(facts.staging, &draft), let runs = known(staging.runs, &draft),
            let checks = known(staging.checks, &draft)
        else { return draft.finding }
        if checks.isEmpty {
            draft.doubt("no check watches it", remedy: "add probes for it under `probes`")
        }
        for check in checks.sorted(by: { $0.check.id < $1.check.id }) {
            judge(CheckWindow(check, runs: runs[check.check.id] ?? [], facts: facts), &draft)
        }
        return draft.finding
    }

    private func judge(_ window: CheckWindow, _ draft: inout FindingDraft) {
        let name = window.name
        if let last = window.lastFailure {
            draft.object(
                "\(name) failed \(window.failures) of \(window.count) runs, last at \(last.rfc3339Seconds)",
                remedy:
                    "find out why, mend it, and wait until it was well for \(settings.gate.window.plainText)"
            )
        }
        if let word = window.newestTrouble { draft.doubt("\(name): the newest run says nothing: \(word)") }
        if window.coverage < settings.gate.coverage {
            let share = Int((settings.gate.coverage * 100).rounded())
            draft.doubt(
                "\(name) ran \(window.count) of \(window.expected) times, \(share) % are needed",
                remedy: "let Lookout run until the window is covered"
            )
        } else if let age = window.overdue {
            draft.doubt("\(name) ran last \(age.plainText) ago; it runs every \(window.interval.plainText)")
        } else if window.lastFailure == nil, window.newestTrouble == nil {
            draft.note("\(name): \(window.count) runs, all well")
        }
    }

    /// Alerts, and checks that changed between well and failed.
    var stagingStable: GateReport.Finding {
        var draft = draft(.stagingStable)
        guard let staging = observed(facts.staging, &draft) else { return draft.finding }
        if let alerts = known(staging.alerts, &draft) {
            for alert in alerts.sorted(by: { ($0.severity, $0.rule) < ($1.severity, $1.rule) }) {
                let words = "\(alert.rule) (severity \(alert.severity.rawValue)): \(alert.summary)"
                draft.object(
                    alert.isFiring
                        ? "\(words), fires since \(alert.since.rfc3339Seconds)"
                        : "\(words), fired at \(alert.since.rfc3339Seconds) and is over"
                )
            }
            if alerts.isEmpty { draft.note("no alert fired") }
        }
        if let runs = known(staging.runs, &draft) {
            for (check, samples) in runs.sorted(by: { $0.key < $1.key }) {
                let changes = CheckWindow.changes(in: samples)
                if changes >= 2 { draft.object("\(check) changed \(changes) times between well and failed") }
            }
        }
        return draft.finding
    }

    /// The newest run of each check of a type.
    func newestRuns(_ criterion: GateCriterion, type: String) -> GateReport.Finding {
        var draft = draft(criterion)
        guard let staging = observed(facts.staging, &draft), let checks = known(staging.checks, &draft) else {
            return draft.finding
        }
        let matching = checks.filter { $0.check.type == type }
        if matching.isEmpty {
            draft.doubt("no check of type \(type) watches it", remedy: "add a probe with `\(type):`")
        }
        for check in matching { judgeNewest(check, &draft) }
        return draft.finding
    }

    /// The newest runs of the pages, and how long nineteen of twenty took.
    var stagingPages: GateReport.Finding {
        var draft = draft(.stagingPages)
        guard let staging = observed(facts.staging, &draft), let checks = known(staging.checks, &draft),
            let runs = known(staging.runs, &draft)
        else { return draft.finding }
        let pages = checks.filter { $0.check.type == "page" }
        if pages.isEmpty {
            draft.doubt("no check of type page watches it", remedy: "add a probe with `page:`")
        }
        let limit = settings.watch.pageLimit.inSeconds
        for page in pages {
            judgeNewest(page, &draft)
            let times = (runs[page.check.id] ?? []).compactMap(\.seconds).sorted()
            guard !times.isEmpty else {
                draft.doubt("\(page.check.id): no load was timed within the window")
                continue
            }
            let p95 = times[min(times.count - 1, (times.count * 95 + 99) / 100 - 1)]
            let words =
                "\(page.check.id): 95 % of \(times.count) loads took at most \(Duration.hundredths(p95)) s"
            if p95 < limit {
                draft.note("\(words); no browser ran")
            } else {
                draft.object("\(words), the limit is \(settings.watch.pageLimit.plainText)")
            }
        }
        return draft.finding
    }

    private func judgeNewest(_ check: ObservedCheck, _ draft: inout FindingDraft) {
        let window = CheckWindow(check, runs: [], facts: facts)
        guard let sample = check.newest else { return draft.doubt("\(window.name) has not run yet") }
        switch sample.outcome {
        case .ok:
            if let age = window.overdue {
                draft.doubt("\(window.name) ran last \(age.plainText) ago")
            } else {
                draft.note("\(window.name): well at \(sample.startedAt.rfc3339Seconds)")
            }
        case .failed(let failure): draft.object("\(window.name): \(failure.message)")
        case .error(let reason), .inconclusive(let reason): draft.doubt("\(window.name): \(reason)")
        }
    }
}

extension GateJudge {
    /// The environment, or the doubt that there is none.
    func observed(
        _ surroundings: GateFacts.Surroundings?,
        _ draft: inout FindingDraft
    ) -> GateFacts.Surroundings? {
        if surroundings == nil {
            draft.doubt("no staging environment is configured", remedy: "describe it as deployments.staging")
        }
        return surroundings
    }

    /// The value, or the doubt that it is not there.
    func known<Value>(_ value: Known<Value>, _ draft: inout FindingDraft) -> Value? {
        switch value {
        case .known(let value, _): return value
        case .unknown(let failure):
            draft.doubt(failure)
            return nil
        }
    }
}
