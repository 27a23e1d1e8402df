import GRDB
import LookoutAlerting
import LookoutModel
import Testing

@testable import LookoutStorage

/// What a file of the second version becomes.
@Suite struct OutboxUpgradeTests {
    private let folder: TemporaryFolder
    private let path: String
    private let alert = AlertExamples.alert("down", severity: .outage)

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("alerts.db")
    }

    /// Makes a file of the second version with a notice in each of the states that there were then.
    private func makeOld() async throws {
        let old = DatabaseSchema(
            applicationID: DatabaseSchema.alerts.applicationID,
            migrations: [.alerts001Outbox, .alerts002Episodes]
        )
        let pool = try DatabaseFile(path: path, schema: old, durability: .power).open()
        let states = [
            "NULL, NULL, 'delivered', 0, NULL, 5", "NULL, NULL, 'dead', 3, '400', 5",
            "NULL, NULL, 'waiting', 0, NULL, NULL", "NULL, NULL, 'waiting', 2, '503', NULL",
            "'boot', 99, 'waiting', 0, NULL, NULL", "NULL, NULL, 'waiting', 0, NULL, NULL",
        ]
        let notices = states.indices.map { AlertExamples.notice(UInt64($0), of: alert, receiver: "r\($0)") }
        try await pool.write { [notices] db in
            for (notice, state) in zip(notices, states) {
                try db.execute(
                    sql: """
                        INSERT INTO notices (id, receiver, alert, severity, kind, document, created_at, episode,
                            lease_owner, lease_until, status, failed_attempts, last_reason, settled_at)
                        VALUES (?, ?, ?, 1, 'firing', ?, 7, 1, \(state))
                        """,
                    arguments: [
                        notice.id.description, notice.receiver, notice.subjectKey,
                        notice.document.jsonText,
                    ]
                )
            }
            try db.execute(sql: "DELETE FROM notices WHERE receiver = 'r5'")
        }
        try pool.close()
    }

    @Test func `every notice keeps its place and its state`() async throws {
        try await makeOld()
        let store = try AlertDatabase.open(at: path).alerts
        let rows = try await store.pool.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT sequence || ' ' || receiver || ' ' || status || ' ' || tried || ' ' || form || ' '
                        || failed_attempts || ' ' || ifnull(lease_owner, '-') || ' ' || ifnull(last_reason, '-')
                        || ' ' || ifnull(settled_at, '-') || ' ' || created_at || ' ' || episode
                    FROM notices ORDER BY sequence
                    """
            )
        }
        #expect(
            rows == [
                "1 r0 delivered no full 0 - - 5 7 1", "2 r1 dead refused full 3 - 400 5 7 1",
                "3 r2 waiting no full 0 - - - 7 1", "4 r3 waiting refused full 2 - 503 - 7 1",
                "5 r4 waiting unclear full 0 boot - - 7 1",
            ]
        )
    }

    @Test func `the sequence goes on behind the last notice that ever was`() async throws {
        try await makeOld()
        let store = try AlertDatabase.open(at: path).alerts
        try await store.commit(AlertCommit(notices: [AlertExamples.notice(9, of: alert, receiver: "new")]))
        let newest = try await store.pool.read { db in
            try Int.fetchOne(db, sql: "SELECT MAX(sequence) FROM notices")
        }
        #expect(newest == 7)
    }
}
