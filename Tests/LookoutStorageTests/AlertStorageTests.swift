import GRDB
import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// What is in `alerts.db` stays there, for as long as it has to.
@Suite struct AlertStorageTests {
    private let file: AlertFile
    private let start = AlertFile.start

    init() throws {
        file = try AlertFile()
    }

    @Test func `alerts, notices and leases are there after reopening`() async throws {
        let alert = AlertExamples.alert("down")
        let first = try file.open()
        try await first.commit(AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)]))
        let claimed = try await file.delivery(first)
        let second = try file.open()
        #expect(try await second.alerts() == [alert])
        #expect(try await file.claim(second) == .notBefore(file.lease().until))
        #expect(try await second.releaseLeases(exceptOf: "boot-2") == 1)
        let again = try await file.delivery(second, owner: "boot-2")
        #expect(again.notice == claimed.notice && again.sequence == claimed.sequence)
    }

    @Test func `the sequence goes on where it was, even if its last notices were removed`() async throws {
        let alert = AlertExamples.alert("down")
        try await file.open().commit(AlertCommit(notices: [AlertExamples.notice(1, of: alert)]))
        let store = try file.open()
        let first = try await file.delivery(store)
        try await store.settle(first.notice.id, owner: "boot-1", as: .delivered(at: start))
        #expect(try await store.removeHistory(before: start + .seconds(1)) == 1)
        try await store.commit(AlertCommit(notices: [AlertExamples.notice(2, of: alert)]))
        #expect(try await file.delivery(store).sequence > first.sequence)
    }

    @Test func `forgetting what is over leaves alerts and what is still to be told`() async throws {
        let store = try file.open()
        var alert = AlertExamples.alert("down")
        alert.state = .resolved
        let other = AlertExamples.alert("slow")
        let transitions = (0..<2500).map { second in
            AlertTransition(
                alert: alert.key,
                episode: 1,
                from: nil,
                to: .pending,
                severity: .major,
                cause: .appeared,
                at: start + .seconds(second)
            )
        }
        let notices = [AlertExamples.notice(1, of: alert), AlertExamples.notice(2, of: other)]
        try await store.commit(
            AlertCommit(alerts: [alert, other], transitions: transitions, notices: notices)
        )
        try await store.settle(
            try await file.delivery(store).notice.id,
            owner: "boot-1",
            as: .delivered(at: start)
        )
        #expect(try await store.removeHistory(before: start + .seconds(2000)) == 2001)
        #expect(Set(try await store.alerts()) == [alert, other])
        #expect(try await store.outboxCounts()["team"]?.waiting == 1)
        let left = try await store.pool.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM transitions") }
        #expect(left == 500)
    }

    @Test func `what was told of an episode is kept until its end is told too`() async throws {
        let store = try file.open()
        var alert = AlertExamples.alert("down")
        let later = start + .seconds(9_000_000)
        try await store.commit(AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)]))
        let first = try await file.delivery(store).notice.id
        try await store.settle(first, owner: "boot-1", as: .dead(at: start, reason: "400"))
        #expect(try await store.removeHistory(before: later) == 0)
        alert.state = .resolved
        let end = AlertExamples.notice(2, of: alert, kind: .resolved)
        try await store.commit(AlertCommit(alerts: [alert], notices: [end]))
        #expect(try await store.removeHistory(before: later) == 0)
        #expect(try await file.claim(store) == .nothing)
        let reasons = try await store.pool.read {
            try String.fetchAll($0, sql: "SELECT last_reason FROM notices ORDER BY sequence")
        }
        #expect(reasons == ["400", Notice.uncalledFor])
        #expect(try await store.removeHistory(before: later) == 2)
    }

    @Test func `notices of an older file get their episodes`() async throws {
        let old = DatabaseSchema(
            applicationID: DatabaseSchema.alerts.applicationID,
            migrations: [.alerts001Outbox]
        )
        let pool = try DatabaseFile(path: file.path, schema: old, durability: .power).open()
        let notice = AlertExamples.notice(1, of: AlertExamples.alert("down", episode: 7))
        try await pool.write { db in
            for (id, document) in [("one", notice.document.jsonText), ("two", "{no JSON"), ("three", "{}")] {
                try db.execute(
                    sql: """
                        INSERT INTO notices (id, receiver, alert, severity, kind, document, created_at)
                        VALUES (?, 'team', 'key', 1, 'firing', ?, 0)
                        """,
                    arguments: [id, document]
                )
            }
        }
        try pool.close()
        let store = try file.open()
        let episodes = try await store.pool.read {
            try Int.fetchAll($0, sql: "SELECT episode FROM notices ORDER BY sequence")
        }
        #expect(episodes == [7, 0, 0])
    }

    @Test func `transitions are stored in their order`() async throws {
        let store = try file.open()
        let alert = AlertExamples.alert("down")
        let causes = AlertTransition.Cause.allCases
        let transitions = causes.map { cause in
            AlertTransition(
                alert: alert.key,
                episode: 2,
                from: .pending,
                to: nil,
                severity: .outage,
                cause: cause,
                at: start
            )
        }
        try await store.commit(AlertCommit(transitions: transitions))
        let rows = try await store.pool.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT printf('%s %s %s %d %d', cause, from_state, ifnull(to_state, 'none'), severity, episode)
                    FROM transitions ORDER BY sequence
                    """
            )
        }
        #expect(rows == causes.map { "\($0.rawValue) pending none 1 2" })
        let recorded = try await store.transitions(of: alert.key, since: start, limit: 100)
        #expect(recorded.map(\.transition) == transitions)
    }
}
