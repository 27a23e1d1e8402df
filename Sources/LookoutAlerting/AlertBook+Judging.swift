import LookoutModel

/// What judgements make of alerts.
extension AlertBook {
    /// Whether there is such an alert, before the judgement or after it; most are of none.
    func take(_ judgement: Judgement, at now: Moment, into draft: inout AlertDraft) -> Bool {
        if !judgement.outcome.isHold, isOfInterest(judgement, draft) {
            note(judgement.alert, in: &draft) { verdict in
                verdict.judgedAt = now.monotonic
                if judgement.outcome.isConclusive { verdict.at = now.monotonic }
            }
        }
        var judgement = judgement
        let policy = draft.policy ?? policy
        guard var entry = entry(judgement.alert, draft) else {
            guard case .holds = judgement.outcome else { return false }
            judgement.texts.shorten()
            judgement.evidence.shorten()
            let beginning = Alert.beginning(with: judgement, policy.flapping, at: now.wall)
            guard let beginning else { return false }
            var entry = Entry(alert: beginning.alert, isFresh: true)
            _ = entry.clock.growth(at: now.monotonic, isConclusive: true, interval: judgement.interval)
            settle(entry, before: nil, [beginning.change], at: now, into: &draft)
            return true
        }
        judgement.texts.shorten()
        judgement.evidence.shorten()
        if judgement.outcome.isConclusive { entry.isFresh = true }
        let before = entry.alert
        var growth = Duration.zero
        if case .hold = judgement.outcome {
            entry.clock.stop()
        } else {
            growth = entry.clock.growth(
                at: now.monotonic,
                isConclusive: judgement.outcome.isConclusive,
                interval: judgement.interval
            )
        }
        let changes = entry.alert.judge(judgement, policy.flapping, growth: growth, at: now.wall)
        settle(entry, before: before, changes, at: now, into: &draft)
        return true
    }

    /// Puts an alert's new state into the draft, with what happened.
    func settle(
        _ entry: Entry,
        before: Alert?,
        _ changes: [Alert.Change],
        at now: Moment,
        into draft: inout AlertDraft
    ) {
        var entry = entry
        var state = before?.state
        for change in changes {
            draft.record(change, of: entry.alert, from: state, at: now.wall)
            if change.isBadNews(after: state) { entry.newsSince = now.monotonic }
            state = change.to
        }
        let (wasUp, isUp) = (before?.state.isUp ?? false, state?.isUp ?? false)
        if wasUp, !isUp, (draft.scope ?? scope).explains(with: entry.alert.id.rule) {
            draft.endedRules.insert(entry.alert.id.rule)
            note(entry.alert.id, in: &draft) { $0.endedAt = now.monotonic }
        }
        if !changes.isEmpty, state == nil {
            draft.entries.updateValue(nil, forKey: entry.alert.id)
            draft.markChanged(entry.alert.id)
            return
        }
        if isWorthStoring(entry, over: before, at: now.monotonic) {
            entry.stored = AlertDraft.StoredWords(of: entry.alert, at: now.monotonic)
            draft.markChanged(entry.alert.id)
        }
        draft.entries.updateValue(entry, forKey: entry.alert.id)
        if before?.state.isActive == true, !entry.alert.state.isActive {
            draft.spent = spent(byEndOf: entry.alert, in: draft)
        }
    }

    /// Whether the row has to be written: for anything that matters at once, for other words now and then.
    private func isWorthStoring(
        _ entry: Entry,
        over before: Alert?,
        at now: Duration
    ) -> Bool {
        guard let before, !entry.alert.differsInMoreThanWords(from: before) else { return true }
        // Not judged anew, as with a reload: other words wait for the next judgement.
        if entry.alert == before { return false }
        // What does not judge, such as a reload, brings no words either.
        guard entry.alert != before else { return false }
        let stored = entry.stored ?? AlertDraft.StoredWords(of: before)
        return stored.isOutdated(by: entry.alert, at: now)
    }
}

extension Judgement.Outcome {
    /// Whether the rule could be evaluated on something the target did.
    fileprivate var isConclusive: Bool {
        switch self {
        case .holds, .clear: true
        case .noData, .error, .hold: false
        }
    }

    fileprivate var isHold: Bool {
        if case .hold = self { true } else { false }
    }
}

extension Alert.Change {
    /// Whether something is wrong from here on that was not before, or is worse.
    fileprivate func isBadNews(after state: Alert.State?) -> Bool {
        switch cause {
        case .appeared, .escalated: true
        case .held: state != .pending
        default: false
        }
    }
}

extension Alert.State {
    /// Whether there are signs of trouble, told or not: then it explains the alerts that depend on it.
    var isUp: Bool { self != .resolved }
}

extension Alert {
    /// Whether anything changed but words, and what comes with every judgement and no restart needs.
    fileprivate func differsInMoreThanWords(from before: Alert) -> Bool {
        var before = before
        before.lastJudged = lastJudged
        before.evidence = evidence
        before.texts = texts
        if let reason = blindness?.reason { before.blindness?.reason = reason }
        if flaps.since == before.flaps.since { before.flaps = flaps }
        return self != before
    }
}
