import GRDB
package import LookoutModel
import LookoutProbing
import Synchronization

/// The samples in `history.db`.
///
/// Stored are whole microseconds; messages are cut at 4096 bytes, versions at 256. A write that was
/// begun is finished even if the task is cancelled; reads end early. All errors are `StorageError`s
/// but for the `CancellationError` of a read.
package final class SQLiteSampleStore: SampleStore {
    private let pool: DatabasePool
    private let suspicion: Suspicion
    private let numbers: Mutex<CheckNumbers>
    /// The most rows that one transaction of `removeSamples` deletes, so that writers get their turn.
    private let deletionLimit: Int

    init(_ pool: DatabasePool, suspicion: Suspicion, deletionLimit: Int = 5000) throws {
        self.pool = pool
        self.suspicion = suspicion
        self.deletionLimit = deletionLimit
        numbers = Mutex(try pool.read(CheckNumbers.all))
    }

    package func append(_ samples: [Sample]) async throws {
        guard !samples.isEmpty else { return }
        let known = numbers.withLock { $0 }
        let extended = try await noticingDamage {
            try await pool.finishWrite { db in
                var numbers = known
                let insertion = try db.cachedStatement(sql: SampleRow.insertion)
                for place in try Self.inKeyOrder(samples, &numbers, db) {
                    let arguments = SampleRow.arguments(samples[place.index], check: place.number)
                    insertion.setUncheckedArguments(arguments)
                    try insertion.execute()
                }
                return numbers
            }
        }
        // Only now are new numbers known to be on disk.
        if extended.count > known.count { numbers.withLock { $0.merge(extended) } }
    }

    package func newest(_ count: Int) async throws -> [CheckID: [Sample]] {
        guard count > 0 else { return [:] }
        return try await noticingDamage {
            try await pool.snapshotRead { db in
                // One descent into the tree a check, whatever the number of rows.
                let statement = try db.cachedStatement(
                    sql: """
                        SELECT \(SampleRow.columns) FROM samples
                        WHERE check_id = ? ORDER BY started_at DESC LIMIT ?
                        """
                )
                var newest: [CheckID: [Sample]] = [:]
                for (check, number) in try CheckNumbers.all(db).numbers {
                    var samples = try Self.samples(of: check, statement, [number, count])
                    if samples.isEmpty { continue }
                    samples.reverse()
                    newest[check] = samples
                }
                return newest
            }
        }
    }

    package func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample] {
        guard let number = numbers.withLock({ $0.numbers[check] }) else { return [] }
        return try await noticingDamage {
            try await pool.snapshotRead { db in
                let statement = try db.cachedStatement(
                    sql: """
                        SELECT \(SampleRow.columns) FROM samples
                        WHERE check_id = ? AND started_at >= ? AND started_at < ? ORDER BY started_at
                        """
                )
                let bounds = (range.lowerBound.microseconds, range.upperBound.microseconds)
                return try Self.samples(of: check, statement, [number, bounds.0, bounds.1])
            }
        }
    }

    package func removeSamples(before time: Timestamp) async throws -> Int {
        var sweep = RetentionSweep(
            before: time,
            checks: numbers.withLock { $0.numbers.values.sorted() },
            limit: deletionLimit
        )
        while !sweep.isFinished {
            try Task.checkCancellation()
            sweep = try await noticingDamage { [sweep] in
                try await pool.finishWrite { db in
                    var next = sweep
                    try next.step(db)
                    return next
                }
            }
        }
        return sweep.removed
    }

    /// The places of a batch's samples in the order of the primary key, so that writing them touches
    /// each leaf of the tree once; of two with the same key the earlier one comes first.
    private static func inKeyOrder(
        _ samples: [Sample],
        _ numbers: inout CheckNumbers,
        _ db: Database
    ) throws -> [(number: Int64, startedAt: Timestamp, index: Int)] {
        var places: [(number: Int64, startedAt: Timestamp, index: Int)] = []
        places.reserveCapacity(samples.count)
        for (index, sample) in samples.enumerated() {
            places.append((try numbers.number(of: sample.check, db), sample.startedAt, index))
        }
        return places.sorted(by: <)
    }

    private static func samples(
        of check: CheckID,
        _ statement: Statement,
        _ arguments: StatementArguments
    ) throws -> [Sample] {
        var samples: [Sample] = []
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            samples.append(SampleRow.sample(row, of: check))
        }
        return samples
    }

    /// Leaves a mark if the database turns out to be damaged, so that the next start replaces it.
    private func noticingDamage<Value>(_ access: () async throws -> Value) async throws -> Value {
        do {
            return try await access()
        } catch let error as StorageError where error.code == .corrupt || error.code == .notADatabase {
            suspicion.raise()
            throw error
        }
    }
}
