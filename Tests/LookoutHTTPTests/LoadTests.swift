import Glibc
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Many exchanges at once, their cancellation, and what is left behind.
@Suite(.serialized) struct `HTTP client under load` {
    @Test func `two hundred exchanges run at once`() async throws {
        let client = try HTTPClient()
        let gate = Gate(opensAt: 200)
        try await withLoopbackServer { connection in
            let request = try connection.readRequest()
            gate.pass()
            try connection.send(LoopbackAnswer(body: request.target))
        } _: { server in
            let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 1...200 {
                    group.addTask {
                        try await client.send(HTTPRequest(url: server.url("/\(number)"))).body
                    }
                }
                return try await group.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
            }
            #expect(Set(bodies) == Set((1...200).map { "/\($0)" }))
        }
    }

    @Test func `cancelling the task ends the exchange at once`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer {
            try $0.readRequest()
            try $0.hang()
        } _: { server in
            let task = Task {
                try await client.send(HTTPRequest(url: server.url(), timeout: .seconds(600)))
            }
            try await eventually("the request has arrived") { server.requests.count == 1 }
            task.cancel()
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.cause == .cancelled)
        }
    }

    @Test func `an exchange of a task that was cancelled before does not take place`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer {
            try $0.hang()
        } _: { server in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.send(HTTPRequest(url: server.url(), timeout: .seconds(600)))
            }
            let error = await #expect(throws: TransferError.self) { try await task.value }
            #expect(error?.cause == .cancelled)
        }
    }

    @Test func `shutting down ends what is under way, twice is once, and nothing starts afterwards`()
        async throws
    {
        let client = try HTTPClient()
        try await withLoopbackServer {
            try $0.hang()
        } _: { server in
            let request = HTTPRequest(url: server.url(), timeout: .seconds(600))
            let stream = try await client.connect(ConnectionRequest(url: server.url()))
            let sending = Task { try await client.send(request) }
            let receiving = Task { try await stream.receive(timeout: .seconds(600)) }
            try await eventually("both are connected") { server.connectionCount == 2 }
            await client.shutdown()
            await client.shutdown()
            let sent = await #expect(throws: TransferError.self) { try await sending.value }
            let received = await #expect(throws: TransferError.self) { try await receiving.value }
            let later = await #expect(throws: TransferError.self) { try await client.send(request) }
            #expect([sent, received, later].map { $0?.cause } == [.cancelled, .cancelled, .cancelled])
            await stream.close()
        }
    }

    @Test func `dropping the client ends its thread`() async throws {
        let before = try Self.threads(named: "lookout-http")
        do {
            let client = try HTTPClient()
            _ = try? await client.send(HTTPRequest(url: closedLoopbackURL()))
        }
        try await eventually("the thread is gone") {
            try Self.threads(named: "lookout-http") <= before
        }
    }

    @Test func `no descriptor is lost by answers, failures, cancellations or connections`() async throws {
        let client = try HTTPClient()
        try await withLoopbackServer { connection in
            switch try connection.readRequest().target {
            case "/reset": connection.reset()
            case "/hang": try connection.hang()
            default: try connection.send(LoopbackAnswer())
            }
        } _: { server in
            let closed = try closedLoopbackURL()
            func round(_ number: Int) async throws {
                _ = try await client.send(HTTPRequest(url: server.url()))
                _ = try? await client.send(HTTPRequest(url: server.url("/reset")))
                _ = try? await client.send(HTTPRequest(url: closed))
                _ = try? await client.send(HTTPRequest(url: "http://no-such-host.invalid/"))
                let task = Task { try await client.send(HTTPRequest(url: server.url("/hang"))) }
                try await eventually("it hangs") {
                    server.requests.filter { $0.target == "/hang" }.count == number
                }
                task.cancel()
                _ = try? await task.value
                let stream = try await client.connect(ConnectionRequest(url: server.url()))
                if number.isMultiple(of: 2) { await stream.close() }
            }
            try await round(1)
            try await eventually("all is closed") { try Self.sockets(to: server.port) == 0 }
            for number in 2...40 { try await round(number) }
            try await eventually("all is closed again") { try Self.sockets(to: server.port) == 0 }
        }
    }

    /// How many connections this process holds, as a client, to a port of 127.0.0.1.
    private static func sockets(to port: UInt16) throws -> Int {
        try
            (openDescriptors().filter { descriptor in
                var address = sockaddr_in()
                var length = socklen_t(MemoryLayout<sockaddr_in>.size)
                let code = withUnsafeMutableBytes(of: &address) { raw in
                    getpeername(descriptor, raw.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
                }
                return code == 0 && address.sin_port == port.bigEndian
            }).count
    }

    private static func openDescriptors() throws -> [Int32] {
        try names(in: "/proc/self/fd").compactMap { Int32($0) }
    }

    private static func threads(named name: String) throws -> Int {
        try names(in: "/proc/self/task").count { task in
            guard let file = fopen("/proc/self/task/\(task)/comm", "r") else { return false }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 32)
            guard fgets(&line, 32, file) != nil else { return false }
            return String(decoding: line.prefix { $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                == name
        }
    }

    private static func names(in folder: String) throws -> [String] {
        let handle = try #require(opendir(folder))
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            withUnsafeBytes(of: entry.pointee.d_name) { raw in
                names.append(String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        return names
    }
}
