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
        guard let opened = keepOpen(transfer) else {
            reply.resume(
                returning: .failure(TransferError(.target(.closed), "the connection was closed at once"))
            )
            return
        }
        complete(transfer, opened, \.certificates, reply) { [unowned self] error in
            close(opened.stream, error)
            reply.resume(returning: .failure(error))
        }
    }

    /// Makes a stream of the transfer's connection; nil if that is closed already.
    private func keepOpen(_ transfer: Transfer) -> OpenedConnection? {
        guard let socket = transfer.easy.activeSocket else {
            drop(transfer)
            return nil
        }
        let id = StreamID(number: transfer.operation.number)
        let opened = transfer.opened(id)
        forget(transfer)
        streams[id] = OpenStream(transfer.easy, socket: socket, authority: transfer.authority)
        streamsBySocket[socket] = id
        return opened
    }

    /// Ends the first half of handing over a mail: with an open connection, with what the server said
    /// against it, or with an error.
    func finish(_ transfer: Transfer, _ code: CURLcode, _ reply: Reply<MailOpening>) {
        guard code == CURLE_OK else {
            guard let opening = transfer.replies.opening(after: code) else { return refuse(transfer, code) }
            drop(transfer)
            return reply.resume(returning: .success(opening))
        }
        guard let opened = keepOpen(transfer) else {
            return reply.resume(
                returning: .failure(TransferError(.target(.closed), "the connection was closed at once"))
            )
        }
        let mail = OpenedMail(
            connection: opened,
            capabilities: transfer.replies.hello?.lines ?? [],
            isEncrypted: !transfer.easy.certificates.isEmpty
        )
        reply.resume(returning: .success(.opened(mail)))
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
