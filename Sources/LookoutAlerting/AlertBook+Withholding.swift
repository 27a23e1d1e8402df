import LookoutModel

/// What is kept from receivers for now, and why.
extension AlertBook {
    /// Why bad news of an alert is withheld now; nil if it is not.
    func withholding(of entry: Entry, at now: Moment, _ draft: AlertDraft) -> Withholding? {
        if let silence = silence(of: entry.alert, at: now.wall, draft) { return silence }
        if let maintenance = maintenance(of: entry.alert, at: now.wall, draft) { return maintenance }
        let scope = draft.scope ?? scope
        let own = entry.alert.id
        if let storm = scope.storms(over: own).first(where: { isUp($0, draft) }) {
            return .parent(rule: storm.rule)
        }
        let parents = entry.alert.parents.filter { $0 != own.rule }
            .map { (rule: $0, alerts: scope.alerts(of: $0, besides: own)) }
        for (rule, alerts) in parents where alerts.contains(where: { isUp($0, draft) }) {
            return .parent(rule: rule)
        }
        let waits =
            parents.flatMap { _, alerts in alerts.compactMap { wait(of: entry, for: $0, scope, draft) } }
            + scope.storms(over: own).compactMap { waitAfter($0, of: own, scope, draft) }
        return waits.filter { $0.until > now.monotonic }
            .max { ($0.until, $0.rule) < ($1.until, $1.rule) }
            .map { .verdict(rule: $0.rule, until: $0.until) }
    }

    /// The alerts that are withheld for a reason that may be over.
    func freed(after judgements: [Judgement], at now: Moment, _ draft: AlertDraft) -> [AlertID] {
        let withheld = currentlyWithheld(draft)
        guard !withheld.isEmpty else { return [] }
        let judged = Set(judgements.lazy.map(\.alert.rule))
        let ended = draft.endedRules
        return withheld.filter { $0.value.mayBeOver(afterJudging: judged, ending: ended, at: now) }.map(\.key)
    }

    /// Notes why something is withheld, or that it is not.
    func mark(_ reason: Withholding?, for id: AlertID, in draft: inout AlertDraft) {
        if reason == nil, draft.withheld[id] == nil, withheld.isEmpty || withheld[id] == nil { return }
        draft.withheld.updateValue(reason, forKey: id)
    }

    private func silence(of alert: Alert, at now: Timestamp, _ draft: AlertDraft) -> Withholding? {
        let spent = draft.spent ?? spentSilences
        return (draft.silences ?? silences)
            .filter { $0.isInForce(at: now) && !spent.contains($0.id) && $0.matches(alert) }
            .max { ($0.endsAt, $0.id) < ($1.endsAt, $1.id) }
            .map { .silence(id: $0.id, until: $0.endsAt) }
    }

    private func maintenance(of alert: Alert, at now: Timestamp, _ draft: AlertDraft) -> Withholding? {
        (draft.policy ?? policy).maintenance
            .filter { $0.isInForce(at: now) && $0.matches(alert) }
            .map { (name: $0.name, until: $0.windows.end(after: now)) }
            .max { ($0.until, $0.name) < ($1.until, $1.name) }
            .map { .maintenance(name: $0.name, until: $0.until) }
    }

    private func isUp(_ id: AlertID, _ draft: AlertDraft) -> Bool {
        entry(id, draft)?.alert.state.isUp == true
    }

    /// For whose verdict an alert waits before it is told, and until when at most; nil if for none.
    ///
    /// A fault that both rules see is seen by one of them first. So the parent gets one interval from the
    /// alert's first sign on to say whether it explains it (a parent that was judged since and had no data
    /// does not); and once the parent is over, the alert itself gets one interval to be over too.
    private func wait(
        of entry: Entry,
        for parent: AlertID,
        _ scope: AlertScope,
        _ draft: AlertDraft
    ) -> (rule: String, until: Duration)? {
        if let began = entry.newsSince, let interval = scope.alerts[parent],
            verdict(parent, draft).judgedAt.map({ $0 < began }) ?? true
        {
            return (parent.rule, began + interval)
        }
        return waitAfter(parent, of: entry.alert.id, scope, draft)
    }

    /// How long an alert that another explained, which is over, has to be over too.
    private func waitAfter(
        _ parent: AlertID,
        of own: AlertID,
        _ scope: AlertScope,
        _ draft: AlertDraft
    ) -> (rule: String, until: Duration)? {
        guard let ended = verdict(parent, draft).endedAt, let interval = scope.alerts[own],
            verdict(own, draft).at.map({ $0 < ended }) ?? true
        else { return nil }
        return (own.rule, ended + interval)
    }

    private func currentlyWithheld(_ draft: AlertDraft) -> [AlertID: Withholding] {
        guard !draft.withheld.isEmpty else { return withheld }
        var current = withheld
        for (id, reason) in draft.withheld { current[id] = reason }
        return current
    }
}
