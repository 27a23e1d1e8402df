import GRDB
import LookoutModel
import LookoutProbing
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// Reading stored samples in bulk, beside whoever writes them.
@Suite struct SampleArchiveTests {
    private let folder: TemporaryFolder
    private let path: String
    private static let always = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)

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

    private func sample(_ check: Int, at second: Int, lasting milliseconds: Int = 100) -> Sample {
        Sample(
            check: self.check(check),
            startedAt: Timestamp(seconds: Int64(second)),
            outcome: .ok,
            timings: Timings(total: .milliseconds(milliseconds))
        )
    }

    private func replayed(
        _ checks: [CheckID],
        in range: Range<Timestamp> = always,
        from archive: SQLiteSampleArchive? = nil
    ) throws -> [Sample] {
        var samples: [Sample] = []
        try (archive ?? HistoryDatabase.openArchive(at: path)).replay(checks, in: range) { sample, place in
            #expect(checks[place] == sample.check)
            samples.append(sample)
        }
        return samples
    }

    @Test func `every kind of sample comes back as it was stored`() async throws {
        let store = try open()
        let examples = SampleExamples.ofEveryKind(check: check(1))
        try await store.append(examples)
        let stored = try await store.samples(of: check(1), in: Self.always)
        #expect(stored.count == examples.count)
        // Runs of one check come as they began, also where what is stored of their ends cannot be.
        #expect(try replayed([check(1)]) == stored)
    }

    @Test func `samples of several checks come in the order in which their runs ended`() async throws {
        try await open().append([
            sample(1, at: 0, lasting: 10_000), sample(2, at: 1), sample(2, at: 2), sample(1, at: 20),
            sample(3, at: 5),
        ])
        let order = try replayed([check(1), check(2)]).map {
            "\($0.check.probe)@\($0.startedAt.microseconds / 1_000_000)"
        }
        #expect(order == ["probe-2@1", "probe-2@2", "probe-1@0", "probe-1@20"])
    }

    @Test func `a range holds what began in it, its end excluded, and unknown checks have nothing`()
        async throws
    {
        try await open().append((0..<10).map { sample(1, at: $0) })
        let range = Timestamp(seconds: 3)..<Timestamp(seconds: 6)
        let starts = try replayed([check(1), check(7)], in: range).map(\.startedAt)
        #expect(starts == [3, 4, 5].map { Timestamp(seconds: $0) })
    }

    @Test func `extents are the first and the last start of each check that has samples`() async throws {
        let store = try open()
        try await store.append([sample(1, at: 4), sample(1, at: 9), sample(2, at: 5)])
        _ = try await store.removeSamples(before: Timestamp(seconds: 5))
        try await store.append([sample(3, at: 1)])
        _ = try await store.removeSamples(before: Timestamp(seconds: 2))
        let extents = try HistoryDatabase.openArchive(at: path).extents()
        #expect(
            extents == [
                check(1): Timestamp(seconds: 9)...Timestamp(seconds: 9),
                check(2): Timestamp(seconds: 5)...Timestamp(seconds: 5),
            ]
        )
    }

    @Test
    func `a replay sees one state of the store while another writes, and does not keep it from writing`()
        async throws
    {
        let store = try open()
        try await store.append((0..<1000).map { sample(1, at: $0) })
        let archive = try HistoryDatabase.openArchive(at: path)
        let writer = try DatabaseQueue(path: path)
        var count = 0
        try archive.replay([check(1)], in: Self.always) { _, _ in
            if count == 500 { try writer.write { try $0.execute(sql: "DELETE FROM samples") } }
            count += 1
        }
        #expect(count == 1000)
        #expect(try replayed([check(1)], from: archive).isEmpty)
    }

    @Test func `what the caller throws ends the replay and comes out as it is`() async throws {
        struct Enough: Error {}
        try await open().append((0..<10).map { sample(1, at: $0) })
        var count = 0
        let archive = try HistoryDatabase.openArchive(at: path)
        #expect(throws: Enough.self) {
            try archive.replay([check(1)], in: Self.always) { _, _ in
                count += 1
                if count == 3 { throw Enough() }
            }
        }
        #expect(count == 3)
        #expect(try replayed([check(1)], from: archive).count == 10)
    }

    @Test func `any samples come out whole and in order`() async {
        await checkAll(cases: 25) { generator in
            let folder = try TemporaryFolder()
            let path = folder.file("history.db")
            var expected: [Sample] = []
            for check in 0..<Int.random(in: 1...7, using: &generator) {
                var start: Int64 = 0
                for _ in 0..<Int.random(in: 0...60, using: &generator) {
                    let length = Int64.random(in: 0...9_000_000, using: &generator)
                    expected.append(
                        Sample(
                            check: self.check(check),
                            startedAt: Timestamp(microseconds: start),
                            outcome: Bool.random(using: &generator)
                                ? .ok : .failed(Failure(.timeout, "\(length)")),
                            timings: Timings(total: .microseconds(length)),
                            version: ["1", "2.0.0-rc.1+a-rather-long-build", nil].randomElement(
                                using: &generator
                            ) ?? nil
                        )
                    )
                    start += length + Int64.random(in: 1...5_000_000, using: &generator)
                }
            }
            try await HistoryDatabase.open(at: path, now: .epoch).samples.append(
                expected.shuffled(using: &generator)
            )
            var replayed: [Sample] = []
            try HistoryDatabase.openArchive(at: path)
                .replay((0..<7).map(self.check), in: Self.always) { sample, _ in replayed.append(sample) }
            let inOrder = expected.sorted { ($0.endedAt, $0.check) < ($1.endedAt, $1.check) }
            try #require(replayed == inOrder)
        }
    }

    @Test func `a row that an unknown version or a fault left is read, or says so, and breaks nothing`()
        async throws
    {
        try await open().append((0..<3).map { sample(1, at: $0) })
        let writer = try DatabaseQueue(path: path)
        try await writer.write { db in
            try db.execute(sql: "UPDATE samples SET outcome = 9, message = 'later' WHERE started_at = 0")
            try db.execute(
                sql:
                    "UPDATE samples SET total = 9223372036854775807, failure = 'odd' WHERE started_at = 1000000"
            )
        }
        let replayed = try replayed([check(1)]).sorted { $0.startedAt < $1.startedAt }
        #expect(replayed.count == 3)
        #expect(replayed[0].outcome.message?.contains("later") == true)
        #expect(replayed[1].endedAt > replayed[1].startedAt)
    }

    // MARK: Files that cannot be read

    private func refusal() throws -> StorageError {
        try #require(throws: StorageError.self) { _ = try HistoryDatabase.openArchive(at: path) }
    }

    @Test func `a missing file is not created`() throws {
        #expect(try refusal().code == .fileMissing)
        #expect(try folder.names == [])
    }

    @Test func `a file that is empty, newer, or something else is refused and stays as it is`() async throws {
        try folder.write([UInt8](), to: "history.db")
        #expect(try refusal().code == .olderVersion)
        #expect(try folder.bytes("history.db").isEmpty)

        try folder.write(Array("this is a text, and a rather long one at that".utf8), to: "history.db")
        #expect(try refusal().code == .notADatabase)
    }

    @Test func `a file of a newer version is refused`() async throws {
        try await open().append([sample(1, at: 0)])
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        #expect(try refusal().code == .newerVersion)
    }

    @Test func `damage that a replay meets is thrown and leaves no mark for the agent`() async throws {
        try await open().append((0..<20_000).map { sample(1, at: $0) })
        // What is still in the log would be read from there.
        try await DatabaseQueue(path: path).writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try folder.overwrite("history.db", at: 40 * 4096, with: Array(repeating: 0xEE, count: 8 * 4096))
        let archive = try HistoryDatabase.openArchive(at: path)
        let error = try #require(throws: StorageError.self) { _ = try replayed([check(1)], from: archive) }
        #expect(error.code == .corrupt)
        #expect(try !folder.names.contains("history.db.suspect"))
    }

    @Test func `the alerts can be read and not written`() async throws {
        let path = folder.file("alerts.db")
        let written = try AlertDatabase.open(at: path).alerts
        let reading = try AlertDatabase.openForReading(at: path).alerts
        #expect(try await reading.alerts() == written.alerts())
        await #expect(throws: StorageError.self) { _ = try await reading.releaseLeases(exceptOf: "nobody") }
    }
}
