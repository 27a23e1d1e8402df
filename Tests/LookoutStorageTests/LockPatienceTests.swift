import GRDB
import LookoutAlerting
import Testing

@testable import LookoutStorage

/// How long writes wait for a lock that another program holds.
@Suite struct LockPatienceTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool

    init() throws {
        folder = try TemporaryFolder()
        pool = try DatabaseFile(
            path: folder.file("alerts.db"),
            schema: .alerts,
            durability: .power,
            patience: 0.2
        ).open()
    }

    private var patience: Int? {
        get async throws {
            try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA busy_timeout") }
        }
    }

    @Test func `it is short once it was in vain, and whole again when a write has worked`() async throws {
        let store = SQLiteAlertStore(pool)
        try await store.proveCommit(at: AlertExamples.time)
        #expect(try await patience == 200)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.file("alerts.db"), configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        for _ in 0..<2 {
            let error = await #expect(throws: StorageError.self) {
                try await store.proveCommit(at: AlertExamples.time)
            }
            #expect(error?.code == .locked)
            #expect(try await patience == 50)
        }
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await store.proveCommit(at: AlertExamples.time)
        #expect(try await patience == 200)
    }

    @Test func `what fails for another reason says nothing about locks`() async throws {
        let store = SQLiteAlertStore(pool)
        let alert = AlertExamples.alert("down")
        let commit = AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)])
        try await store.commit(commit)
        await #expect(throws: StorageError.self) { try await store.commit(commit) }
        #expect(try await patience == 200)
    }
}
