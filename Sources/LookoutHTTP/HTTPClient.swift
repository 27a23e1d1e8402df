/// HTTP over libcurl: one thread, one multi handle, any number of transfers at once.
///
/// The environment's proxy settings are not used: a probe asks the target that it names. Header
/// bytes that are not UTF-8 are read as ISO-8859-1. Certificates are reported for handshakes, so
/// not over a reused connection. No body is decoded, since no content coding is asked for.
package final class HTTPClient: HTTPTransport {
    let inbox: LoopInbox

    /// Checks libcurl and starts the thread.
    package init() throws(HTTPSetupError) {
        guard let library = CurlLibrary.loaded else {
            throw HTTPSetupError(.resources, "libcurl could not be set up: out of memory")
        }
        try library.check()
        inbox = try LoopInbox()
        try LoopThread.start(inbox)
    }

    deinit {
        inbox.post(.stop)
    }

    /// Ends the thread and returns when it has let go of everything.
    ///
    /// What is under way, and what
    /// comes later, ends with `.cancelled`. Safe to call twice; dropping the client does the same
    /// without waiting.
    package func shutdown() async {
        inbox.post(.stop)
        await inbox.waitUntilClosed()
    }

    package func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        try await inbox.ask { .exchange($0, request, $1) }
    }

    package func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        CurlStream(try await inbox.ask { .open($0, request, $1) }, inbox)
    }
}

extension LoopInbox {
    /// Posts the command that `command` makes, and waits for its reply.
    ///
    /// Cancelling the task ends
    /// the operation at once.
    func ask<Value: Sendable>(
        _ command: (OperationID, Reply<Value>) -> LoopCommand
    ) async throws(TransferError) -> Value {
        let operation = OperationID(number: nextNumber())
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (reply: Reply<Value>) in
                post(command(operation, reply))
                // A cancellation that came before the command was posted has found nothing to cancel.
                if Task.isCancelled { post(.cancel(operation)) }
            }
        } onCancel: {
            post(.cancel(operation))
        }
        return try result.get()
    }
}
