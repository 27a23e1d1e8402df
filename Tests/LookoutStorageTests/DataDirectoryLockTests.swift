import Foundation
import Glibc
import Testing

@testable import LookoutStorage

@Suite struct DataDirectoryLockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a second one is refused, and told who holds the lock`() throws {
        let lock = try DataDirectoryLock(directory: folder.path)
        let error = try #require(throws: StorageError.self) {
            _ = try DataDirectoryLock(directory: folder.path)
        }
        #expect(error.code == .inUse)
        #expect(error.message.contains("process \(getpid())"))
        #expect(error.message.contains(folder.path))
        _ = consume lock
    }

    @Test func `the lock is free again when its holder is gone`() throws {
        for _ in 0..<3 { _ = try DataDirectoryLock(directory: folder.path) }
        #expect(try folder.bytes("lookout.lock") == Data("\(getpid())\n".utf8))
    }

    @Test func `a lock file left behind by a dead process is no obstacle`() throws {
        try folder.write(Data("999999999 and more than fits\n".utf8), to: "lookout.lock")
        let lock = try DataDirectoryLock(directory: folder.path)
        #expect(try folder.bytes("lookout.lock") == Data("\(getpid())\n".utf8))
        _ = consume lock
    }

    @Test func `a program that is started does not inherit the lock`() throws {
        let lock = try DataDirectoryLock(directory: folder.path)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "ls -l /proc/self/fd"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(!text.contains("lookout.lock"))
        _ = consume lock
    }

    @Test func `a missing folder is named`() {
        let error = #expect(throws: StorageError.self) {
            _ = try DataDirectoryLock(directory: folder.file("missing"))
        }
        #expect(error?.code == .folderMissing)
        #expect(error?.message.contains(folder.file("missing")) == true)
    }
}
