import Glibc
import Synchronization

/// What a `LoopbackServer` does with each connection, on a thread of the connection's own.
///
/// When it returns, the connection is closed with FIN; when it throws, likewise (the errors of
/// `LoopbackConnection` mean that the peer has gone or that the server stops).
package typealias LoopbackScript = @Sendable (LoopbackConnection) throws -> Void

/// A scripted TCP server on a port of its own of 127.0.0.1, for tests.
///
/// It speaks no protocol by itself: the script reads and sends bytes, waits, hangs or resets.
/// Use it through `withLoopbackServer`, which stops it and waits for its threads.
package final class LoopbackServer: Sendable {
    /// The port that it listens on.
    package let port: UInt16

    private let listener: Int32
    /// A pipe whose closing tells every thread to stop.
    private let stopEvent: Int32
    private let stopSwitch: Int32
    private let journal = LoopbackJournal()
    private let threads = Mutex<[LoopbackThread]>([])

    /// Listens on a port, or on any free one for 0, and starts to accept; throws
    /// `LoopbackError.system` where that is impossible.
    package init(port: UInt16 = 0, _ script: @escaping LoopbackScript) throws(LoopbackError) {
        listener = try LoopbackSocket.listening(on: port)
        (stopEvent, stopSwitch) = try LoopbackSocket.pipe()
        self.port = LoopbackSocket.port(of: listener)
        let acceptor = LoopbackThread { [self] in accept(running: script) }
        threads.withLock { $0.append(acceptor) }
    }

    /// The address of `path` on this server, such as `http://127.0.0.1:41234/health`.
    package func url(_ path: String = "/", scheme: String = "http") -> String {
        "\(scheme)://127.0.0.1:\(port)\(path)"
    }

    /// The requests that scripts have read with `readRequest`, in order of arrival.
    package var requests: [LoopbackRequest] {
        journal.requests
    }

    /// How many connections were accepted.
    package var connectionCount: Int {
        journal.connectionCount
    }

    /// Wakes every waiting script, closes every connection and waits for all threads.
    package func stop() {
        close(stopSwitch)
        while let thread = threads.withLock({ $0.popLast() }) {
            thread.join()
        }
        close(listener)
        close(stopEvent)
    }

    private func accept(running script: @escaping LoopbackScript) {
        while LoopbackSocket.wait(for: listener, toBe: POLLIN, unless: stopEvent, timeout: nil) == .ready {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            journal.noteConnection()
            let connection = LoopbackConnection(descriptor, stopEvent: stopEvent, journal: journal)
            let thread = LoopbackThread {
                try? script(connection)
                connection.finish()
            }
            threads.withLock { $0.append(thread) }
        }
    }
}

/// Runs a scripted server for as long as `body` runs.
package func withLoopbackServer<Result>(
    _ script: @escaping LoopbackScript,
    _ body: (LoopbackServer) async throws -> Result
) async throws -> Result {
    let server = try LoopbackServer(script)
    defer { server.stop() }
    return try await body(server)
}

/// Why a script could not go on.
package enum LoopbackError: Error {
    /// The peer closed or reset the connection.
    case peerGone
    /// The server is being stopped.
    case stopped
    /// A system call failed with this `errno`.
    case system(String, Int32)
}
