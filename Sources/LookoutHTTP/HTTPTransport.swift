package import LookoutModel

/// The way out to HTTP servers: the port that probes and receivers use.
///
/// `HTTPClient` is the
/// real one; tests may script one.
package protocol HTTPTransport: Sendable {
    /// Makes one exchange. Ends by the request's timeout at the latest; cancelling the task
    /// ends it at once with `.cancelled`.
    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse

    /// Opens a TCP or TLS connection for a protocol of our own on top (WebSocket).
    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream
}

/// A connection to open: `http` in the URL means plain TCP, `https` TLS (without ALPN).
package struct ConnectionRequest: Sendable {
    package var url: String
    package var timeout: Duration
    package var tls: TLSOptions
    package var resolve: [String]

    package init(
        url: String,
        timeout: Duration = .seconds(10),
        tls: TLSOptions = TLSOptions(),
        resolve: [String] = []
    ) {
        self.url = url
        self.timeout = timeout
        self.tls = tls
        self.resolve = resolve
    }
}

/// An open connection that carries bytes both ways.
///
/// Every wait has a deadline.
///
/// One task at a time may wait in `receive`. Forgetting the stream closes it.
package protocol ByteStream: Sendable {
    /// dns, connect and tls of opening it; `total` is the time until it was open.
    var timings: Timings { get }
    var certificates: CertificateChain? { get }

    /// Sends all of the bytes, or throws `.timeout`, `.closed` or `.connect`.
    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransferError)

    /// Some bytes, as soon as there are any; empty at the end of the stream (TCP FIN).
    /// Throws `.timeout` if none came in time and `.connect` for a reset.
    func receive(timeout: Duration) async throws(TransferError) -> [UInt8]

    /// Closes the connection; later calls throw. Safe to call twice.
    func close() async
}
