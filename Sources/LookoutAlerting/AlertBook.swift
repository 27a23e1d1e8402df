package import LookoutModel

/// All alerts and the rules of their life: judgements come in, what must be stored and told comes out.
///
/// A decision and nothing else: no clock, no disk. A step is planned into a draft, whose commit is
/// put on the disk, and only then adopted.
package struct AlertBook: Sendable {
    typealias Entry = AlertDraft.Entry

    /// The longest text that an alert keeps, in bytes; rules may quote a whole page.
    static let maximumTextBytes = 16 << 10

    private var entries: [AlertID: Entry] = [:]
    private var routes: Routes
    private var randomness: any RandomNumberGenerator & Sendable

    package init(
        routes: Routes = Routes(),
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.routes = routes
        self.randomness = randomness
    }

    /// All alerts that have a row, in no particular order.
    package var alerts: [Alert] { entries.values.map(\.alert) }

    /// Takes over what is stored, and nothing follows from it.
    ///
    /// What fires goes on firing, and whoever was told stays told. Clocks of alerts that were there
    /// before run on.
    package mutating func load(_ alerts: [Alert]) {
        var loaded: [AlertID: Entry] = [:]
        for alert in alerts {
            loaded[alert.id] = Entry(alert: alert, clock: entries[alert.id]?.clock ?? HoldClock())
        }
        entries = loaded
    }

    /// Works out what judgements change, after what the draft says already.
    package func plan(_ judgements: [Judgement], at now: Moment, into draft: inout AlertDraft) {
        for judgement in judgements { plan(judgement, at: now, into: &draft) }
    }

    /// Works out what a new configuration changes: alerts that cannot be judged any more are resolved,
    /// receivers that are gone are forgotten, and new ones are told what is firing.
    ///
    /// A configuration that is the same changes nothing.
    package func plan(
        _ scope: AlertScope,
        _ routes: Routes,
        at now: Moment,
        into draft: inout AlertDraft
    ) {
        draft.routes = routes
        let ids = Set(entries.keys).union(draft.entries.keys)
        let present = ids.compactMap { entry($0, draft) }.sorted { $0.alert.key < $1.alert.key }
        for var entry in present {
            let before = entry.alert
            entry.alert.forgetReceivers(otherThan: Set(routes.receivers))
            let changes = scope.end(of: before.id).map { entry.alert.end($0, at: now.wall) } ?? []
            settle(entry, before: before, changes, at: now.wall, into: &draft)
        }
    }

    /// Takes the step that a draft says.
    package mutating func adopt(_ draft: AlertDraft) {
        for (id, entry) in draft.entries { entries[id] = entry }
        routes = draft.routes ?? routes
        randomness = draft.randomness ?? randomness
    }

    /// Does not take the step, but never draws its random numbers again: the names in it may be on
    /// the disk all the same.
    package mutating func discard(_ draft: AlertDraft) {
        randomness = draft.randomness ?? randomness
    }

    private func plan(_ judgement: Judgement, at now: Moment, into draft: inout AlertDraft) {
        var judgement = judgement
        judgement.texts.shorten(toBytes: Self.maximumTextBytes)
        guard var entry = entry(judgement.alert, draft) else {
            guard let beginning = Alert.beginning(with: judgement, at: now.wall) else { return }
            var entry = Entry(alert: beginning.alert)
            _ = entry.clock.growth(at: now.monotonic, isConclusive: true, interval: judgement.interval)
            settle(entry, before: nil, [beginning.change], at: now.wall, into: &draft)
            return
        }
        let before = entry.alert
        let growth = entry.clock.growth(
            at: now.monotonic,
            isConclusive: judgement.outcome.isConclusive,
            interval: judgement.interval
        )
        let changes = entry.alert.judge(judgement, growth: growth, at: now.wall)
        settle(entry, before: before, changes, at: now.wall, into: &draft)
    }

    /// Puts an alert's new state into the draft, with what happened and what is to be told.
    private func settle(
        _ entry: Entry,
        before: Alert?,
        _ changes: [Alert.Change],
        at now: Timestamp,
        into draft: inout AlertDraft
    ) {
        var entry = entry
        var state = before?.state
        for change in changes {
            draft.record(change, of: entry.alert, from: state, at: now)
            state = change.to
        }
        if !changes.isEmpty, state == nil {
            draft.entries.updateValue(nil, forKey: entry.alert.id)
            draft.markChanged(entry.alert.id)
            return
        }
        tell(&entry.alert, at: now, into: &draft)
        draft.entries.updateValue(entry, forKey: entry.alert.id)
        if entry.alert.isWorthStoring(over: before) { draft.markChanged(entry.alert.id) }
    }

    private func tell(_ alert: inout Alert, at now: Timestamp, into draft: inout AlertDraft) {
        var randomness = draft.randomness ?? randomness
        for (receiver, kind) in alert.tell(by: draft.routes ?? routes) {
            let id = NoticeID(at: now, using: &randomness)
            draft.record(Notice(id: id, receiver: receiver, kind: kind, alert: alert, createdAt: now))
        }
        draft.randomness = randomness
    }

    /// An alert as it stands after the draft.
    private func entry(_ id: AlertID, _ draft: AlertDraft) -> Entry? {
        if let drafted = draft.entries[id] { drafted } else { entries[id] }
    }
}

extension Judgement.Outcome {
    /// Whether the rule could be evaluated on something the target did.
    fileprivate var isConclusive: Bool {
        switch self {
        case .holds, .clear: true
        case .noData, .error: false
        }
    }
}

extension Alert {
    /// Whether anything changed but the time of the last judgement, which no restart needs.
    fileprivate func isWorthStoring(over before: Alert?) -> Bool {
        guard var before else { return true }
        before.lastJudged = lastJudged
        return self != before
    }
}

extension AlertTexts {
    /// Cuts each text to a length in UTF-8, with an ellipsis at the end.
    fileprivate mutating func shorten(toBytes limit: Int) {
        summary = summary.shortened(toBytes: limit)
        description = description.shortened(toBytes: limit)
        runbook = runbook?.shortened(toBytes: limit)
    }
}
