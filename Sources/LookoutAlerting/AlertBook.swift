package import LookoutModel

/// All alerts and the rules of their life: judgements come in, what must be stored and told comes out.
///
/// A decision and nothing else: no clock, no disk. A step is planned into a draft, whose commit is
/// put on the disk, and only then adopted. What follows for receivers is in `AlertBook+Telling.swift`.
package struct AlertBook: Sendable {
    typealias Entry = AlertDraft.Entry
    typealias Verdict = AlertDraft.Verdict

    /// The longest author of an acknowledgement that is kept, in bytes.
    private static let maximumAuthorBytes = 256

    private(set) var entries: [AlertID: Entry] = [:]
    private(set) var verdicts: [AlertID: Verdict] = [:]
    /// The alerts of which somebody would be told now, were it not for something.
    package private(set) var withheld: [AlertID: Withholding] = [:]
    /// Whether there are alerts that were loaded and not looked at yet.
    private(set) var isUnread = false
    private(set) var scope: AlertScope
    private(set) var routes: Routes
    private(set) var silences: [Silence]
    private(set) var randomness: any RandomNumberGenerator & Sendable

    package init(
        scope: AlertScope = AlertScope(),
        routes: Routes = Routes(),
        silences: [Silence] = [],
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.scope = scope
        self.routes = routes
        self.silences = silences
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
            var entry = entries[alert.id] ?? Entry(alert: alert)
            entry.alert = alert
            loaded[alert.id] = entry
        }
        entries = loaded
        withheld = [:]
        isUnread = true
    }

    /// Works out what judgements change, after what the draft says already.
    ///
    /// Those of one sample belong into one call: none is told before all are taken in.
    package func plan(_ judgements: [Judgement], at now: Moment, into draft: inout AlertDraft) {
        draft.endedRules = []
        var touched: [AlertID] = []
        for judgement in judgements where take(judgement, at: now, into: &draft) {
            touched.append(judgement.alert)
        }
        look(at: touched, after: judgements, at: now, into: &draft)
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
        draft.scope = scope
        draft.routes = routes
        for var entry in present(draft) {
            let before = entry.alert
            entry.alert.forgetReceivers(otherThan: Set(routes.receivers))
            let changes = scope.end(of: before.id).map { entry.alert.end($0, at: now.wall) } ?? []
            settle(entry, before: before, changes, at: now, into: &draft)
        }
        lookAtAll(at: now, into: &draft)
    }

    /// Works out what follows from the silences, which are all that there are from now on.
    package func plan(silences: [Silence], at now: Moment, into draft: inout AlertDraft) {
        draft.silences = silences
        lookAtAll(at: now, into: &draft)
    }

    /// Notes on an alert that somebody takes care of it, or with nil that nobody does any more.
    ///
    /// - Returns: Whether there is such an alert, and it is firing.
    package func plan(
        acknowledging key: AlertKey,
        with acknowledgement: Alert.Acknowledgement?,
        at now: Moment,
        into draft: inout AlertDraft
    ) -> Bool {
        let entry = present(draft).first { $0.alert.key == key && $0.alert.state.isActive }
        guard var entry else { return false }
        let before = entry.alert
        entry.alert.acknowledgement = acknowledgement.map { word in
            var word = word
            word.author = word.author.shortened(toBytes: Self.maximumAuthorBytes)
            return word
        }
        settle(entry, before: before, [], at: now, into: &draft)
        return true
    }

    /// Takes the step that a draft says.
    package mutating func adopt(_ draft: AlertDraft) {
        for (id, entry) in draft.entries { entries[id] = entry }
        for (id, reason) in draft.withheld { withheld[id] = reason }
        for (id, verdict) in draft.verdicts { verdicts[id] = verdict }
        if draft.hasReadAll { isUnread = false }
        if let scope = draft.scope {
            self.scope = scope
            verdicts = verdicts.filter { scope.alerts[$0.key] != nil }
        }
        routes = draft.routes ?? routes
        silences = draft.silences ?? silences
        randomness = draft.randomness ?? randomness
    }

    /// Does not take the step, but never draws its random numbers again: the names in it may be on
    /// the disk all the same.
    package mutating func discard(_ draft: AlertDraft) {
        randomness = draft.randomness ?? randomness
    }

    // MARK: Judgements

    /// Whether there is such an alert, before the judgement or after it; most are of none.
    private func take(_ judgement: Judgement, at now: Moment, into draft: inout AlertDraft) -> Bool {
        if !judgement.outcome.isHold, isOfInterest(judgement, draft) {
            note(judgement.alert, in: &draft) { verdict in
                verdict.judgedAt = now.monotonic
                if judgement.outcome.isConclusive { verdict.at = now.monotonic }
            }
        }
        var judgement = judgement
        guard var entry = entry(judgement.alert, draft) else {
            guard case .holds = judgement.outcome else { return false }
            judgement.texts.shorten()
            guard let beginning = Alert.beginning(with: judgement, at: now.wall) else { return false }
            var entry = Entry(alert: beginning.alert)
            _ = entry.clock.growth(at: now.monotonic, isConclusive: true, interval: judgement.interval)
            settle(entry, before: nil, [beginning.change], at: now, into: &draft)
            return true
        }
        judgement.texts.shorten()
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
        let changes = entry.alert.judge(judgement, growth: growth, at: now.wall)
        settle(entry, before: before, changes, at: now, into: &draft)
        return true
    }

    /// Puts an alert's new state into the draft, with what happened.
    private func settle(
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
        if wasUp, !isUp, (draft.scope ?? scope).parents.contains(entry.alert.id.rule) {
            draft.endedRules.insert(entry.alert.id.rule)
            note(entry.alert.id, in: &draft) { $0.endedAt = now.monotonic }
        }
        if !changes.isEmpty, state == nil {
            draft.entries.updateValue(nil, forKey: entry.alert.id)
            draft.markChanged(entry.alert.id)
            return
        }
        draft.entries.updateValue(entry, forKey: entry.alert.id)
        if entry.alert.isWorthStoring(over: before) { draft.markChanged(entry.alert.id) }
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
    /// Whether anything changed but the time of the last judgement, which no restart needs.
    fileprivate func isWorthStoring(over before: Alert?) -> Bool {
        guard var before else { return true }
        before.lastJudged = lastJudged
        return self != before
    }
}
