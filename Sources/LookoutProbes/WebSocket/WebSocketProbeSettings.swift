import LookoutModel
package import LookoutSettings

/// The settings of a `websocket` probe.
package struct WebSocketProbeSettings: ConnectionSettings, Hashable {
    var url = WebURL(scheme: "ws")
    var origin: String?
    var headers = RequestHeaders()
    var subprotocols: [String] = []
    var message: String?
    var expectedReply: String?
    var expectedClose: Int?
    var hold = Duration.seconds(1)
    var pings = true
    var messageLimit = ByteCount.mebibytes(1)
    var tls = TLSSettings()
    var resolve: [ResolveEntry] = []

    package init() {}

    package static var fields: [Field<WebSocketProbeSettings>] {
        [
            Field(
                "url",
                "What to connect to: a ws or wss URL.",
                required: true,
                shape: .string(pattern: "^((ws|http)s?://|.*\\$\\{)")
            ) { node, context, settings in
                let schemes = ["ws", "wss", "http", "https"]
                guard let url = TargetURL.read(node, &context, schemes: schemes) else { return false }
                settings.url = url.withoutFragment
                return true
            },
            Field("origin", \.origin, "The Origin header: the frontend that would connect."),
            Field("headers", \.headers, "Request headers; a value may be a secret such as {env: NAME}."),
            Field("subprotocols", \.subprotocols, "Subprotocols to ask for; the server must choose one."),
            Field("send", \.message, "A text message to send once the connection is open."),
            Field("expect_reply", \.expectedReply, "A text that a message of the server must contain."),
            Field(
                "expect_close",
                \.expectedClose,
                "The close code that is healthy, such as 4001 without a token."
            ),
            Field(
                "hold",
                \.hold,
                "How long the connection must stay open where no reply and no close is expected (default 1s)."
            ),
            Field("ping", \.pings, "Whether a ping is sent, which must be answered in time (default true)."),
            Field(
                "message_limit",
                \.messageLimit,
                "A longer message is a failure of class size (default 1MiB)."
            ),
        ] + connectionFields
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for name in subprotocols where !HTTPToken.isToken(name) {
            context.error("\"\(name)\" is not a subprotocol name", at: node["subprotocols"] ?? node)
        }
        if Set(subprotocols).count != subprotocols.count {
            context.error("a subprotocol is given twice", at: node["subprotocols"] ?? node)
        }
        if let expectedClose, !(1000...4999).contains(expectedClose) {
            context.error("\(expectedClose) is not a close code", at: node["expect_close"] ?? node)
        }
        if expectedClose != nil, expectedReply != nil {
            context.error("expect_close and expect_reply exclude each other", at: node)
        }
        if let origin, Origin(origin) == nil {
            context.error(
                "\"\(origin.excerpt)\" is not an origin",
                at: node["origin"] ?? node,
                hint: "write scheme and host, such as https://app.example"
            )
        }
    }

    /// The same URL for the transport, which knows only http and https.
    var transportURL: String {
        var url = url
        if url.scheme == "ws" { url.scheme = "http" }
        if url.scheme == "wss" { url.scheme = "https" }
        return url.description
    }

    var requestHeaders: [HeaderField] {
        (origin.map { [HeaderField("Origin", $0)] } ?? []) + headers.fields
    }

    /// What is expected of a run; a long `hold` must leave time for the closing handshake.
    func expectations(within timeout: Duration) -> WebSocketExpectations {
        WebSocketExpectations(
            message: message,
            reply: expectedReply,
            closeCode: expectedClose,
            pings: pings && expectedClose == nil,
            hold: min(hold, timeout / 2)
        )
    }
}
