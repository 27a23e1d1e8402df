import Foundation
import LookoutSimulation
import LookoutTestSupport
import Synchronization

/// The built program in a process of its own, as a user or systemd runs it.
final class LookoutProcess: Sendable {
    private let process: Mutex<Process>
    private let outputPath: String
    private let errorPath: String
    let pid: Int32

    /// The program that this build made.
    static var program: String {
        ProcessInfo.processInfo.environment["LOOKOUT_BINARY"]
            ?? SourceTree.root().appending(path: ".build/debug/lookout").path()
    }

    /// Starts the program in a folder, where its output is kept as well.
    init(_ arguments: [String], in folder: TestFolder, environment: [String: String] = [:]) throws {
        let name = UUID().uuidString
        outputPath = folder.path(name + ".out")
        errorPath = folder.path(name + ".err")
        for path in [outputPath, errorPath] {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = ProcessInfo.processInfo.environment
            .filter {
                !["NOTIFY_SOCKET", "WATCHDOG_USEC", "JOURNAL_STREAM", "STATE_DIRECTORY"].contains($0.key)
            }
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorPath)
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
    }

    deinit {
        signal(SIGKILL)
    }

    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.withLock { $0.isRunning } }

    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits for the end; the exit code, or the signal's number below zero.
    @discardableResult
    func exitCode() async throws -> Int32 {
        try await eventually("lookout ends", within: .seconds(60)) { !isRunning }
        return process.withLock {
            $0.terminationReason == .exit ? $0.terminationStatus : -$0.terminationStatus
        }
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String],
        in folder: TestFolder,
        environment: [String: String] = [:]
    ) async throws -> (code: Int32, output: String, errors: String) {
        let process = try LookoutProcess(arguments, in: folder, environment: environment)
        let code = try await process.exitCode()
        return (code, process.output, process.errors)
    }
}

/// A folder of its own for a test, gone with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/lookout-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }
}
