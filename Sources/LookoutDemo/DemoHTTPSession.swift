import NIOCore
import NIOHTTP1

/// One HTTP connection: reads requests, answers as the site says, one after the other.
struct DemoHTTPSession: Sendable {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    /// What a request body may have; more ends the connection.
    private static let maximumBody = 1 << 20

    let site: any DemoSite

    func run(_ channel: Channel) async throws {
        try await channel.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let received):
                    head = received
                    body = []
                case .body(let buffer):
                    body.append(contentsOf: buffer.readableBytesView)
                    guard body.count <= Self.maximumBody else { return }
                case .end:
                    guard let head else { return }
                    let request = DemoRequest(head: head, body: body)
                    guard try await answer(request, keepAlive: head.isKeepAlive, outbound) else { return }
                }
            }
        }
    }

    /// Writes the answer; false if the connection is to be closed after it.
    private func answer(
        _ request: DemoRequest,
        keepAlive: Bool,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws -> Bool {
        if case .refuses(let status) = site.chat(for: request) {
            return try await write(DemoReply(status), to: request, keepAlive: false, outbound)
        }
        let reply = await site.reply(to: request)
        if reply.hangs { try await Task.sleep(for: .seconds(3600)) }
        if reply.delay > .zero { try await Task.sleep(for: reply.delay) }
        return try await write(reply, to: request, keepAlive: keepAlive, outbound)
    }

    private func write(
        _ reply: DemoReply,
        to request: DemoRequest,
        keepAlive: Bool,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws -> Bool {
        var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "content-length", value: String(reply.body.utf8.count))
        if !keepAlive { headers.replaceOrAdd(name: "connection", value: "close") }
        try await outbound.write(
            .head(
                HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
            )
        )
        if request.method != "HEAD" {
            let sent = reply.body.utf8.prefix(reply.cutAfter ?? .max)
            try await outbound.write(.body(ByteBuffer(bytes: sent)))
        }
        // Without its end the answer is shorter than it said, and the connection is closed.
        if reply.cutAfter != nil { return false }
        try await outbound.write(.end(nil))
        return keepAlive
    }
}
