package import LookoutModel

/// A branch of the tree by which it is found who hears of an alert.
///
/// As in Alertmanager: an alert goes down to the deepest branches that it matches, the first of the siblings
/// that takes it being the last unless it says `continue`. What a branch does not say, it has from above,
/// save for its times.
package struct Route: Hashable, Sendable {
    /// All of them must match.
    package var matchers: [LabelMatcher]
    /// Empty is those of the branch above.
    package var receivers: [String]
    /// Whether an alert that it takes is offered to its next siblings too.
    package var continues: Bool
    /// Only within one of these it tells; empty is always.
    package var active: [TimeWindows]
    /// Within any of these it does not tell.
    package var mute: [TimeWindows]
    /// Nil is that of the branch above.
    package var escalation: Escalation?
    package var routes: [Route]

    /// Who else is told of an alert of severity 1 that nobody takes on.
    package struct Escalation: Hashable, Sendable {
        /// How long after the first of the route's receivers was told.
        package var after: Duration
        package var receivers: [String]

        package init(after time: Duration, to receivers: [String]) {
            after = time
            self.receivers = receivers
        }
    }

    package init(
        matchers: [LabelMatcher] = [],
        receivers: [String] = [],
        continues: Bool = false,
        active: [TimeWindows] = [],
        mute: [TimeWindows] = [],
        escalation: Escalation? = nil,
        routes: [Route] = []
    ) {
        self.matchers = matchers
        self.receivers = receivers
        self.continues = continues
        self.active = active
        self.mute = mute
        self.escalation = escalation
        self.routes = routes
    }

    /// Whether it tells at a time.
    package func isOpen(at time: Timestamp) -> Bool {
        (active.isEmpty || active.contains { $0.contains(time) }) && !mute.contains { $0.contains(time) }
    }

    /// When it may begin or cease to tell; nil if never.
    func boundary(after time: Timestamp) -> Timestamp? {
        (active + mute).compactMap { $0.boundary(after: time) }.min()
    }

    /// The branches that take an alert with these labels, with what they have from above; none if this one
    /// does not match.
    package func taking(_ labels: Labels) -> [Route] {
        guard matchers.allSatisfy({ $0.matches(labels) }) else { return [] }
        var taken: [Route] = []
        for var route in routes {
            if route.receivers.isEmpty { route.receivers = receivers }
            route.escalation = route.escalation ?? escalation
            let branches = route.taking(labels)
            taken += branches
            if !branches.isEmpty, !route.continues { break }
        }
        return taken.isEmpty ? [self] : taken
    }
}
