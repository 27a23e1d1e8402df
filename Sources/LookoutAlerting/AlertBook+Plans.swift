package import LookoutModel

/// What configurations, people and receivers change.
extension AlertBook {
    /// The longest author of an acknowledgement that is kept, in bytes.
    private static let maximumAuthorBytes = 256
    /// The longest comment of one that is kept, in bytes.
    private static let maximumCommentBytes = 4 << 10

    /// Works out what a new configuration changes: alerts that cannot be judged any more are resolved,
    /// receivers that are gone are forgotten, and new ones are told what is firing.
    ///
    /// A configuration that is the same changes nothing. Without a policy that goes on as it is.
    package func plan(
        _ scope: AlertScope,
        _ routes: Routes,
        _ policy: AlertPolicy? = nil,
        at now: Moment,
        into draft: inout AlertDraft
    ) {
        begin(at: now, in: &draft)
        var routes = routes
        routes.broken = (draft.routes ?? self.routes).broken.intersection(routes.receivers)
        draft.scope = scope
        draft.routes = routes
        draft.policy = policy ?? draft.policy
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
        begin(at: now, in: &draft)
        let known = Set(draft.silences ?? self.silences)
        draft.silences = silences
        draft.spent = spent(in: draft, known: known)
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
        begin(at: now, in: &draft)
        let entry = present(draft).first { $0.alert.key == key && $0.alert.state.isActive }
        guard var entry else { return false }
        let before = entry.alert
        entry.alert.acknowledgement = acknowledgement.map { word in
            var word = word
            word.author = word.author.shortened(toBytes: Self.maximumAuthorBytes)
            word.comment = word.comment.shortened(toBytes: Self.maximumCommentBytes)
            return word
        }
        settle(entry, before: before, [], at: now, into: &draft)
        look(at: [before.id], after: [], at: now, into: &draft)
        return true
    }

    /// Works out what follows from receivers that cannot work: those, and no others, from now on.
    package func plan(broken: Set<String>, at now: Moment, into draft: inout AlertDraft) {
        begin(at: now, in: &draft)
        var routes = draft.routes ?? routes
        let known = broken.intersection(routes.receivers)
        guard routes.broken != known else { return }
        routes.broken = known
        draft.routes = routes
        lookAtAll(at: now, into: &draft)
    }

    /// The silences that ended before their time.
    ///
    /// Those that were known before ended, or did not, as alerts did: the alerts that are kept tell of their
    /// last episode only, so they are asked about the others alone.
    func spent(in draft: AlertDraft, known: Set<Silence> = []) -> Set<String> {
        let candidates = (draft.silences ?? silences).filter(\.expiresOnResolve)
        guard !candidates.isEmpty else { return [] }
        let before = draft.spent ?? spentSilences
        let isNew = candidates.contains { !known.contains($0) }
        let alerts = isNew ? present(draft).map(\.alert) : []
        return Set(
            candidates.filter { before.contains($0.id) || !known.contains($0) && $0.isSpent(by: alerts) }
                .map(\.id)
        )
    }

    /// The same after an alert has just ended: with it end those that match it and nothing that goes on.
    func spent(byEndOf alert: Alert, in draft: AlertDraft) -> Set<String> {
        let before = draft.spent ?? spentSilences
        var candidates = (draft.silences ?? silences).filter { silence in
            silence.expiresOnResolve && !before.contains(silence.id)
                && alert.endedAt.map { silence.startsAt <= $0 } ?? false && silence.matches(alert)
        }
        for case let other? in draft.entries.values where other.alert.state.isActive {
            candidates.removeAll { $0.matches(other.alert) }
        }
        guard !candidates.isEmpty else { return before }
        for (id, other) in entries where other.alert.state.isActive && draft.entries[id] == nil {
            candidates.removeAll { $0.matches(other.alert) }
            if candidates.isEmpty { break }
        }
        return before.union(candidates.map(\.id))
    }
}
