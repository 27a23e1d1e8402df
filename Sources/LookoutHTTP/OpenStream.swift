import CCurl
import CLinux
import Glibc
import LookoutModel

/// An open connection inside the loop: who waits to receive, what is still to be sent.
///
/// Belongs to the loop's thread. It never waits; the loop calls `advance` when a command has come
/// or its socket is ready.
final class OpenStream {
    let easy: EasyHandle
    let socket: Int32
    private let authority: String
    private var receiver: Receiver?
    private var senders: [Sender] = []
    /// Bytes that came before anyone asked for them.
    private var early: [UInt8] = []
    /// Why nothing can be sent or received any more.
    private var end: TransferError?

    private struct Receiver {
        let operation: OperationID
        let deadline: MonotonicTime
        let reply: Reply<[UInt8]>
    }

    private struct Sender {
        let operation: OperationID
        let deadline: MonotonicTime
        let bytes: SendBuffer
        let reply: Reply<Void>
    }

    init(_ easy: EasyHandle, socket: Int32, authority: String) {
        self.easy = easy
        self.socket = socket
        self.authority = authority
        // libcurl closes connections that it believes idle. The first read binds this one to its
        // handle and so exempts it; what has already arrived is kept.
        switch read() {
        case .bytes(let bytes): early = bytes
        case .failed(let error): end = error
        case .nothing: break
        }
    }

    func receive(_ operation: OperationID, deadline: MonotonicTime, _ reply: Reply<[UInt8]>) {
        guard receiver == nil else {
            reply.resume(returning: .failure(TransferError(.local, "two tasks wait for one connection")))
            return
        }
        receiver = Receiver(operation: operation, deadline: deadline, reply: reply)
    }

    func send(_ operation: OperationID, _ bytes: [UInt8], deadline: MonotonicTime, _ reply: Reply<Void>) {
        senders.append(
            Sender(operation: operation, deadline: deadline, bytes: SendBuffer(bytes), reply: reply)
        )
    }

    /// What the socket must become before `advance` can do more; 0 if nobody waits.
    var interest: UInt32 {
        (receiver == nil ? 0 : EPOLLIN.rawValue) | (senders.isEmpty ? 0 : EPOLLOUT.rawValue)
    }

    /// When the first of those who wait must be told that it took too long.
    var nextDeadline: MonotonicTime? {
        (senders.map(\.deadline) + [receiver?.deadline].compactMap { $0 }).min()
    }
}

// MARK: - Progress

extension OpenStream {
    /// Does all that is possible without waiting.
    ///
    /// Reading is always tried first: OpenSSL may hold
    /// bytes for which the socket will never become readable.
    func advance(now: MonotonicTime) {
        advanceReceiver(now: now)
        advanceSenders(now: now)
    }

    /// Ends an operation if it is one of this stream; false if it is not.
    func cancel(_ operation: OperationID) -> Bool {
        if receiver?.operation == operation {
            finishReceiving(.failure(.cancelled))
            return true
        }
        guard let index = senders.firstIndex(where: { $0.operation == operation }) else { return false }
        abandonSender(at: index, .cancelled)
        return true
    }

    /// Ends everybody who waits; the stream is about to be closed.
    func endAll(_ error: TransferError) {
        end = error
        advance(now: .now)
    }

    private func advanceReceiver(now: MonotonicTime) {
        guard let receiver else { return }
        if !early.isEmpty {
            defer { early = [] }
            return finishReceiving(.success(early))
        }
        if let end { return finishReceiving(.failure(end)) }
        switch read() {
        case .bytes(let bytes): finishReceiving(.success(bytes))
        case .failed(let error):
            end = error
            finishReceiving(.failure(error))
        case .nothing where receiver.deadline <= now:
            finishReceiving(.failure(TransferError(.target(.timeout), "\(authority) sent nothing in time")))
        case .nothing: break
        }
    }

    private func advanceSenders(now: MonotonicTime) {
        while let sender = senders.first {
            if end == nil { end = write(sender.bytes) }
            if let end {
                senders.removeFirst().reply.resume(returning: .failure(end))
            } else if sender.bytes.isEmpty {
                senders.removeFirst().reply.resume(returning: .success(()))
            } else {
                break
            }
        }
        while let index = senders.firstIndex(where: { $0.deadline <= now }) {
            abandonSender(at: index, TransferError(.target(.timeout), "\(authority) took no bytes in time"))
        }
    }

    private func finishReceiving(_ result: Result<[UInt8], TransferError>) {
        receiver?.reply.resume(returning: result)
        receiver = nil
    }

    /// Takes a sender out.
    ///
    /// If its bytes were under way, what the peer would get next is no longer
    /// what it expects, so the stream ends with it.
    private func abandonSender(at index: Int, _ error: TransferError) {
        let sender = senders.remove(at: index)
        sender.reply.resume(returning: .failure(error))
        guard sender.bytes.wasOffered else { return }
        end = end ?? TransferError(.target(.closed), "an earlier message to \(authority) was cut off")
        advance(now: .now)
    }
}

// MARK: - Bytes

extension OpenStream {
    private enum Arrival {
        /// Empty at the end of the stream.
        case bytes([UInt8])
        case nothing
        case failed(TransferError)
    }

    private func read() -> Arrival {
        var code = CURLE_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
            code = curl_easy_recv(easy.raw, buffer.baseAddress, buffer.count, &count)
            if code != CURLE_OK { count = 0 }
        }
        return switch code {
        case CURLE_OK: .bytes(bytes)
        case CURLE_AGAIN: .nothing
        default: .failed(broken(while: "receiving"))
        }
    }

    /// Sends as much as the socket takes; nil unless the connection is broken.
    private func write(_ bytes: SendBuffer) -> TransferError? {
        while !bytes.isEmpty {
            var count = 0
            let code = curl_easy_send(easy.raw, bytes.rest.baseAddress, bytes.rest.count, &count)
            bytes.wasOffered = true
            if code == CURLE_AGAIN { return nil }
            guard code == CURLE_OK else { return broken(while: "sending") }
            bytes.dropFirst(count)
        }
        return nil
    }

    private func broken(while doing: String) -> TransferError {
        let code = Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO))
        let reason = code == 0 ? easy.errorMessage : SystemError.text(code)
        let kind = code == EPIPE ? FailureClass.closed : .connect
        return TransferError(.target(kind), "the connection to \(authority) broke while \(doing): \(reason)")
    }
}

/// Bytes to send, in memory that does not move: OpenSSL demands that a write which could not be
/// finished is repeated with the same address and length.
private final class SendBuffer {
    private let storage: UnsafeMutableRawBufferPointer
    private var offset = 0
    /// Whether any of it may have left.
    var wasOffered = false

    init(_ bytes: [UInt8]) {
        storage = .allocate(byteCount: bytes.count, alignment: 1)
        storage.copyBytes(from: bytes)
    }

    deinit {
        storage.deallocate()
    }

    var rest: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: storage[offset...])
    }

    var isEmpty: Bool { offset == storage.count }

    func dropFirst(_ count: Int) {
        offset += count
    }
}
