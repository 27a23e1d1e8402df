import Glibc
import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct StandardLineOutputTests {
    /// Both ends of a pipe: what one reads and one writes.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var descriptors: [Int32] = [-1, -1]
        try #require(Glibc.pipe(&descriptors) == 0)
        return (descriptors[0], descriptors[1])
    }

    private static func read(_ descriptor: Int32, atMost count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return Array(bytes.prefix(max(0, read)))
    }

    @Test func `a slow reader gets all of it, and no thread waits`() async throws {
        let pipe = try Self.pipe()
        defer { close(pipe.reading) }
        let text = String(repeating: "0123456789abcdef", count: 1 << 14)
        let world = Simulation()
        let output = StandardLineOutput(descriptor: pipe.writing, showsColor: false)
        let timekeeper = world.timekeeper
        let finished = Recorder<Void>()
        let writing = world.start {
            defer { finished.record(()) }
            try await output.write(text, timekeeper: timekeeper)
        }
        #expect(finished.count == 0)
        var received: [UInt8] = []
        while finished.count == 0 {
            received += Self.read(pipe.reading, atMost: 8192)
            world.advance(by: .milliseconds(20))
        }
        try await world.finish(writing)
        close(pipe.writing)
        while case let rest = Self.read(pipe.reading, atMost: 1 << 20), !rest.isEmpty { received += rest }
        #expect(received == Array(text.utf8))
    }

    @Test func `a pipe that nobody reads is an error`() async throws {
        let pipe = try Self.pipe()
        close(pipe.reading)
        defer { close(pipe.writing) }
        let output = StandardLineOutput(descriptor: pipe.writing, showsColor: false)
        await #expect(throws: StandardLineOutput.WriteError.self) {
            try await output.write("lost", timekeeper: VirtualTimekeeper())
        }
    }
}
