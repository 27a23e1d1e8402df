import Foundation

/// Python's `sqlite3` module on a file of the same form: `peers/store.py`, one process a measurement.
struct PythonStore {
    let script: String
    let database: String

    /// Inserts the samples with these numbers in batches; the wall and CPU seconds that it took.
    func append(_ numbers: Range<Int>, batch: Int) throws -> Cost {
        try run(["append", "\(numbers.lowerBound)", "\(numbers.upperBound)", "\(batch)"])
    }

    /// The newest samples of each check.
    func newest(_ count: Int) throws -> Cost {
        try run(["newest", "\(count)"])
    }

    /// The samples of one check in a range of time, in microseconds.
    func samples(of check: Int, _ range: Range<Int64>) throws -> Cost {
        try run(["range", "\(check)", "\(range.lowerBound)", "\(range.upperBound)"])
    }

    private func run(_ arguments: [String]) throws -> Cost {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, database] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard process.terminationStatus == 0, numbers.count == 3 else {
            throw BenchmarkError("\(script) failed with status \(process.terminationStatus)")
        }
        return Cost(rows: Int(numbers[0]), seconds: numbers[1], cpuSeconds: numbers[2])
    }
}
