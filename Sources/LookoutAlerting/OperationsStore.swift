package import LookoutModel

/// Where what people say about alerts is kept: silences, maintenance, notes, announcements.
///
/// Every method is one transaction that is on the disk when it returns, and did nothing if it throws.
package protocol OperationsStore: Sendable {
    /// The silences and maintenance that are not over at a time of the wall clock, or all that there ever were,
    /// in the order of their beginning.
    func silences(endingAfter time: Timestamp?) async throws -> [Silence]

    /// Adds a silence, or replaces the one of the same id.
    func save(_ silence: Silence) async throws

    /// Forgets the silences that ended before a time; their number.
    func forgetSilences(endedBefore time: Timestamp) async throws -> Int

    /// Adds a note to an incident.
    func add(_ note: IncidentNote) async throws

    /// The notes of an incident, or of all, oldest first.
    func notes(of incident: Int64?) async throws -> [IncidentNote]

    /// What was announced since a time: in the order of the commits, and if that is more than `limit`, the
    /// newest.
    func announcements(since time: Timestamp, limit: Int) async throws -> [Announcement]

    /// What was told, or is still to be told, since a time: in the order of the commits, and if that is more
    /// than `limit`, the newest.
    func notices(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [NoticeRecord]
}

extension OperationsStore {
    /// All silences and maintenance that there ever were, in the order of their beginning.
    package func silences() async throws -> [Silence] {
        try await silences(endingAfter: nil)
    }
}

/// What somebody wrote into the document of an incident.
package struct IncidentNote: Hashable, Sendable {
    /// What the note is about.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Whatever somebody wants to be remembered.
        case note
        /// Somebody has taken an alert on; the row forgets that with the episode, the incident must not.
        case acknowledged
        /// Nobody takes care of an alert any more.
        case released
    }

    /// The number of the incident: the place, among all transitions, of the one that began it.
    package var incident: Int64
    package var at: Timestamp
    package var author: String
    package var text: String
    package var kind: Kind

    package init(
        incident: Int64,
        at time: Timestamp,
        author: String,
        text: String,
        kind: Kind = .note
    ) {
        self.incident = incident
        self.at = time
        self.author = author
        self.text = text
        self.kind = kind
    }
}

/// A notice with what has become of it.
package struct NoticeRecord: Hashable, Sendable {
    /// Where a notice stands.
    package enum Status: String, CaseIterable, Hashable, Sendable {
        case waiting
        case delivered
        case dead
        /// Told as part of a later notice.
        case superseded
    }

    package var notice: Notice
    package var status: Status
    package var failedAttempts: Int
    package var settledAt: Timestamp?
    /// Why the last attempt failed.
    package var reason: String?

    package init(
        notice: Notice,
        status: Status,
        failedAttempts: Int = 0,
        settledAt: Timestamp? = nil,
        reason: String? = nil
    ) {
        self.notice = notice
        self.status = status
        self.failedAttempts = failedAttempts
        self.settledAt = settledAt
        self.reason = reason
    }
}

/// How a receiver fares.
package enum ReceiverHealth: Hashable, Sendable {
    case working
    /// It asked to be left alone, or several attempts failed in a row.
    case resting(until: Timestamp, reason: String)
    /// It cannot work as it is configured.
    case broken(since: Timestamp, reason: String)
}
