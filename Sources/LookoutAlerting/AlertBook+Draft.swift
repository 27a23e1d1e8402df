import LookoutModel

/// The book as it will be once a draft is adopted.
extension AlertBook {
    /// An alert as it stands after the draft.
    func entry(_ id: AlertID, _ draft: AlertDraft) -> Entry? {
        // Most drafts are empty, and most alerts were never raised: not even a hash is spent on those.
        if !draft.entries.isEmpty, let drafted = draft.entries[id] { drafted } else { entries[id] }
    }

    func verdict(_ id: AlertID, _ draft: AlertDraft) -> Verdict {
        draft.verdicts[id] ?? verdicts[id] ?? Verdict()
    }

    /// All alerts as they stand after the draft, in the order of their keys.
    func present(_ draft: AlertDraft) -> [Entry] {
        Set(entries.keys).union(draft.entries.keys)
            .compactMap { entry($0, draft) }
            .sorted { $0.alert.key < $1.alert.key }
    }

    /// Whether it matters when the alert was judged: because others depend on it, or it on others.
    func isOfInterest(_ judgement: Judgement, _ draft: AlertDraft) -> Bool {
        let scope = draft.scope ?? scope
        return !judgement.parents.isEmpty || scope.parents.contains(judgement.alert.rule)
            || scope.rules.contains(AlertScope.stormRule)
    }

    /// Notes when an alert was judged or ended.
    func note(_ id: AlertID, in draft: inout AlertDraft, _ change: (inout Verdict) -> Void) {
        var verdict = self.verdict(id, draft)
        change(&verdict)
        draft.verdicts[id] = verdict
    }
}
