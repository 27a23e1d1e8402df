import Foundation
import LookoutModel
import LookoutProbing
import LookoutStorage

/// Writing and reading samples, beside Python's `sqlite3` on a copy of the same file.
struct StoreBenchmark {
    /// Rows that are there before anything is measured.
    private static let preloaded = 1_000_000

    private let folder: String
    private let peer: String
    private let rounds: Int

    init(_ options: Options) throws {
        folder = try options.text("folder")
        peer = try options.text("peer")
        rounds = try options.number("rounds", default: 3)
    }

    func run() async throws -> Bool {
        let path = "\(folder)/history.db"
        let store = try await preload(path)
        let python = PythonStore(script: peer, database: "\(folder)/python.db")
        try await append(store, python)
        try await read(store, python)
        return true
    }

    /// A store with a million rows, and a copy of its file for Python.
    private func preload(_ path: String) async throws -> SQLiteSampleStore {
        do {
            let store = try HistoryDatabase.open(at: path, now: .epoch).samples
            for first in stride(from: 0, to: Self.preloaded, by: 10_000) {
                try await store.append(SamplePattern.samples(first..<first + 10_000))
            }
        }
        // The store is closed now, so all of it is in one file.
        try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/python.db")
        return try HistoryDatabase.open(at: path, now: .epoch).samples
    }

    private func append(_ store: SQLiteSampleStore, _ python: PythonStore) async throws {
        let preloaded = Self.preloaded.grouped
        print(
            "Samples of \(SamplePattern.checkCount.grouped) checks into \(preloaded) rows, medians of \(rounds) rounds; "
                + "a batch is a transaction"
        )
        var table = TextTable("", "batch", "rows/s", "CPU µs/row", "CPU, python ÷ ours")
        var next = Self.preloaded
        for (batch, rows) in [(1, 5000), (100, 50_000), (500, 50_000), (10_000, 100_000)] {
            var costs = [[Cost](), [Cost]()]
            // The first round only warms up.
            for round in 0...rounds {
                let batches = stride(from: next, to: next + rows, by: batch).map {
                    SamplePattern.samples($0..<$0 + batch)
                }
                let ours = try await Cost.of {
                    for samples in batches { try await store.append(samples) }
                    return rows
                }
                let theirs = try python.append(next..<next + rows, batch: batch)
                next += rows
                if round > 0 {
                    costs[0].append(ours)
                    costs[1].append(theirs)
                }
            }
            let ratio = zip(costs[0], costs[1]).map { $1.cpuSeconds / $0.cpuSeconds }.median
            for (name, costs, ratio) in [
                ("SQLiteSampleStore.append", costs[0], ratio.short), ("python executemany", costs[1], ""),
            ] {
                table.add(
                    name,
                    batch.grouped,
                    costs.map { Double($0.rows) / $0.seconds }.median.short,
                    costs.map { $0.cpuSeconds / Double($0.rows) * 1e6 }.median.short,
                    ratio
                )
            }
        }
        table.show()
    }

    private func read(_ store: SQLiteSampleStore, _ python: PythonStore) async throws {
        let range = SamplePattern.time(ofTick: 0)..<SamplePattern.time(ofTick: 1000)
        let microseconds = range.lowerBound.microseconds..<range.upperBound.microseconds
        var table = TextTable("", "rows", "ours ms", "python ms", "CPU, python ÷ ours")
        for count in [1, 100] {
            try await compare("newest \(count) of each check", &table) {
                try await Cost.of { try await store.newest(count).values.reduce(0) { $0 + $1.count } }
            } _: {
                try python.newest(count)
            }
        }
        try await compare("one check, 1,000 intervals", &table) {
            try await Cost.of { try await store.samples(of: SamplePattern.check(500), in: range).count }
        } _: {
            try python.samples(of: 500, microseconds)
        }
        print("Reading, medians of \(2 * rounds + 1) rounds")
        table.show()
    }

    private func compare(
        _ name: String,
        _ table: inout TextTable,
        _ ours: () async throws -> Cost,
        _ theirs: () throws -> Cost
    ) async throws {
        var costs: [(ours: Cost, theirs: Cost)] = []
        // The first round only warms up.
        for round in 0...(2 * rounds + 1) {
            let cost = (try await ours(), try theirs())
            if round > 0 { costs.append(cost) }
        }
        guard let first = costs.first, first.ours.rows == first.theirs.rows else {
            throw BenchmarkError("\(name): python read other rows than we did")
        }
        table.add(
            name,
            first.ours.rows.grouped,
            (costs.map(\.ours.seconds).median * 1000).short,
            (costs.map(\.theirs.seconds).median * 1000).short,
            costs.map { $0.theirs.cpuSeconds / $0.ours.cpuSeconds }.median.short
        )
    }
}
