import CCurl
import Glibc
import LookoutModel

extension TransferError {
    /// The end of what comes after `close`.
    static let streamClosed = TransferError(.local, "the connection was closed on this side")
}

extension CurlLoop {
    /// Makes a stream of a connection that is open.
    ///
    /// Its handle stays in the multi handle, which
    /// owns the connection.
    func adopt(_ transfer: Transfer, _ reply: Reply<OpenedConnection>) {
        guard let socket = transfer.easy.activeSocket else {
            drop(transfer)
            reply.resume(
                returning: .failure(TransferError(.target(.closed), "the connection was closed at once"))
            )
            return
        }
        let id = StreamID(number: transfer.operation.number)
        let opened = transfer.opened(id)
        forget(transfer)
        streams[id] = OpenStream(transfer.easy, socket: socket, authority: transfer.authority)
        streamsBySocket[socket] = id
        complete(transfer, opened, \.certificates, reply) { [unowned self] error in
            close(id, error)
            reply.resume(returning: .failure(error))
        }
    }

    func advance(_ id: StreamID) {
        guard let stream = streams[id] else { return }
        stream.advance(now: .now)
        epoll.watch(stream.socket, for: stream.interest)
    }

    func expireStreams(now: MonotonicTime) {
        for (id, stream) in streams {
            if let deadline = stream.nextDeadline, deadline <= now { advance(id) }
        }
    }

    func close(_ id: StreamID, _ reason: TransferError) {
        guard let stream = streams.removeValue(forKey: id) else { return }
        streamsBySocket[stream.socket] = nil
        epoll.watch(stream.socket, for: 0)
        stream.endAll(reason)
        curl_multi_remove_handle(multi, stream.easy.raw)
    }
}
