import LookoutModel
import Synchronization

/// Names an operation from its command to its end, so that it can be cancelled.
struct OperationID: Hashable, Sendable {
    let number: UInt64
}

/// Names an open connection.
struct StreamID: Hashable, Sendable {
    let number: UInt64
}

/// The place where the loop leaves the result of an operation.
typealias Reply<Value> = CheckedContinuation<Result<Value, TransferError>, Never>

/// What other threads ask of the loop.
enum LoopCommand: Sendable {
    case exchange(OperationID, HTTPRequest, Reply<HTTPResponse>)
    case open(OperationID, ConnectionRequest, Reply<OpenedConnection>)
    case openMail(OperationID, MailSubmission, Reply<MailOpening>)
    case send(OperationID, StreamID, [UInt8], deadline: MonotonicTime, Reply<Void>)
    case receive(OperationID, StreamID, deadline: MonotonicTime, Reply<[UInt8]>)
    case close(StreamID, Reply<Void>?)
    case cancel(OperationID)
    case stop

    /// Answers the command in place of a loop that is no longer there.
    func refuse() {
        switch self {
        case .exchange(_, _, let reply): reply.resume(returning: .failure(.clientShutDown))
        case .open(_, _, let reply): reply.resume(returning: .failure(.clientShutDown))
        case .openMail(_, _, let reply): reply.resume(returning: .failure(.clientShutDown))
        case .send(_, _, _, _, let reply): reply.resume(returning: .failure(.clientShutDown))
        case .receive(_, _, _, let reply): reply.resume(returning: .failure(.clientShutDown))
        case .close(_, let reply): reply?.resume(returning: .success(()))
        case .cancel, .stop: break
        }
    }
}

/// What is known of a connection once it is open.
struct OpenedConnection: Sendable {
    let stream: StreamID
    let timings: Timings
    var certificates: CertificateChain?
}

extension TransferError {
    /// The end of everything that is under way when the client is shut down, or comes later.
    static let clientShutDown = TransferError(.cancelled, "the HTTP client was shut down")
    /// The end of what its task has cancelled.
    static let cancelled = TransferError(.cancelled, "cancelled")
}
