package import LookoutModel

/// What the disk says of alerts and of what was told about them, read by a path of its own.
package struct AuditLedger: Hashable, Sendable {
    /// An alert that fires, and what was told of its episode.
    package struct Entry: Hashable, Sendable {
        package var alert: AlertKey
        package var rule: String
        package var episode: Int
        package var severity: Severity
        /// How many notices of it were told, are still to be told, or went into another.
        package var notices: Int
        /// How many were given up.
        package var dead: Int
        /// The worst severity that any of the former bears.
        package var worstTold: Severity?

        package init(
            alert: AlertKey,
            rule: String,
            episode: Int,
            severity: Severity,
            notices: Int = 0,
            dead: Int = 0,
            worstTold: Severity? = nil
        ) {
            self.alert = alert
            self.rule = rule
            self.episode = episode
            self.severity = severity
            self.notices = notices
            self.dead = dead
            self.worstTold = worstTold
        }
    }

    package var firing: [Entry] = []
    /// How many notices wait to be told.
    package var queued = 0
    package var oldestQueued: Timestamp?
    /// When the oldest of severity 1 was made that waits.
    package var oldestOutage: Timestamp?
    /// What was given up lately, by receiver.
    package var dead: [SelfFacts.DeadNotices] = []
    /// What has become of the newest test message, by receiver.
    package var testMessages: [String: TestMessages.Fate] = [:]

    package init() {}
}

/// Reads the ledger: the port that the SQLite adapter fulfils.
///
/// It must not go through what writes the alerts: it is there to find what that has done wrong.
package protocol AuditSource: Sendable {
    /// - Parameter time: what was given up before it is left out.
    /// - Returns: What the disk says now.
    /// - Throws: If it cannot be read.
    func ledger(deadSince time: Timestamp) async throws -> AuditLedger
}
