package import LookoutModel

/// Something to be told to one receiver: a row of the outbox.
package struct Notice: Hashable, Sendable, Identifiable {
    /// What is told.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case firing
        /// Still firing, and worse than told before.
        case escalated
        /// Still firing, and less bad than told before.
        case deescalated
        /// Still firing, and told before: nobody has taken it on.
        case reminder
        /// It comes and goes; until it settles, further changes are not told.
        case flapping
        case resolved
        /// It fired and was resolved again before anybody could be told of the one or the other.
        case firedAndResolved = "fired_and_resolved"
    }

    /// Why stores give up the end of an episode whose beginning was given up.
    package static let uncalledFor = "the receiver was never told of what is resolved"

    package let id: NoticeID
    /// The name of the receiver that is told.
    package let receiver: String
    package let kind: Kind
    /// The alert as it was then, whatever becomes of it until the notice is sent.
    package let alert: Alert
    package let createdAt: Timestamp

    package init(id: NoticeID, receiver: String, kind: Kind, alert: Alert, createdAt: Timestamp) {
        self.id = id
        self.receiver = receiver
        self.kind = kind
        self.alert = alert
        self.createdAt = createdAt
    }

    /// The notice as another kind, after it took the place of others.
    package func told(as kind: Kind) -> Notice {
        Notice(id: id, receiver: receiver, kind: kind, alert: alert, createdAt: createdAt)
    }
}
