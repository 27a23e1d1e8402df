import Foundation
import GRDB
import LookoutAlerting
import LookoutModel
import LookoutProbing
import Testing

@testable import LookoutStorage

@Suite struct DamagedDatabaseTests {
    private let folder: TemporaryFolder
    private let history: String
    private let alerts: String
    private let now = Timestamp(seconds: 1_795_351_762)
    private let check = CheckID(environment: "production", probe: "api")

    init() throws {
        folder = try TemporaryFolder()
        history = folder.file("history.db")
        alerts = folder.file("alerts.db")
    }

    private func samples(_ count: Int) -> [Sample] {
        (0..<count).map { second in
            Sample(
                check: check,
                startedAt: Timestamp(seconds: Int64(second)),
                outcome: .failed(Failure(.condition, String(repeating: "x", count: 100)))
            )
        }
    }

    /// Makes a database with some hundred pages and everything in its main file.
    private func fillHistory() async throws {
        let pool = try DatabaseFile(path: history, schema: .history, durability: .process).open()
        try await SQLiteSampleStore(pool, suspicion: Suspicion(of: history)).append(samples(5000))
        try await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
    }

    private func fillAlerts() throws {
        let pool = try DatabaseFile(path: alerts, schema: .alerts, durability: .power).open()
        try pool.write { db in
            for number in 0..<2000 {
                let labels: Labels = ["number": "\(number)"]
                let alert = Alert(
                    id: AlertID(rule: "down", labels: labels),
                    severity: .major,
                    pendingSince: .epoch
                )
                try AlertRow.save(alert, db)
            }
        }
        try pool.close()
    }

    static let noDatabases: [Data] = [
        Data("This is not the file you are looking for.".utf8),
        Data(repeating: 0, count: 4096),
        Data([0xFF, 0xD8, 0xFF, 0xE0] + (0..<5000).map { UInt8(truncatingIfNeeded: $0) }),
    ]

    @Test(arguments: noDatabases)
    func `alerts that are no database are refused, left alone, and the remedy named`(bytes: Data) throws {
        try folder.write(bytes, to: "alerts.db")
        let error = try #require(throws: StorageError.self) { try AlertDatabase.open(at: alerts) }
        #expect(error.code == .notADatabase)
        #expect(error.message.contains("restore it from a backup"))
        #expect(try folder.bytes("alerts.db") == bytes)
    }

    @Test(arguments: noDatabases)
    func `a history that is no database is moved aside and begun anew`(bytes: Data) async throws {
        try folder.write(bytes, to: "history.db")
        let database = try HistoryDatabase.open(at: history, now: now)
        let replaced = try #require(database.replaced)
        #expect(replaced.path == history + ".corrupt-20261122T124922Z")
        #expect(replaced.reason.code == .notADatabase)
        #expect(try folder.bytes("history.db.corrupt-20261122T124922Z") == bytes)
        try await database.samples.append(samples(3))
        #expect(try await HistoryDatabase.open(at: history, now: now).samples.newest(9)[check]?.count == 3)
    }

    @Test func `a history whose header was overwritten is moved aside`() async throws {
        try await fillHistory()
        try folder.overwrite("history.db", at: 0, with: Array(repeating: 0x55, count: 100))
        let database = try HistoryDatabase.open(at: history, now: now)
        #expect(database.replaced?.reason.code == .notADatabase)
        #expect(try await database.samples.newest(1) == [:])
    }

    @Test func `a second damaged history does not overwrite the first`() throws {
        for _ in 0..<3 {
            try folder.write(Self.noDatabases[0], to: "history.db")
            _ = try HistoryDatabase.open(at: history, now: now)
        }
        let aside = try folder.names.filter { $0.contains("corrupt") }
        let name = "history.db.corrupt-20261122T124922Z"
        #expect(aside == [name, "\(name)-2", "\(name)-3"])
    }

    @Test func `alerts with damage in the middle are refused and left alone`() throws {
        try fillAlerts()
        let size = try folder.bytes("alerts.db").count
        try folder.overwrite(
            "alerts.db",
            at: size / 2 / 4096 * 4096,
            with: Array(repeating: 0xA5, count: 4096)
        )
        let before = try folder.bytes("alerts.db")
        let error = try #require(throws: StorageError.self) { try AlertDatabase.open(at: alerts) }
        #expect(error.code == .corrupt)
        #expect(try folder.bytes("alerts.db") == before)
    }

    @Test func `alerts that were cut short are refused`() throws {
        try fillAlerts()
        let bytes = try folder.bytes("alerts.db")
        try folder.write(bytes.prefix(bytes.count / 2), to: "alerts.db")
        let error = try #require(throws: StorageError.self) { try AlertDatabase.open(at: alerts) }
        #expect(error.code == .corrupt)
    }

    @Test func `damage in the middle of the history is met, told, and mended by the next start`() async throws
    {
        try await fillHistory()
        let size = try folder.bytes("history.db").count
        for page in stride(from: 4096 * 6, to: size, by: 4096) {
            try folder.overwrite("history.db", at: page, with: Array(repeating: 0xA5, count: 64))
        }
        let damaged = try HistoryDatabase.open(at: history, now: now)
        #expect(damaged.replaced == nil)
        let all = Timestamp.epoch..<Timestamp(seconds: 9999)
        let error = await #expect(throws: StorageError.self) {
            try await damaged.samples.samples(of: check, in: all)
        }
        #expect(error?.code == .corrupt)
        let mended = try HistoryDatabase.open(at: history, now: now)
        #expect(mended.replaced?.reason.code == .corrupt)
        #expect(try await mended.samples.newest(1) == [:])
        // Once is enough.
        #expect(try HistoryDatabase.open(at: history, now: now).replaced == nil)
    }

    @Test func `a history of a newer version is never moved aside`() throws {
        _ = try HistoryDatabase.open(at: history, now: now)
        let queue = try DatabaseQueue(path: history)
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 999") }
        try queue.close()
        #expect(throws: StorageError.self) { try HistoryDatabase.open(at: history, now: now) }
        #expect(try folder.names.allSatisfy { !$0.contains("corrupt") })
    }
}
