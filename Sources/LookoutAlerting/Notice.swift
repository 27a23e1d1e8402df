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
        /// No alert: what people have to say.
        case announcement
    }

    /// What it is about.
    package enum Subject: Hashable, Sendable {
        /// An alert as it was then, whatever becomes of it until the notice is sent.
        case alert(Alert)
        case announcement(Announcement)
    }

    /// Why stores give up the end of an episode whose beginning was given up.
    package static let uncalledFor = "the receiver was never told of what is resolved"

    package let id: NoticeID
    /// The name of the receiver that is told.
    package let receiver: String
    package let kind: Kind
    package let subject: Subject
    package let createdAt: Timestamp
    /// How many episodes of the alert before this one the receiver is told of by their number alone, since
    /// too much was waiting for it.
    package private(set) var earlierEpisodes = 0

    package init(id: NoticeID, receiver: String, kind: Kind, alert: Alert, createdAt: Timestamp) {
        self.init(id: id, receiver: receiver, kind: kind, subject: .alert(alert), createdAt: createdAt)
    }

    package init(id: NoticeID, receiver: String, announcement: Announcement, createdAt: Timestamp) {
        let subject = Subject.announcement(announcement)
        self.init(id: id, receiver: receiver, kind: .announcement, subject: subject, createdAt: createdAt)
    }

    private init(id: NoticeID, receiver: String, kind: Kind, subject: Subject, createdAt: Timestamp) {
        self.id = id
        self.receiver = receiver
        self.kind = kind
        self.subject = subject
        self.createdAt = createdAt
    }

    /// The notice as another kind, after it took the place of others.
    package func told(as kind: Kind) -> Notice {
        var notice = Notice(id: id, receiver: receiver, kind: kind, subject: subject, createdAt: createdAt)
        notice.earlierEpisodes = earlierEpisodes
        return notice
    }

    /// The notice that also tells of so many more earlier episodes.
    package func told(after episodes: Int) -> Notice {
        var notice = self
        notice.earlierEpisodes += episodes
        return notice
    }
}

extension Notice {
    /// Nil for an announcement.
    package var alert: Alert? {
        if case .alert(let alert) = subject { alert } else { nil }
    }

    package var announcement: Announcement? {
        if case .announcement(let announcement) = subject { announcement } else { nil }
    }

    /// What is told in order: notices with the same key, at one receiver.
    package var subjectKey: String {
        switch subject {
        case .alert(let alert): alert.key.text
        case .announcement(let announcement): announcement.topic.key
        }
    }

    /// Which episode of the alert it is about; 0 for an announcement.
    package var episode: Int { alert?.episode ?? 0 }

    /// What the messages that belong together share at a receiver: at most 100 bytes of ASCII.
    package var threadKey: String { alert?.episodeKey ?? subjectKey }

    /// How urgent it is.
    package var severity: Severity {
        switch subject {
        case .alert(let alert): alert.severity
        case .announcement(let announcement): announcement.urgency
        }
    }

    /// Whether it may be told together with others in one message.
    package var isDigestible: Bool { announcement == nil }
}
