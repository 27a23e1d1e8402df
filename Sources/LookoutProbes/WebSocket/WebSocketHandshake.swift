import LookoutHTTP
import LookoutModel

/// The opening handshake of a client (RFC 6455 §4.1, WebSockets standard §3): the request, and
/// whether an answer opens the connection.
struct WebSocketHandshake: Hashable, Sendable {
    let url: WebURL
    /// `Sec-WebSocket-Key`: 16 random bytes in Base64.
    let key: String
    let protocols: [String]
    /// More lines, such as `Origin` and `Authorization`.
    let headers: [HeaderField]

    init(url: WebURL, nonce: [UInt8], protocols: [String] = [], headers: [HeaderField] = []) {
        self.url = url
        key = Base64.encoded(nonce)
        self.protocols = protocols
        self.headers = headers
    }

    /// The bytes of the request.
    var request: [UInt8] {
        var lines = [
            "GET \(url.target) HTTP/1.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)",
            "Sec-WebSocket-Version: 13",
        ]
        if headers.first(named: "Host") == nil { lines.insert("Host: \(url.authority)", at: 1) }
        if !protocols.isEmpty { lines.append("Sec-WebSocket-Protocol: \(protocols.joined(separator: ", "))") }
        lines += headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// `Sec-WebSocket-Accept` as the server must answer it.
    var expectedAccept: String { WebSocketAccept.value(for: key) }

    /// Judges an answer: the subprotocol that was agreed, nil for none.
    func judge(_ head: HTTPResponseHead) throws(WebSocketRefusal) -> String? {
        guard head.statusCode == 101 else {
            throw WebSocketRefusal(
                head.statusCode == 401 ? .authRequired : .badStatus,
                "the handshake was answered with status \(head.statusCode), expected 101"
            )
        }
        let upgrade = try single("Upgrade", in: head, .missingUpgrade, .duplicateUpgrade)
        guard upgrade.isEqualIgnoringASCIICase(to: "websocket") else {
            throw WebSocketRefusal(.badUpgrade, "Upgrade is \"\(upgrade.excerpt)\", expected websocket")
        }
        try judgeConnection(head)
        let accept = try single("Sec-WebSocket-Accept", in: head, .missingAccept, .duplicateAccept)
        guard accept == expectedAccept else {
            throw WebSocketRefusal(.badAccept, "Sec-WebSocket-Accept does not match the key of the request")
        }
        try judgeExtensions(head)
        return try agreedProtocol(head)
    }

    private func judgeConnection(_ head: HTTPResponseHead) throws(WebSocketRefusal) {
        guard let connection = head.headers.combinedValue(named: "Connection") else {
            throw WebSocketRefusal(.missingConnection, "Connection is missing, expected Upgrade")
        }
        let tokens = HTTPToken.elements(of: connection)
        guard tokens.contains(where: { $0.isEqualIgnoringASCIICase(to: "Upgrade") }) else {
            throw WebSocketRefusal(
                .badConnection,
                "Connection is \"\(connection.excerpt)\", expected Upgrade in it"
            )
        }
    }

    /// None is offered, so the server must not agree to any.
    private func judgeExtensions(_ head: HTTPResponseHead) throws(WebSocketRefusal) {
        guard let extensions = head.headers.combinedValue(named: "Sec-WebSocket-Extensions") else { return }
        let names = extensions.split(separator: ",").map { HTTPToken.trimmed($0.prefix { $0 != ";" }) }
        guard !names.isEmpty, names.allSatisfy({ HTTPToken.isToken($0) }) else {
            throw WebSocketRefusal(
                .extensionSyntax,
                "Sec-WebSocket-Extensions \"\(extensions.excerpt)\" is malformed"
            )
        }
        throw WebSocketRefusal(
            .unrequestedExtension,
            "the server uses the extension \"\(extensions.excerpt)\" that was not offered"
        )
    }

    private func agreedProtocol(_ head: HTTPResponseHead) throws(WebSocketRefusal) -> String? {
        let name = "Sec-WebSocket-Protocol"
        guard !head.headers.values(named: name).isEmpty else {
            guard protocols.isEmpty else {
                throw WebSocketRefusal(
                    .missingSubprotocol,
                    "\(name) is missing, expected one of \(protocols.joined(separator: ", "))"
                )
            }
            return nil
        }
        guard !protocols.isEmpty else {
            throw WebSocketRefusal(
                .unrequestedSubprotocol,
                "the server chose a subprotocol, though none was asked for"
            )
        }
        let chosen = try single(name, in: head, .missingSubprotocol, .duplicateSubprotocol)
        guard protocols.contains(chosen) else {
            throw WebSocketRefusal(
                .badSubprotocol,
                "\(name) is \"\(chosen.excerpt)\", expected one of \(protocols.joined(separator: ", "))"
            )
        }
        return chosen
    }

    /// The value of a header that must be there once and is no list.
    private func single(
        _ name: String,
        in head: HTTPResponseHead,
        _ missing: WebSocketRefusal.Code,
        _ duplicate: WebSocketRefusal.Code
    ) throws(WebSocketRefusal) -> String {
        let values = head.headers.values(named: name)
        guard let value = values.first else { throw WebSocketRefusal(missing, "\(name) is missing") }
        guard values.count == 1, !value.contains(",") else {
            throw WebSocketRefusal(
                duplicate,
                "\(name) is given more than once: \"\(values.joined(separator: ", ").excerpt)\""
            )
        }
        return value
    }
}

/// Why a handshake did not open the connection.
struct WebSocketRefusal: Error, Hashable, Sendable {
    /// The closed set of reasons.
    enum Code: String, CaseIterable, Hashable, Sendable {
        case badStatus = "bad_status"
        case authRequired = "auth_required"
        case missingUpgrade = "missing_upgrade"
        case badUpgrade = "bad_upgrade"
        case duplicateUpgrade = "duplicate_upgrade"
        case missingConnection = "missing_connection"
        case badConnection = "bad_connection"
        case missingAccept = "missing_accept"
        case badAccept = "bad_accept"
        case duplicateAccept = "duplicate_accept"
        case missingSubprotocol = "missing_subprotocol"
        case badSubprotocol = "bad_subprotocol"
        case duplicateSubprotocol = "duplicate_subprotocol"
        case unrequestedSubprotocol = "unrequested_subprotocol"
        case unrequestedExtension = "unrequested_extension"
        case extensionSyntax = "extension_syntax"
        case handshakeClosed = "handshake_closed"
        case handshakeNetworkError = "handshake_network_error"
        case handshakeTimeout = "handshake_timeout"
    }

    var code: Code
    /// What was seen against what was expected, in one sentence without a full stop.
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The failure class that it comes to.
    var failureClass: FailureClass {
        switch code {
        case .badStatus, .authRequired: .status
        case .handshakeClosed: .closed
        case .handshakeTimeout: .timeout
        case .handshakeNetworkError, .extensionSyntax: .protocolViolation
        default: .header
        }
    }
}
