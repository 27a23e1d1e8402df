import GRDB
import LookoutModel
import LookoutProbing
import Testing

@testable import LookoutStorage

@Suite struct SampleStorageTests {
    private let folder: TemporaryFolder
    private let path: String
    private let always = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("history.db")
    }

    private func open() throws -> SQLiteSampleStore {
        try HistoryDatabase.open(at: path, now: .epoch).samples
    }

    private func check(_ number: Int) -> CheckID {
        CheckID(environment: "production", probe: "probe-\(number)")
    }

    @Test func `samples are there after reopening, and new ones join them`() async throws {
        try await open().append([Sample(check: check(1), startedAt: .epoch, outcome: .ok)])
        let reopened = try open()
        try await reopened.append([
            Sample(check: check(1), startedAt: Timestamp(seconds: 1), outcome: .ok),
            Sample(check: check(2), startedAt: .epoch, outcome: .ok),
        ])
        #expect(try await open().newest(9).mapValues(\.count) == [check(1): 2, check(2): 1])
    }

    @Test func `a batch of a hundred thousand is stored whole, and retention takes it in steps`() async throws
    {
        let store = try SQLiteSampleStore(
            DatabaseFile(path: path, schema: .history, durability: .process).open(),
            suspicion: Suspicion(of: path),
            deletionLimit: 999
        )
        let batch = (0..<100_000).map { number in
            Sample(
                check: check(number % 100),
                startedAt: Timestamp(seconds: Int64(number / 100)),
                outcome: .ok
            )
        }
        try await store.append(batch.shuffled())
        let newest = try await store.newest(3)
        #expect(newest.count == 100)
        #expect(
            newest.values.allSatisfy {
                $0.map(\.startedAt.microseconds) == [997, 998, 999].map { $0 * 1_000_000 }
            }
        )
        #expect(try await store.removeSamples(before: Timestamp(seconds: 600)) == 60_000)
        #expect(try await store.samples(of: check(7), in: always).count == 400)
    }

    @Test func `the newest samples of a check are found by a descent, not by a scan`() async throws {
        let store = try open()
        try await store.append([Sample(check: check(1), startedAt: .epoch, outcome: .ok)])
        let queue = try DatabaseQueue(path: path)
        let plan = try await queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN
                    SELECT \(SampleRow.columns) FROM samples WHERE check_id = 1 ORDER BY started_at DESC LIMIT 5
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan == ["SEARCH samples USING PRIMARY KEY (check_id=?)"])
    }

    @Test func `a message is bounded when it is stored`() async throws {
        let store = try open()
        let message = String(repeating: "x", count: 1 << 20)
        try await store.append([
            Sample(
                check: check(1),
                startedAt: .epoch,
                outcome: .failed(Failure(.body, message)),
                version: message
            )
        ])
        let sample = try #require(try await store.newest(1)[check(1)]?.first)
        #expect(sample.outcome.message == StoredText.bounded(message, to: SampleRow.messageLimit))
        #expect(sample.version == StoredText.bounded(message, to: SampleRow.versionLimit))
    }

    @Test(arguments: ["outcome = 9", "failure = 'quic'", "failure = NULL"])
    func `an outcome of a later version says nothing, and hides no other row`(change: String) async throws {
        let store = try open()
        let failed = Outcome.failed(Failure(.status, "503"))
        try await store.append(
            (0..<3).map { second in
                Sample(check: check(1), startedAt: Timestamp(seconds: second), outcome: failed)
            }
        )
        let queue = try DatabaseQueue(path: path)
        try await queue.write {
            try $0.execute(sql: "UPDATE samples SET \(change) WHERE started_at = 1000000")
        }
        let outcomes = try #require(try await store.newest(3)[check(1)]).map(\.outcome)
        #expect(outcomes.map(\.name) == ["failed", "inconclusive", "failed"])
        #expect(outcomes[1].message?.hasSuffix("503") == true)
    }

    @Test func `a batch is stored even if its task is cancelled`() async throws {
        let store = try open()
        let sample = Sample(check: check(1), startedAt: .epoch, outcome: .ok)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.append([sample])
        }
        try await task.value
        #expect(try await store.newest(1) == [check(1): [sample]])
    }

    @Test func `readers see whole batches while a writer writes`() async throws {
        let store = try open()
        let size = 50
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<40 {
                    try await store.append(
                        (0..<size).map { second in
                            Sample(
                                check: check(1),
                                startedAt: Timestamp(seconds: Int64(round * size + second)),
                                outcome: .ok
                            )
                        }
                    )
                }
            }
            for _ in 0..<3 {
                group.addTask {
                    var seen = 0
                    while seen < 40 * size {
                        let count = try await store.samples(of: check(1), in: always).count
                        #expect(count % size == 0 && count >= seen)
                        seen = count
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `two batches with the same new checks get along`() async throws {
        let store = try open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for second in 0..<8 {
                group.addTask {
                    try await store.append(
                        (0..<20).map {
                            Sample(
                                check: check($0),
                                startedAt: Timestamp(seconds: Int64(second)),
                                outcome: .ok
                            )
                        }
                    )
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try await store.newest(9).mapValues(\.count)
                == Dictionary(uniqueKeysWithValues: (0..<20).map { (check($0), 8) })
        )
    }

    @Test func `a full disk is a clear error, and what was stored stays`() async throws {
        let pool = try DatabaseFile(path: path, schema: .history, durability: .process).open()
        let store = try SQLiteSampleStore(pool, suspicion: Suspicion(of: path))
        let first = Sample(check: check(1), startedAt: .epoch, outcome: .ok)
        try await store.append([first])
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 12") }
        let batch = (0..<10_000).map { Sample(check: check($0), startedAt: .epoch, outcome: .ok) }
        let error = await #expect(throws: StorageError.self) { try await store.append(batch) }
        #expect(error?.code == .diskFull)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("make room") == true)
        #expect(try await store.newest(9) == [check(1): [first]])
        // The numbers that the failed transaction gave out are not used later on.
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        let last = Sample(check: check(9999), startedAt: .epoch, outcome: .ok)
        try await store.append([last])
        #expect(try await store.newest(9) == [check(1): [first], check(9999): [last]])
    }
}
