import Glibc
import LookoutAlerting
package import LookoutModel

/// Standard output or standard error, written without ever blocking a thread.
package struct StandardLineOutput: LineOutput {
    /// Which of the two.
    package enum Stream: Sendable {
        case output
        case error
    }

    /// A write that failed, in the system's words.
    package struct WriteError: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// So much a pipe or terminal that is ready takes without waiting: Linux calls a terminal ready when
    /// it has room for 256 bytes, a pipe when it has room for a page.
    private static let chunkBytes = 256

    private let descriptor: Int32
    package let showsColor: Bool

    package init(_ stream: Stream) {
        let descriptor = stream == .output ? STDOUT_FILENO : STDERR_FILENO
        self.init(descriptor: descriptor, showsColor: Self.wantsColor(descriptor))
    }

    init(descriptor: Int32, showsColor: Bool) {
        self.descriptor = descriptor
        self.showsColor = showsColor
    }

    package func write(_ text: String, timekeeper: any Timekeeper) async throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            guard try isReady() else {
                try await timekeeper.sleep(for: .milliseconds(20))
                continue
            }
            let count = rest.prefix(Self.chunkBytes).withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR, errno != EAGAIN {
                throw Self.lastError()
            }
        }
    }

    /// Whether a write would not block; throws if that cannot be found out.
    private func isReady() throws -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let count = poll(&request, 1, 0)
        if count < 0, errno != EINTR { throw Self.lastError() }
        let isAbandoned = request.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
        if count > 0, isAbandoned { throw WriteError(description: "nobody reads it any more") }
        return count > 0
    }

    /// On a terminal, unless the person said no (no-color.org) or the terminal cannot.
    private static func wantsColor(_ descriptor: Int32) -> Bool {
        guard isatty(descriptor) == 1 else { return false }
        if let choice = getenv("NO_COLOR"), choice.pointee != 0 { return false }
        guard let terminal = getenv("TERM") else { return true }
        return strcmp(terminal, "dumb") != 0
    }

    private static func lastError() -> WriteError {
        WriteError(description: strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
    }
}
