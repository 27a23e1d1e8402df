import Foundation

/// Other engines on the same expressions: a Python process that measures a round when asked.
final class ExpressionPeers {
    /// The packages that are compared with.
    let names: [String]
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts `peers/expressions.py` with a Python that has the packages.
    init(python: String, script: String, file: String) throws {
        process.executableURL = URL(filePath: python)
        process.arguments = [script, file]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        names = try Self.line(of: output).split(separator: " ").map(String.init)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The processor time of an evaluation, in nanoseconds.
    func nanoseconds(_ peer: String, expression number: Int) throws -> Double {
        try input.fileHandleForWriting.write(contentsOf: Data("\(peer) \(number)\n".utf8))
        let line = try Self.line(of: output)
        guard let nanoseconds = Double(line) else { throw BenchmarkError("\(peer) answered '\(line)'") }
        return nanoseconds
    }

    private static func line(of pipe: Pipe) throws -> String {
        var line: [UInt8] = []
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        guard !line.isEmpty else { throw BenchmarkError("peers/expressions.py has ended (see above)") }
        return String(decoding: line, as: UTF8.self)
    }
}
