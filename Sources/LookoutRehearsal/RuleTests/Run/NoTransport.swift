import LookoutHTTP

/// The network of a rehearsal: there is none.
struct NoTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        throw Self.error
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw Self.error
    }

    private static let error = TransferError(.local, "a rehearsal asks nobody")
}
