package import LookoutModel

/// Who collects the errors of the running program (Sentry).
package protocol ErrorTracker: Sendable {
    var name: String { get }
    func access() async throws(ProviderFailure) -> ProviderAccess
    /// Issues that were first seen, or came back, since a time; newest first.
    func issues(since time: Timestamp) async throws(ProviderFailure) -> [TrackedIssue]
    /// The newest release that the tracker knows; nil if it knows none.
    func release() async throws(ProviderFailure) -> String?
}

/// An error that the tracker groups under one title.
package struct TrackedIssue: Hashable, Sendable {
    /// Whether it was there before.
    package enum Novelty: String, Hashable, Sendable {
        case new, regressed, escalating, ongoing
    }

    package var id: String
    package var shortID: String
    package var title: String
    package var level: String
    package var novelty: Novelty
    package var count: Int
    package var users: Int
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var page: String?

    package init(
        id: String,
        shortID: String,
        title: String,
        level: String,
        novelty: Novelty,
        count: Int,
        users: Int,
        firstSeen: Timestamp,
        lastSeen: Timestamp,
        page: String? = nil
    ) {
        self.id = id
        self.shortID = shortID
        self.title = title
        self.level = level
        self.novelty = novelty
        self.count = count
        self.users = users
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.page = page
    }
}
