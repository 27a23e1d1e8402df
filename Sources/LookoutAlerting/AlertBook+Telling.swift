package import LookoutModel

/// Who has to be told what, and what is withheld from them for now.
extension AlertBook {
    /// Works out what the mere passing of time changes: silences that end, waits that are over.
    package func plan(at now: Moment, into draft: inout AlertDraft) {
        draft.endedRules = []
        look(at: [], after: [], at: now, into: &draft)
    }

    /// When time alone may change something, on the monotonic clock; nil if it cannot.
    package func nextLook(after now: Moment) -> Duration? {
        withheld.values.compactMap { $0.end(seenFrom: now) }.min()
    }

    /// Tells of alerts that were touched, and of those withheld ones whose reason may have ended, either
    /// by judgements or by time.
    func look(
        at touched: [AlertID],
        after judgements: [Judgement],
        at now: Moment,
        into draft: inout AlertDraft
    ) {
        if isUnread, !draft.hasReadAll {
            lookAtAll(at: now, into: &draft)
            return
        }
        for id in touched { tell(id, at: now, into: &draft) }
        let withheld = currentlyWithheld(draft)
        guard !withheld.isEmpty else { return }
        let judged = Set(judgements.lazy.map(\.alert.rule))
        let ended = draft.endedRules
        let others = withheld.filter { $0.value.mayBeOver(afterJudging: judged, ending: ended, at: now) }.keys
            .compactMap { entry($0, draft)?.alert }
            .sorted { $0.key < $1.key }
        for alert in others { tell(alert.id, at: now, into: &draft) }
    }

    func lookAtAll(at now: Moment, into draft: inout AlertDraft) {
        draft.hasReadAll = true
        for entry in present(draft) { tell(entry.alert.id, at: now, into: &draft) }
    }

    /// Tells receivers what they do not know of an alert, unless that is withheld.
    private func tell(_ id: AlertID, at now: Moment, into draft: inout AlertDraft) {
        guard var entry = entry(id, draft) else {
            mark(nil, for: id, in: &draft)
            return
        }
        let news = entry.alert.news(for: draft.routes ?? routes)
        var reason: Withholding?
        if news.contains(where: \.kind.isBad) {
            entry.newsSince = entry.newsSince ?? now.monotonic
            reason = withholding(of: entry, at: now, draft)
        }
        mark(reason, for: id, in: &draft)
        guard !news.isEmpty else { return }
        let toTell = news.filter { reason == nil || !$0.kind.isBad }
        for (receiver, _) in toTell { entry.alert.markTold(receiver) }
        draft.entries.updateValue(entry, forKey: id)
        guard !toTell.isEmpty else { return }
        draft.markChanged(id)
        var randomness = draft.randomness ?? randomness
        for (receiver, kind) in toTell {
            draft.record(
                Notice(
                    id: NoticeID(at: now.wall, using: &randomness),
                    receiver: receiver,
                    kind: kind,
                    alert: entry.alert,
                    createdAt: now.wall
                )
            )
        }
        draft.randomness = randomness
    }

    /// Why bad news of an alert is withheld now; nil if it is not.
    private func withholding(of entry: Entry, at now: Moment, _ draft: AlertDraft) -> Withholding? {
        let silences = (draft.silences ?? silences)
            .filter { $0.isInForce(at: now.wall) && $0.matches(entry.alert) }
        if let last = silences.max(by: { ($0.endsAt, $0.id) < ($1.endsAt, $1.id) }) {
            return .silence(id: last.id, until: last.endsAt)
        }
        let scope = draft.scope ?? scope
        let own = entry.alert.id
        let parents = entry.alert.parents.filter { $0 != own.rule }
            .map { (rule: $0, alerts: scope.alerts(of: $0, besides: own)) }
        for (rule, alerts) in parents
        where alerts.contains(where: { self.entry($0, draft)?.alert.state.isUp == true }) {
            return .parent(rule: rule)
        }
        return parents.flatMap { _, alerts in alerts.compactMap { wait(of: entry, for: $0, scope, draft) } }
            .filter { $0.until > now.monotonic }
            .max { ($0.until, $0.rule) < ($1.until, $1.rule) }
            .map { .verdict(rule: $0.rule, until: $0.until) }
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
        let verdict = verdict(parent, draft)
        if let began = entry.newsSince, let interval = scope.alerts[parent],
            verdict.judgedAt.map({ $0 < began }) ?? true
        {
            return (parent.rule, began + interval)
        }
        let own = entry.alert.id
        if let ended = verdict.endedAt, let interval = scope.alerts[own],
            self.verdict(own, draft).at.map({ $0 < ended }) ?? true
        {
            return (own.rule, ended + interval)
        }
        return nil
    }

    private func currentlyWithheld(_ draft: AlertDraft) -> [AlertID: Withholding] {
        guard !draft.withheld.isEmpty else { return withheld }
        var current = withheld
        for (id, reason) in draft.withheld { current[id] = reason }
        return current
    }

    /// Notes why something is withheld, or that it is not.
    private func mark(_ reason: Withholding?, for id: AlertID, in draft: inout AlertDraft) {
        if reason == nil, draft.withheld[id] == nil, withheld.isEmpty || withheld[id] == nil { return }
        draft.withheld.updateValue(reason, forKey: id)
    }
}
