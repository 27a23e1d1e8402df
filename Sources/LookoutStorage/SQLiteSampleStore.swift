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
                let insertion = RawStatement(try db.cachedStatement(sql: SampleRow.insertion))
                for place in try Self.inKeyOrder(samples, &numbers, db) {
                    try SampleRow.insert(samples[place.index], check: place.number, insertion)
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
                let statement = RawStatement(try db.cachedStatement(sql: SampleRow.newest))
                var newest: [CheckID: [Sample]] = [:]
                for (check, number) in try CheckNumbers.all(db).numbers {
                    statement.bind(number, at: 1)
                    statement.bind(Int64(count), at: 2)
                    var samples = try Self.samples(of: check, statement)
                    if samples.isEmpty { continue }
                    samples.reverse()
                    newest[check] = samples
                }
                return newest
            }
        }
    }

    package func newest(_ count: Int, of check: CheckID) async throws -> [Sample] {
        guard count > 0, let number = numbers.withLock({ $0.numbers[check] }) else { return [] }
        return try await noticingDamage {
            try await pool.snapshotRead { db in
                let statement = RawStatement(try db.cachedStatement(sql: SampleRow.newest))
                statement.bind(number, at: 1)
                statement.bind(Int64(count), at: 2)
                return try Self.samples(of: check, statement).reversed()
            }
        }
    }

    package func outcomeCounts(
        of check: CheckID,
        since time: Timestamp,
        every length: Duration
    ) async throws -> [OutcomeCount] {
        guard let number = numbers.withLock({ $0.numbers[check] }) else { return [] }
        return try await noticingDamage {
            try await pool.snapshotRead { db in
                let statement = RawStatement(try db.cachedStatement(sql: SampleRow.counting))
                defer { statement.reset() }
                statement.bind(number, at: 1)
                statement.bind(time.microseconds, at: 2)
                statement.bind(length.microseconds, at: 3)
                var counts: [OutcomeCount] = []
                while try statement.step() {
                    counts.append(
                        OutcomeCount(
                            start: Timestamp(microseconds: statement.int64(0)),
                            conclusive: Int(statement.int64(1)),
                            failed: Int(statement.int64(2))
                        )
                    )
                }
                return counts
            }
        }
    }

    package func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample] {
        guard let number = numbers.withLock({ $0.numbers[check] }) else { return [] }
        return try await noticingDamage {
            try await pool.snapshotRead { db in
                let statement = RawStatement(try db.cachedStatement(sql: SampleRow.selection))
                SampleRow.bind(number, range, statement)
                return try Self.samples(of: check, statement)
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

    /// All rows of a statement whose arguments are bound.
    private static func samples(of check: CheckID, _ statement: RawStatement) throws -> [Sample] {
        defer { statement.reset() }
        var reader = SampleRow.Reader(check: check)
        var samples: [Sample] = []
        while try statement.step() {
            samples.append(reader.sample(statement))
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
