import Foundation
import GRDB
import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// A disk that fails at every point of a notice's way: the store says how, and loses nothing.
@Suite struct OutboxFaultTests {
    /// What is wrong with the disk.
    enum Fault: CaseIterable {
        case full
        case readOnly
        case locked
    }

    private let folder: TemporaryFolder
    private let path: String
    private let time = AlertExamples.time

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("alerts.db")
    }

    private func request() -> ClaimRequest {
        ClaimRequest(
            receiver: "team",
            lease: Lease(owner: "boot", until: time + .seconds(60)),
            now: time,
            horizon: .seconds(3600)
        )
    }

    /// Lets the disk fail while the body runs.
    private func with(
        _ fault: Fault,
        _ pool: DatabasePool,
        _ body: (StorageError.Code) async throws -> Void
    ) async throws {
        switch fault {
        case .full:
            try await pool.writeWithoutTransaction { db in
                // No page is left in the file, so that an update needs a new one.
                try db.execute(sql: "VACUUM; PRAGMA max_page_count = 1")
            }
            try await body(.diskFull)
            try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        case .readOnly:
            try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
            try await body(.readOnly)
            try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
        case .locked:
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: path, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            try await body(.locked)
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        }
    }

    @Test(arguments: Fault.allCases)
    func `no step of a notice's way is lost or half done`(fault: Fault) async throws {
        let file = DatabaseFile(path: path, schema: .alerts, durability: .power, patience: 0.05)
        let store = SQLiteAlertStore(try file.open())
        let alert = AlertExamples.alert("down")
        try await store.commit(AlertCommit(alerts: [alert], notices: [AlertExamples.notice(1, of: alert)]))
        try await with(fault, store.pool) { code in
            // Large enough for a page of its own, which a full disk has not.
            var large = AlertExamples.alert("large")
            large.texts.description = String(repeating: "x", count: 20_000)
            let commit = AlertCommit(alerts: [large], notices: [AlertExamples.notice(2, of: large)])
            let error = await #expect(throws: StorageError.self) { try await store.commit(commit) }
            #expect(error?.code == code)
            #expect(error?.message.contains(path) == true)
            guard fault != .full else { return }
            let request = request()
            let refused = await #expect(throws: StorageError.self) { try await store.claim(request) }
            #expect(refused?.code == code)
        }
        #expect(try await store.alerts() == [alert])
        guard case .delivery(let delivery) = try await store.claim(request()) else {
            Issue.record("the notice is lost")
            return
        }
        try await with(fault, store.pool) { code in
            guard fault != .full else { return }
            let error = await #expect(throws: StorageError.self) {
                try await store.settle(delivery.id, owner: "boot", as: .delivered(at: time))
            }
            #expect(error?.code == code)
        }
        #expect(try await store.outboxCounts()["team"]?.waiting == 1)
        try await store.settle(delivery.id, owner: "boot", as: .delivered(at: time))
        #expect(try await store.outboxCounts()["team"] == OutboxCounts(delivered: 1))
    }
}
