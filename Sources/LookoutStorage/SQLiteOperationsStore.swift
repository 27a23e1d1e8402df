import GRDB
package import LookoutAlerting
package import LookoutModel

/// Silences, notes and announcements in `alerts.db`, and what has become of notices.
///
/// Each write is one transaction and on the disk when its method returns, and is finished even if the
/// task is cancelled. All errors are `StorageError`s but for the `CancellationError` of a read.
package final class SQLiteOperationsStore: OperationsStore {
    private let alerts: SQLiteAlertStore
    private let pattern: @Sendable (String) throws -> TextPattern

    /// - Parameters:
    ///   - alerts: the database.
    ///   - pattern: makes a pattern, for whole texts, of a silence's regular expression, or throws what is
    ///     wrong with it.
    package init(
        _ alerts: SQLiteAlertStore,
        pattern: @escaping @Sendable (String) throws -> TextPattern
    ) {
        self.alerts = alerts
        self.pattern = pattern
    }

    package func silences(endingAfter time: Timestamp?) async throws -> [Silence] {
        try await alerts.pool.snapshotRead { [path = alerts.pool.path, pattern] db in
            try SilenceRow.fetchAll(endingAfter: time, db, path: path, pattern: pattern)
        }
    }

    package func save(_ silence: Silence) async throws {
        try await alerts.pool.finishWrite { db in try SilenceRow.save(silence, db) }
    }

    package func forgetSilences(endedBefore time: Timestamp) async throws -> Int {
        try await alerts.pool.finishWrite { db in
            try db.execute(sql: "DELETE FROM silences WHERE ends_at < ?", arguments: [time.microseconds])
            return db.changesCount
        }
    }

    package func add(_ note: IncidentNote) async throws {
        try await alerts.pool.finishWrite { db in try NoteRow.insert(note, db) }
    }

    package func notes(of incident: Int64?) async throws -> [IncidentNote] {
        try await alerts.pool.snapshotRead { [path = alerts.pool.path] db in
            try NoteRow.fetchAll(of: incident, db, path: path)
        }
    }

    package func announcements(since time: Timestamp, limit: Int) async throws -> [Announcement] {
        try await alerts.pool.snapshotRead { [path = alerts.pool.path] db in
            try AnnouncementRow.newest(limit, since: time, db, path: path)
        }
    }

    package func notices(
        of alert: AlertKey?,
        since time: Timestamp,
        limit: Int
    ) async throws -> [NoticeRecord] {
        try await alerts.pool.snapshotRead { [path = alerts.pool.path] db in
            try NoticeRecordRow.newest(limit, of: alert, since: time, db, path: path)
        }
    }
}
