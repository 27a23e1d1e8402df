import LookoutHTTP
package import LookoutModel
package import LookoutProbing

/// Opens a WebSocket, talks over it, and closes it again.
package struct WebSocketProbe: ProbeType {
    package static let name = "websocket"
    package static let summary =
        "Opens a WebSocket and checks the handshake, a reply, ping and pong, and the close."
    package static let facts = [
        FactField("opened", .bool, "Whether the handshake opened the connection."),
        FactField("protocol", .string, "The subprotocol that was agreed; empty for none."),
        FactField(
            "reason_code",
            .string,
            "ok, or what went wrong: bad_status, timeout, close_4001, masked_frame, …"
        ),
        FactField(
            "close_code",
            .int,
            "The code of the close; 1005 without a code, 1006 without a Close frame."
        ),
        FactField("close_reason", .string, "The reason that the server gave with its close."),
        FactField("closed_by_server", .bool, "Whether the server ended the connection, not Lookout."),
        FactField("clean", .bool, "Whether both sides sent a Close frame."),
        FactField("open_seconds", .double, "How long the connection was open."),
        FactField("messages", .int, "How many messages the server sent."),
        FactField("last_messages", .strings, "The beginnings of its last messages, at most four."),
        FactField("ping_seconds", .double, "From the ping to its pong."),
        FactField("answered", .bool, "Whether the server answered the handshake at all."),
    ]

    private let settings: WebSocketProbeSettings

    package init(settings: WebSocketProbeSettings) {
        self.settings = settings
    }

    package func run(_ context: ProbeContext) async -> ProbeResult {
        let deadline = RunDeadline(context)
        let stream: any ByteStream
        do {
            stream = try await context.transport.connect(
                ConnectionRequest(
                    url: settings.transportURL,
                    timeout: context.timeout,
                    tls: settings.tls.options,
                    resolve: settings.resolveLines
                )
            )
        } catch {
            var facts = WebSocketProbe.silentFacts
            facts["reason_code"] = .string(error.outcome.failure?.kind.rawValue ?? error.outcome.name)
            return ProbeResult(error, observation: Observation(facts: facts))
        }
        var session = WebSocketSession(
            stream,
            connectionState(),
            settings.expectations(within: context.timeout),
            deadline
        )
        let verdict: WebSocketVerdict
        do {
            verdict = try await session.run(timeout: context.timeout)
        } catch {
            await stream.close()
            return ProbeResult(error)
        }
        await session.close()
        return result(verdict, session, stream, total: deadline.elapsed)
    }

    private func connectionState() -> WebSocketConnectionState {
        let nonce = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let handshake = WebSocketHandshake(
            url: settings.url,
            nonce: nonce,
            protocols: settings.subprotocols,
            headers: settings.requestHeaders
        )
        return WebSocketConnectionState(handshake, maximumMessageLength: settings.messageLimit.bytes)
    }

    private static let silentFacts: [String: JSONValue] = ["opened": false, "answered": false]

    private func result(
        _ verdict: WebSocketVerdict,
        _ session: WebSocketSession,
        _ stream: any ByteStream,
        total: Duration
    ) -> ProbeResult {
        var timings = stream.timings
        timings.firstByte = session.answerDuration
        timings.total = total
        var facts = WebSocketProbe.silentFacts
        facts["reason_code"] = .string(verdict.code)
        facts["answered"] = .bool(session.head != nil)
        if let conversation = session.conversation {
            facts["opened"] = true
            facts["protocol"] = .string(session.subprotocol ?? "")
            facts.merge(conversation.facts) { _, fact in fact }
        }
        return ProbeResult(
            verdict.outcome,
            timings: timings,
            statusCode: session.head?.statusCode,
            observation: Observation(
                headers: session.head?.headers ?? [],
                certificates: stream.certificates,
                facts: facts,
                findings: (session.head?.findings ?? []) + (session.conversation?.findings ?? [])
            )
        )
    }
}
