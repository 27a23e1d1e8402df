import LookoutModel

/// What people say, and what they must know before they go on.
extension GateJudge {
    var trigger: GateReport.Finding {
        var draft = draft(.trigger)
        let trigger = facts.request.intent.trigger
        if trigger.allSatisfy(\.isWhitespace) {
            draft.object(
                "no reason is given",
                remedy: "give one with --trigger, in your words or one of these:"
            )
            draft.advise(DeployReason.allCases.map { "\($0.rawValue): \($0.text)" })
        } else {
            draft.note(DeployReason(rawValue: trigger)?.text ?? trigger)
        }
        return draft.finding
    }

    var emergencyReason: GateReport.Finding {
        guard isEmergency else { return skipped(.emergencyReason, "it is no emergency") }
        var draft = draft(.emergencyReason)
        let reason = facts.request.intent.reason
        if reason.allSatisfy(\.isWhitespace) {
            draft.object(
                "an emergency needs its reason: it goes into the record",
                remedy: "give it with --reason"
            )
        } else {
            draft.note(reason)
        }
        return draft.finding
    }

    var ownNetwork: GateReport.Finding {
        var draft = draft(.ownNetwork)
        if let outage = facts.outage { draft.doubt(outage.words) }
        return draft.finding
    }

    var noOtherDeployment: GateReport.Finding {
        guard let open = facts.openDeployments else {
            return skipped(.noOtherDeployment, "there is no record of deployments to look into")
        }
        var draft = draft(.noOtherDeployment)
        guard let ids = known(open, &draft) else { return draft.finding }
        let others = ids.filter { $0 != facts.request.deployment }
        if others.isEmpty { draft.note("none is open") }
        for id in others {
            draft.object(
                "the deployment \(id) is still open",
                remedy: "wait for its verdict, or finish it: lookout deploy finish \(id)"
            )
        }
        return draft.finding
    }

    /// How production is now: for people to know, and no reason not to mend it.
    var productionStatus: GateReport.Finding {
        var draft = draft(.productionStatus)
        let production = facts.production
        if let checks = known(production.checks, &draft) {
            if checks.isEmpty { draft.doubt("no check watches \(settings.production.name)") }
            for check in checks.sorted(by: { $0.check.id < $1.check.id }) { describe(check, &draft) }
        }
        if let alerts = known(production.alerts, &draft) {
            for alert in alerts where alert.isFiring {
                draft.note(
                    "fires since \(alert.since.rfc3339Seconds): \(alert.rule) (severity \(alert.severity.rawValue))"
                )
            }
        }
        for (part, side) in production.sides.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let deploys = (side.deploys.value ?? []).prefix(3)
            for deploy in deploys {
                let commit = deploy.commit.map { " of \($0.short)" } ?? ""
                draft.note(
                    "\(part.rawValue): \(deploy.id)\(commit) \(deploy.state.word), \(deploy.createdAt.rfc3339Seconds)"
                )
            }
        }
        draft.note("traffic: unknown, nothing that Lookout asks tells it")
        return draft.finding
    }

    private func describe(_ check: ObservedCheck, _ draft: inout FindingDraft) {
        guard let sample = check.newest else { return draft.doubt("\(check.check.id) has not run yet") }
        let version = sample.version.map { ", version \($0)" } ?? ""
        let words = "\(check.check.id): \(sample.outcome.message ?? "well")\(version)"
        if sample.outcome.isConclusive { draft.note(words) } else { draft.doubt(words) }
    }

    /// The items that people tick, a finding each.
    var checklist: [GateReport.Finding] {
        let ticks = Dictionary(facts.request.ticks.map { ($0.item, $0) }) { $0.at < $1.at ? $1 : $0 }
        return settings.gate.checklist.map { item in
            let criterion = GateCriterion.checklistPrefix + item.id
            if isEmergency, !item.inEmergency {
                let reason = PlainText.line(facts.request.intent.reason, atMost: 200)
                return .init(criterion, item.title, .skipped(reason: "emergency: \(reason)"))
            }
            var draft = FindingDraft(criterion, item.title)
            if let tick = ticks[item.id], !tick.by.allSatisfy(\.isWhitespace) {
                draft.note("\(tick.by), \(tick.at.rfc3339Seconds)")
            } else {
                let id = facts.request.deployment?.text ?? "ID"
                draft.object("nobody has ticked it", remedy: "lookout deploy tick \(id) \(item.id) --by NAME")
            }
            return draft.finding
        }
    }
}
