import LookoutModel
import Synchronization

/// A connection that `HTTPClient.connect` has opened.
///
/// All work is done in the client's loop.
final class CurlStream: ByteStream {
    let timings: Timings
    let certificates: CertificateChain?

    private let id: StreamID
    private let inbox: LoopInbox

    init(_ opened: OpenedConnection, _ inbox: LoopInbox) {
        id = opened.stream
        timings = opened.timings
        certificates = opened.certificates
        self.inbox = inbox
    }

    deinit {
        inbox.post(.close(id, nil))
    }

    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransferError) {
        let deadline = MonotonicTime.now + timeout
        try await inbox.ask { .send($0, self.id, bytes, deadline: deadline, $1) }
    }

    func receive(timeout: Duration) async throws(TransferError) -> [UInt8] {
        let deadline = MonotonicTime.now + timeout
        return try await inbox.ask { .receive($0, self.id, deadline: deadline, $1) }
    }

    func close() async {
        // Without regard to cancellation: whoever closes wants it closed.
        _ = await withCheckedContinuation { (reply: Reply<Void>) in inbox.post(.close(id, reply)) }
    }
}
