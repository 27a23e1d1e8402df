package import LookoutModel
import Synchronization

/// A request that a `LoopbackServer` has read.
package struct LoopbackRequest: Sendable {
    /// The bytes up to the empty line, as they came.
    package let head: String
    package var body: [UInt8] = []

    init(head: String) {
        self.head = head
    }

    package var method: String {
        requestLine(part: 0)
    }

    /// The request target, such as `/health?full=1`.
    package var target: String {
        requestLine(part: 1)
    }

    /// The header lines in order.
    package var headers: [HeaderField] {
        head.split(separator: "\r\n").dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            return HeaderField(String(parts[0]), String(value))
        }
    }

    /// The value of the first header line with this name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var contentLength: Int {
        header("Content-Length").flatMap { Int($0) } ?? 0
    }

    private func requestLine(part: Int) -> String {
        let parts = head.prefix { $0 != "\r\n" }.split(separator: " ")
        return part < parts.count ? String(parts[part]) : ""
    }
}

/// What a `LoopbackServer` remembers for the test to look at.
final class LoopbackJournal: Sendable {
    private struct State {
        var requests: [LoopbackRequest] = []
        var connectionCount = 0
    }

    private let state = Mutex(State())

    var requests: [LoopbackRequest] {
        state.withLock(\.requests)
    }

    var connectionCount: Int {
        state.withLock(\.connectionCount)
    }

    func note(_ request: LoopbackRequest) {
        state.withLock { $0.requests.append(request) }
    }

    func noteConnection() {
        state.withLock { $0.connectionCount += 1 }
    }
}
