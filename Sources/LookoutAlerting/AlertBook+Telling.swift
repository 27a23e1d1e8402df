package import LookoutModel

/// Who has to be told what.
extension AlertBook {
    /// Works out what the mere passing of time changes: silences that end, waits that are over, reminders.
    package func plan(at now: Moment, into draft: inout AlertDraft) {
        begin(at: now, in: &draft)
        look(at: [], after: [], at: now, into: &draft)
    }

    /// When time alone may change something, on the monotonic clock; nil if it cannot.
    package func nextLook(after now: Moment) -> Duration? {
        (withheld.values.map { $0.end(seenFrom: now) } + [nextDue]).compactMap(\.self).min()
    }

    /// Begins a step of its own within a draft.
    func begin(at now: Moment, in draft: inout AlertDraft) {
        draft.endedRules = []
        if start == nil, draft.start == nil { draft.start = now }
    }

    /// Tells of alerts that were touched, of those withheld whose reason may have ended, either by judgements
    /// or by time, and of those whose own time has come.
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
        let others = Set(freed(after: judgements, at: now, draft)).union(due(at: now, &draft))
        guard !others.isEmpty else { return }
        let alerts = others.compactMap { entry($0, draft)?.alert }.sorted { $0.key < $1.key }
        for alert in alerts { tell(alert.id, at: now, into: &draft) }
    }

    /// Looks at every alert, for the first time since they were loaded or since what holds for all changed.
    func lookAtAll(at now: Moment, into draft: inout AlertDraft) {
        if isUnread, !draft.hasReadAll { settleClocks(at: now, into: &draft) }
        draft.hasReadAll = true
        for entry in present(draft) { tell(entry.alert.id, at: now, into: &draft) }
    }

    /// Waits of an earlier run are measured on a clock that may have been wrong: none may reach further.
    private func settleClocks(at now: Moment, into draft: inout AlertDraft) {
        let steady = time(now, draft).steady
        draft.spent = spent(in: draft)
        for var entry in present(draft) where !entry.alert.told.isEmpty {
            entry.alert.told = entry.alert.told.mapValues { $0.clamped(to: steady) }
            draft.entries.updateValue(entry, forKey: entry.alert.id)
        }
    }

    /// Tells receivers what they do not know of an alert, unless that is withheld.
    private func tell(_ id: AlertID, at now: Moment, into draft: inout AlertDraft) {
        guard var entry = entry(id, draft) else {
            mark(nil, for: id, in: &draft)
            setDue(nil, for: id, in: &draft)
            return
        }
        let routes = draft.routes ?? routes
        let reminders = (draft.policy ?? policy).reminders
        let time = time(now, draft)
        let news = entry.alert.news(for: routes, reminders, isFresh: entry.isFresh, at: time)
        var reason: Withholding?
        if news.contains(where: \.kind.isBad) {
            if news.contains(where: { $0.kind.isBad && $0.kind != .reminder }) {
                entry.newsSince = entry.newsSince ?? now.monotonic
            }
            reason = withholding(of: entry, at: now, draft)
        }
        mark(reason, for: id, in: &draft)
        let silent = entry.alert.silentEnds(for: routes)
        for receiver in silent { entry.alert.markTold(receiver, at: time.steady) }
        let toTell = news.filter { reason == nil || !$0.kind.isBad }
        for (receiver, _) in toTell { entry.alert.markTold(receiver, at: time.steady) }
        let wait = entry.alert.nextNews(for: routes, reminders, isFresh: entry.isFresh, at: time)
        setDue(wait.map { now.monotonic + $0 }, for: id, in: &draft)
        guard !news.isEmpty || !silent.isEmpty else { return }
        draft.entries.updateValue(entry, forKey: id)
        guard !toTell.isEmpty || !silent.isEmpty else { return }
        draft.markChanged(id)
        record(toTell, of: entry.alert, at: now, into: &draft)
    }

    private func record(
        _ news: [(receiver: String, kind: Notice.Kind)],
        of alert: Alert,
        at now: Moment,
        into draft: inout AlertDraft
    ) {
        var randomness = draft.randomness ?? randomness
        for (receiver, kind) in news {
            let id = NoticeID(at: now.wall, using: &randomness)
            draft.record(
                Notice(id: id, receiver: receiver, kind: kind, alert: alert, createdAt: now.wall)
            )
        }
        draft.randomness = randomness
    }

    private func time(_ now: Moment, _ draft: AlertDraft) -> TellingTime {
        TellingTime(now, since: start ?? draft.start ?? now)
    }

    /// The alerts whose own time has come.
    private func due(at now: Moment, _ draft: inout AlertDraft) -> [AlertID] {
        guard let nextDue, nextDue <= now.monotonic else { return [] }
        draft.duesSeenAt = now.monotonic
        return dues.filter { id, due in (draft.dues[id] ?? due).map { $0 <= now.monotonic } ?? false }
            .map(\.key)
    }

    private func setDue(_ due: Duration?, for id: AlertID, in draft: inout AlertDraft) {
        if due == nil, draft.dues[id] == nil, dues[id] == nil { return }
        draft.dues.updateValue(due, forKey: id)
    }
}
