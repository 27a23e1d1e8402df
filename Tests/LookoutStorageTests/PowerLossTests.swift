import Foundation
import GRDB
import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutStorage

/// P13: a loss of power takes nothing that was committed, wherever it strikes.
///
/// The model: what was written since the last `fsync` may have reached the disk sector by sector, or not. SQLite
/// syncs the log with each commit, and before a checkpoint writes any of it into the database, and syncs the
/// database before the log begins anew. `strace` shows that order.
@Suite struct PowerLossTests {
    private static let names = ["alerts.db", "alerts.db-wal"]

    /// The files of a database; the index of the log is shared memory and does not outlive the power.
    private struct Image {
        var database: Data
        var log: Data

        init(of folder: TemporaryFolder) throws {
            database = try folder.bytes(names[0])
            log = try folder.bytes(names[1])
        }

        /// Opens what the power left.
        func survivor(in folder: TemporaryFolder) throws -> SQLiteAlertStore {
            try folder.write(database, to: names[0])
            try folder.write(log, to: names[1])
            return try AlertDatabase.open(at: folder.file(names[0])).alerts
        }
    }

    /// Where the power was lost.
    private enum Moment: Hashable {
        /// While a commit was appended to the log.
        case append
        /// While a commit was written over a log that a checkpoint was done with.
        case restart
        /// While a checkpoint copied the log into the database.
        case checkpoint
    }

    @Test func `a loss of power takes nothing that was committed, whatever it left of the rest`() async throws
    {
        let strikes = Mutex<[Moment: Int]>([:])
        await checkAll(cases: 60) { generator in
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            let store = try AlertDatabase.open(at: folder.file("alerts.db")).alerts
            let pages = Int.random(in: 2...30, using: &generator)
            try await store.pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)")
            }
            var before = try Image(of: folder)
            let count = Int.random(in: 1...12, using: &generator)
            for number in 1...count {
                before = try Image(of: folder)
                try await store.commit(Self.commit(number, using: &generator))
            }
            let after = try Image(of: folder)
            var (torn, moment) = (after, Moment.append)
            if before.database != after.database, Bool.random(using: &generator) {
                moment = .checkpoint
                torn.database = Self.torn(after.database, from: before.database, &generator)
            } else {
                if before.log.prefix(32) != after.log.prefix(32) { moment = .restart }
                torn.database = before.database
                torn.log = Self.torn(after.log, from: before.log, &generator)
            }
            strikes.withLock { [moment] in $0[moment, default: 0] += 1 }
            let sure = moment == .checkpoint ? count : count - 1
            try await Self.check(torn, has: sure, atMost: count)
        }
        let sum = strikes.withLock { $0 }
        print(
            "power loss: \(sum[.append] ?? 0) appends, \(sum[.restart] ?? 0) restarts of the log, "
                + "\(sum[.checkpoint] ?? 0) checkpoints"
        )
        #expect(sum.count == 3)
    }

    /// Opens what is left, and holds it against what was committed: whole commits, the first so many without a gap.
    private static func check(_ image: Image, has sure: Int, atMost most: Int) async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let survivor = try image.survivor(in: folder)
        let rules = Set(try await survivor.alerts().map(\.id.rule))
        try #require(sure <= rules.count && rules.count <= most)
        try #require(rules == Set((0..<rules.count).map { "rule-\($0 + 1)" }))
        let waiting = try await survivor.outboxCounts()["team"]?.waiting ?? 0
        try #require(waiting == rules.count)
        let sound = try await survivor.pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        try #require(sound == ["ok"])
        // In order, and what comes next goes behind it.
        var generator = SeededGenerator(seed: 1)
        try await survivor.commit(commit(100, using: &generator))
        let told = try await survivor.pool.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT json_extract(document, '$.alert.rule') FROM notices ORDER BY sequence"
            )
        }
        try #require(told == (0..<rules.count).map { "rule-\($0 + 1)" } + ["rule-100"])
    }

    /// An alert with a notice, of a size at random, so that a commit takes one page or many.
    private static func commit(_ number: Int, using generator: inout SeededGenerator) -> AlertCommit {
        var alert = AlertExamples.alert("rule-\(number)")
        alert.texts.description = String(repeating: "x", count: Int.random(in: 0...12_000, using: &generator))
        return AlertCommit(alerts: [alert], notices: [AlertExamples.notice(UInt64(number), of: alert)])
    }

    /// The old bytes with some of the sectors of the new ones; a file that grew may end anywhere.
    private static func torn(_ new: Data, from old: Data, _ generator: inout SeededGenerator) -> Data {
        let length = Int.random(in: min(old.count, new.count)...new.count, using: &generator)
        var torn = Data(old.prefix(length)) + Data(repeating: 0, count: max(0, length - old.count))
        for sector in stride(from: 0, to: length, by: 512) where Bool.random(using: &generator) {
            let range = sector..<min(sector + 512, length)
            torn.replaceSubrange(range, with: new[range])
        }
        return torn
    }
}
