import GRDB
import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutStorage

@Suite struct AlertStorageTests {
    private let folder: TemporaryFolder
    private let path: String
    private let start = Timestamp(seconds: 1_790_000_000)
    private let horizon = Duration.seconds(3600)

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("alerts.db")
    }

    private func open() throws -> SQLiteAlertStore {
        try AlertDatabase.open(at: path).alerts
    }

    private func lease(_ owner: String = "boot-1") -> Lease {
        Lease(owner: owner, until: start + .seconds(60))
    }

    @Test func `alerts, notices and leases are there after reopening`() async throws {
        let alert = AlertExamples.alert("down")
        let first = try open()
        try await first.commit(AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)]))
        let claimed = try await delivery(first)
        let second = try open()
        #expect(try await second.alerts() == [alert])
        #expect(try await claim(second) == .notBefore(lease().until))
        #expect(try await second.releaseLeases(exceptOf: "boot-2") == 1)
        let again = try await delivery(second, owner: "boot-2")
        #expect(again.notice == claimed.notice && again.sequence == claimed.sequence)
    }

    private func claim(
        _ store: SQLiteAlertStore,
        receiver: String = "team",
        owner: String = "boot-1"
    ) async throws -> Claim {
        try await store.claim(for: receiver, lease: lease(owner), at: start, horizon: horizon)
    }

    @Test func `the sequence goes on where it was, even if its last notices were removed`() async throws {
        let alert = AlertExamples.alert("down")
        try await open().commit(AlertCommit(notices: [AlertExamples.notice(1, of: alert)]))
        let store = try open()
        let first = try await delivery(store)
        try await store.settle(first.notice.id, owner: "boot-1", as: .delivered(at: start))
        #expect(try await store.removeHistory(before: start + .seconds(1)) == 1)
        try await store.commit(AlertCommit(notices: [AlertExamples.notice(2, of: alert)]))
        #expect(try await delivery(store).sequence > first.sequence)
    }

    @Test func `forgetting what is over leaves alerts and what is still to be told`() async throws {
        let store = try open()
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
            try await delivery(store).notice.id,
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
        let store = try open()
        var alert = AlertExamples.alert("down")
        let later = start + .seconds(9_000_000)
        try await store.commit(AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)]))
        let first = try await delivery(store).notice.id
        try await store.settle(first, owner: "boot-1", as: .dead(at: start, reason: "400"))
        #expect(try await store.removeHistory(before: later) == 0)
        alert.state = .resolved
        let end = AlertExamples.notice(2, of: alert, kind: .resolved)
        try await store.commit(AlertCommit(alerts: [alert], notices: [end]))
        #expect(try await store.removeHistory(before: later) == 0)
        #expect(try await claim(store) == .nothing)
        let reasons = try await store.pool.read {
            try String.fetchAll($0, sql: "SELECT last_reason FROM notices ORDER BY sequence")
        }
        #expect(reasons == ["400", Notice.uncalledFor])
        #expect(try await store.removeHistory(before: later) == 2)
    }

    @Test func `a transition that cannot be read is an error that names it`() async throws {
        let store = try open()
        let transition = AlertTransition(
            alert: AlertExamples.alert("down").key,
            episode: 1,
            from: nil,
            to: .pending,
            severity: .major,
            cause: .appeared,
            at: start
        )
        for (column, wrong) in [("cause", "boredom"), ("alert", "x"), ("to_state", "odd")] {
            try await store.commit(AlertCommit(transitions: [transition]))
            try await store.pool.write {
                try $0.execute(sql: "UPDATE transitions SET \(column) = ?", arguments: [wrong])
            }
            let error = await #expect(throws: StorageError.self) {
                try await store.transitions(of: nil, since: start, limit: 10)
            }
            #expect(error?.code == .corrupt)
            #expect(error?.message.contains("the transition") == true)
            try await store.pool.write { try $0.execute(sql: "DELETE FROM transitions") }
        }
    }

    @Test func `notices of an older file get their episodes`() async throws {
        let old = DatabaseSchema(
            applicationID: DatabaseSchema.alerts.applicationID,
            migrations: [.alerts001Outbox]
        )
        let pool = try DatabaseFile(path: path, schema: old, durability: .power).open()
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
        let store = try open()
        let episodes = try await store.pool.read {
            try Int.fetchAll($0, sql: "SELECT episode FROM notices ORDER BY sequence")
        }
        #expect(episodes == [7, 0, 0])
    }

    private struct NothingToClaim: Error {
        let answer: Claim
    }

    private func delivery(_ store: SQLiteAlertStore, owner: String = "boot-1") async throws -> Delivery {
        let claim = try await claim(store, owner: owner)
        guard case .delivery(let delivery) = claim else { throw NothingToClaim(answer: claim) }
        return delivery
    }

    @Test func `transitions are stored in their order`() async throws {
        let store = try open()
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

    @Test func `a notice that is there already is an error of its own`() async throws {
        let store = try open()
        let commit = AlertCommit(notices: [AlertExamples.notice(1, of: AlertExamples.alert("down"))])
        try await store.commit(commit)
        let error = await #expect(throws: StorageError.self) { try await store.commit(commit) }
        #expect(error?.code == .duplicate)
    }

    @Test func `receivers whose names only look alike do not get each other's notices`() async throws {
        let store = try open()
        let names = ["team", "team\0", "team\0a", "team%00", "TEAM", "team ", ""]
        let notices = names.enumerated().map { number, name in
            AlertExamples.notice(UInt64(number), of: AlertExamples.alert("down"), receiver: name)
        }
        try await store.commit(AlertCommit(notices: notices))
        for name in names {
            guard case .delivery(let delivery) = try await claim(store, receiver: name) else {
                Issue.record("nothing for \(name.debugDescription)")
                continue
            }
            #expect(delivery.notice.receiver == name)
        }
        #expect(Set(try await store.outboxCounts().keys) == Set(names))
        #expect(try await store.retireReceivers(otherThan: ["team", ""], at: start, reason: "gone\0") == 5)
    }

    @Test func `a notice that cannot be read is given up, and the next one is handed out`() async throws {
        let store = try open()
        let alert = AlertExamples.alert("down")
        try await store.commit(
            AlertCommit(notices: [AlertExamples.notice(1, of: alert), AlertExamples.notice(2, of: alert)])
        )
        try await store.pool.write {
            try $0.execute(sql: "UPDATE notices SET document = '{\"id\": 5' WHERE sequence = 1")
        }
        #expect(try await delivery(store).notice.id == AlertExamples.notice(2, of: alert).id)
        #expect(try await store.outboxCounts()["team"]?.dead == 1)
        let reason = try await store.pool.read {
            try String.fetchOne($0, sql: "SELECT last_reason FROM notices WHERE sequence = 1")
        }
        #expect(reason?.contains("cannot be read") == true)
    }

    @Test func `an alert that cannot be read is an error that names it`() async throws {
        let store = try open()
        let alert = AlertExamples.alert("down")
        try await store.commit(AlertCommit(alerts: [alert, AlertExamples.alert("slow")]))
        try await store.pool.write {
            try $0.execute(
                sql: "UPDATE alerts SET document = '{}' WHERE key = ?",
                arguments: [alert.key.text]
            )
        }
        let error = await #expect(throws: StorageError.self) { try await store.alerts() }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(alert.key.text) == true)
    }

    @Test func `a full disk is a clear error, and nothing of the commit is stored`() async throws {
        let store = try open()
        let kept = AlertExamples.alert("kept")
        try await store.commit(AlertCommit(alerts: [kept]))
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        let alerts = (0..<2000).map { AlertExamples.alert("rule-\($0)") }
        let notices = alerts.enumerated().map { AlertExamples.notice(UInt64($0), of: $1) }
        let error = await #expect(throws: StorageError.self) {
            try await store.commit(AlertCommit(alerts: alerts, notices: notices))
        }
        #expect(error?.code == .diskFull)
        #expect(try await store.alerts() == [kept])
        #expect(try await store.outboxCounts() == [:])
    }

    @Test func `a settlement is recorded even if its task is cancelled`() async throws {
        let store = try open()
        try await store.commit(
            AlertCommit(notices: [AlertExamples.notice(1, of: AlertExamples.alert("down"))])
        )
        let id = try await delivery(store).notice.id
        let now = start
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.settle(id, owner: "boot-1", as: .delivered(at: now))
        }
        try await task.value
        #expect(try await store.outboxCounts()["team"]?.delivered == 1)
    }

    @Test func `many workers never get the same notice`() async throws {
        let store = try open()
        let notices = (0..<60).map { AlertExamples.notice($0, of: AlertExamples.alert("rule-\($0)")) }
        try await store.commit(AlertCommit(notices: notices))
        let claimed = try await withThrowingTaskGroup(of: [NoticeID].self) { group in
            for worker in 0..<6 {
                group.addTask {
                    var ids: [NoticeID] = []
                    while case .delivery(let delivery) = try await claim(store, owner: "worker-\(worker)") {
                        ids.append(delivery.notice.id)
                    }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60 && Set(claimed).count == 60)
    }
}
