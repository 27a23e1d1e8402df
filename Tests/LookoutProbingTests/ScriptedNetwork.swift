import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Synchronization

/// A network as the test wants it: each address is up, down, or cannot be asked.
final class ScriptedNetwork: HTTPTransport {
    private let down: Mutex<Set<String>>
    private let cause: TransferError.Cause
    let asked = Recorder<String>()

    init(down: Set<String> = [], cause: TransferError.Cause = .target(.timeout)) {
        self.down = Mutex(down)
        self.cause = cause
    }

    func set(down: Set<String>) {
        self.down.withLock { $0 = down }
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        throw TransferError(.local, "references are not asked over HTTP")
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        asked.record(request.url)
        if down.withLock({ $0.contains(request.url) }) { throw TransferError(cause, "no answer") }
        return OpenStream()
    }

    private struct OpenStream: ByteStream {
        var timings: Timings { Timings() }
        var certificates: CertificateChain? { nil }

        func send(_ bytes: [UInt8], timeout: Duration) async throws(TransferError) {}
        func receive(timeout: Duration) async throws(TransferError) -> [UInt8] { [] }
        func close() async {}
    }
}
