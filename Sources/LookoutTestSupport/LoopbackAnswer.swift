package import LookoutModel

/// A whole HTTP/1.1 answer for scripts that need no tricks.
package struct LoopbackAnswer: Sendable {
    package var statusCode: Int
    package var headers: [HeaderField]
    package var body: [UInt8]

    package init(_ statusCode: Int = 200, headers: [HeaderField] = [], body: String = "") {
        self.statusCode = statusCode
        self.headers = headers
        self.body = Array(body.utf8)
    }

    /// The bytes to send; a `Content-Length` and `Connection: close` are added.
    var bytes: [UInt8] {
        let own = [HeaderField("Content-Length", "\(body.count)"), HeaderField("Connection", "close")]
        let lines = (headers + own).map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("HTTP/1.1 \(statusCode) Scripted\r\n\(lines)\r\n".utf8) + body
    }
}

extension LoopbackConnection {
    package func send(_ answer: LoopbackAnswer) throws(LoopbackError) {
        try send(answer.bytes)
    }
}

/// Runs a server that reads one request of each connection and gives `answer` to it.
package func withLoopbackServer<Result>(
    answering answer: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer,
    _ body: (LoopbackServer) async throws -> Result
) async throws -> Result {
    try await withLoopbackServer(
        { connection in
            let request = try connection.readRequest()
            var reply = answer(request)
            if request.method == "HEAD" { reply.body = [] }
            try connection.send(reply)
        },
        body
    )
}

/// A URL of 127.0.0.1 at which nothing listens.
package func closedLoopbackURL(scheme: String = "http") throws -> String {
    "\(scheme)://127.0.0.1:\(try LoopbackSocket.closedPort())/"
}
