import GRDB
import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// What goes wrong in `alerts.db` is a clear error, and costs nothing else.
@Suite struct AlertStorageFaultTests {
    private let file: AlertFile
    private let start = AlertFile.start

    init() throws {
        file = try AlertFile()
    }

    @Test func `a transition that cannot be read is an error that names it`() async throws {
        let store = try file.open()
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

    @Test func `a notice that is there already is an error of its own`() async throws {
        let store = try file.open()
        let commit = AlertCommit(notices: [AlertExamples.notice(1, of: AlertExamples.alert("down"))])
        try await store.commit(commit)
        let error = await #expect(throws: StorageError.self) { try await store.commit(commit) }
        #expect(error?.code == .duplicate)
    }

    @Test func `receivers whose names only look alike do not get each other's notices`() async throws {
        let store = try file.open()
        let names = ["team", "team\0", "team\0a", "team%00", "TEAM", "team ", ""]
        let notices = names.enumerated().map { number, name in
            AlertExamples.notice(UInt64(number), of: AlertExamples.alert("down"), receiver: name)
        }
        try await store.commit(AlertCommit(notices: notices))
        for name in names {
            guard case .delivery(let delivery) = try await file.claim(store, receiver: name) else {
                Issue.record("nothing for \(name.debugDescription)")
                continue
            }
            #expect(delivery.notice.receiver == name)
        }
        #expect(Set(try await store.outboxCounts().keys) == Set(names))
        #expect(try await store.retireReceivers(otherThan: ["team", ""], at: start, reason: "gone\0") == 5)
    }

    @Test func `a notice that cannot be read is given up, and the next one is handed out`() async throws {
        let store = try file.open()
        let alert = AlertExamples.alert("down")
        try await store.commit(
            AlertCommit(notices: [AlertExamples.notice(1, of: alert), AlertExamples.notice(2, of: alert)])
        )
        try await store.pool.write {
            try $0.execute(sql: "UPDATE notices SET document = '{\"id\": 5' WHERE sequence = 1")
        }
        #expect(try await file.delivery(store).notice.id == AlertExamples.notice(2, of: alert).id)
        #expect(try await store.outboxCounts()["team"]?.dead == 1)
        let reason = try await store.pool.read {
            try String.fetchOne($0, sql: "SELECT last_reason FROM notices WHERE sequence = 1")
        }
        #expect(reason?.contains("cannot be read") == true)
    }

    @Test func `an alert that cannot be read is an error that names it`() async throws {
        let store = try file.open()
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
        let store = try file.open()
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
        let store = try file.open()
        try await store.commit(
            AlertCommit(notices: [AlertExamples.notice(1, of: AlertExamples.alert("down"))])
        )
        let id = try await file.delivery(store).notice.id
        let now = start
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.settle(id, owner: "boot-1", as: .delivered(at: now))
        }
        try await task.value
        #expect(try await store.outboxCounts()["team"]?.delivered == 1)
    }

    @Test func `many workers never get the same notice`() async throws {
        let store = try file.open()
        let notices = (0..<60).map { AlertExamples.notice($0, of: AlertExamples.alert("rule-\($0)")) }
        try await store.commit(AlertCommit(notices: notices))
        let claimed = try await withThrowingTaskGroup(of: [NoticeID].self) { group in
            for worker in 0..<6 {
                group.addTask {
                    var ids: [NoticeID] = []
                    while case .delivery(let delivery) = try await file.claim(
                        store,
                        owner: "worker-\(worker)"
                    ) {
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
