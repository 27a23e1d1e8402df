import GRDB
package import LookoutModel
import LookoutProbing

/// The samples in `history.db` for reading in bulk, beside an agent that may be running.
///
/// The file is opened read-only: it is neither created nor brought to a newer form, and the agent can
/// write to it all the time. All errors are `StorageError`s, but for what the caller's own code throws.
package struct SQLiteSampleArchive: SampleArchive {
    private let pool: DatabasePool

    init(_ pool: DatabasePool) {
        self.pool = pool
    }

    package func extents() throws -> [CheckID: ClosedRange<Timestamp>] {
        try reading { db in
            // Two descents into the tree a check, whatever the number of rows.
            let statement = try db.cachedStatement(
                sql: """
                    SELECT (SELECT min(started_at) FROM samples WHERE check_id = :check),
                        (SELECT max(started_at) FROM samples WHERE check_id = :check)
                    """
            )
            var extents: [CheckID: ClosedRange<Timestamp>] = [:]
            for (check, number) in try CheckNumbers.all(db).numbers {
                let row = try Row.fetchOne(statement, arguments: ["check": number])
                guard let row, let first: Int64 = row[0], let last: Int64 = row[1] else { continue }
                extents[check] = Timestamp(microseconds: first)...Timestamp(microseconds: last)
            }
            return extents
        }
    }

    package func replay(
        _ checks: [CheckID],
        in range: Range<Timestamp>,
        _ body: (Sample, Int) throws -> Void
    ) throws {
        try reading { db in
            let numbers = try CheckNumbers.all(db).numbers
            var merge = SampleMerge()
            for (place, check) in checks.enumerated() {
                guard let number = numbers[check] else { continue }
                // One each, since all of them are under way at the same time.
                let rows = RawStatement(try db.makeStatement(sql: SampleRow.selection))
                SampleRow.bind(number, range, rows)
                try merge.add(rows, of: check, at: place)
            }
            defer { merge.close() }
            while let (sample, place) = try merge.next() {
                do {
                    try body(sample, place)
                } catch {
                    throw Interruption(error: error)
                }
            }
        }
    }

    /// What the caller's code threw, on its way through the database's error handling.
    private struct Interruption: Error {
        let error: any Error
    }

    private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try pool.read(body)
        } catch let interruption as Interruption {
            throw interruption.error
        } catch {
            throw StorageError(error, while: .read, path: pool.path)
        }
    }
}
