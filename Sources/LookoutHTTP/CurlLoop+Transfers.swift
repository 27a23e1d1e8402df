import CCurl
import Glibc
import LookoutModel

extension CurlLoop {
    func add(_ transfer: Transfer) {
        transfers[transfer.easy.raw] = transfer
        handles[transfer.operation] = transfer.easy.raw
        if curl_multi_add_handle(multi, transfer.easy.raw) != CURLM_OK {
            forget(transfer)
            transfer.fail(TransferError(.local, "libcurl could not start the transfer: out of memory"))
        }
    }

    /// Takes a transfer out, and with it whatever libcurl still does for it.
    func drop(_ transfer: Transfer) {
        forget(transfer)
        curl_multi_remove_handle(multi, transfer.easy.raw)
    }

    func forget(_ transfer: Transfer) {
        transfers[transfer.easy.raw] = nil
        handles[transfer.operation] = nil
    }

    func finishTransfers() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = transfers[handle]
            else { continue }
            finish(transfer, lookout_message_result(message))
        }
    }

    private func finish(_ transfer: Transfer, _ code: CURLcode) {
        switch (transfer.purpose, code) {
        case (.exchange, CURLE_OK) where !transfer.hasHead:
            // libcurl is content with an answer that ends anywhere in its headers.
            refuse(transfer, CURLE_PARTIAL_FILE)
        case (.exchange(let reply), _) where code == CURLE_OK || transfer.isCut:
            let response = transfer.response
            drop(transfer)
            complete(transfer, response, \.certificates, reply) { reply.resume(returning: .failure($0)) }
        case (.opening(let reply), CURLE_OK):
            adopt(transfer, reply)
        case (.mail(let reply), _):
            finish(transfer, code, reply)
        case (.handshake(let handshake), _):
            handshake.finish(transfer, code)
            drop(transfer)
        default:
            refuse(transfer, code)
        }
    }

    /// Replies with a result; where the certificate was not verified, as was asked, a handshake
    /// that does verify it says first whether it can be trusted.
    func complete<Value: Sendable>(
        _ transfer: Transfer,
        _ value: Value,
        _ chain: WritableKeyPath<Value, CertificateChain?>,
        _ reply: Reply<Value>,
        cancel: @escaping (TransferError) -> Void
    ) {
        let isUnderWay =
            transfer.leavesTrustOpen(value[keyPath: chain])
            && startHandshake(
                after: transfer,
                Transfer.Handshake(
                    finish: { _, code in
                        var value = value
                        value[keyPath: chain]?.isTrusted = code == CURLE_OK
                        reply.resume(returning: .success(value))
                    },
                    cancel: cancel
                )
            )
        if !isUnderWay { reply.resume(returning: .success(value)) }
    }

    func refuse(_ transfer: Transfer, _ code: CURLcode) {
        let failure = transfer.failure(code, isOutOfDescriptors: isOutOfDescriptors)
        let error = transfer.error(failure)
        drop(transfer)
        let isUnderWay =
            failure.isVerification && error.certificates == nil
            && startHandshake(
                after: transfer,
                Transfer.Handshake(
                    finish: { handshake, _ in
                        var error = error
                        error.certificates = handshake.chain(isTrusted: false)
                        transfer.fail(error)
                    },
                    cancel: transfer.fail
                )
            )
        if !isUnderWay { transfer.fail(error) }
    }

    private func startHandshake(after transfer: Transfer, _ handshake: Transfer.Handshake) -> Bool {
        guard let request = transfer.handshakeRequest(),
            let second = try? Transfer(transfer.operation, request, .handshake(handshake))
        else { return false }
        add(second)
        return true
    }

    /// Whether not one more descriptor can be had: libcurl then reports that the target failed.
    private var isOutOfDescriptors: Bool {
        let copy = fcntl(inbox.descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { return true }
        Glibc.close(copy)
        return false
    }
}
