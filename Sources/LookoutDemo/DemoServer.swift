import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// One listening port of the simulated stack: HTTP/1.1 and WebSocket over SwiftNIO.
struct DemoServer: Sendable {
    private enum Upgrade: Sendable {
        case chat(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, DemoChat)
        case http(NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>)
    }

    private let listener: NIOAsyncChannel<EventLoopFuture<Upgrade>, Never>
    private let site: any DemoSite

    /// The port that is listened on.
    let port: Int

    /// Binds 127.0.0.1; port 0 takes any free one.
    ///
    /// Throws if the port is in use.
    init(site: any DemoSite, port: Int) async throws {
        self.site = site
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try Self.configure(channel, site: site) }
            }
        self.port = listener.channel.localAddress?.port ?? port
    }

    /// Serves until the task is cancelled or the server is stopped.
    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await upgrade in connections {
                    group.addTask {
                        // A client that goes away in the middle ends its own connection only.
                        try? await serve(upgrade)
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Stops listening and drops the open connections: from now on the port refuses.
    func stop() async {
        try? await listener.channel.close()
    }

    private static func configure(
        _ channel: any Channel,
        site: any DemoSite
    ) throws -> EventLoopFuture<Upgrade> {
        let upgrader = NIOTypedWebSocketServerUpgrader<Upgrade>(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let manner = site.chat(for: DemoRequest(head: head)) ?? .talks
                    return .chat(try NIOAsyncChannel(wrappingChannelSynchronously: channel), manner)
                }
            }
        )
        let configuration = NIOTypedHTTPServerUpgradeConfiguration(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ByteBufferResponses())
                    return .http(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                }
            }
        )
        let pipeline = channel.pipeline.syncOperations
        let upgrade = try pipeline.configureUpgradableHTTPServerPipeline(
            configuration: .init(upgradeConfiguration: configuration)
        )
        let upgrading = try pipeline.handler(type: NIOTypedHTTPServerUpgradeHandler<Upgrade>.self)
        try pipeline.addHandler(HandshakeFilter(site: site), position: .before(upgrading))
        return upgrade
    }

    private func serve(_ upgrade: EventLoopFuture<Upgrade>) async throws {
        switch try await upgrade.get() {
        case .chat(let channel, let manner): try await DemoChatSession(manner: manner).run(channel)
        case .http(let channel): try await DemoHTTPSession(site: site).run(channel)
        }
    }
}

/// Makes a plain request of a WebSocket handshake that the site does not accept, so that the site
/// answers it: SwiftNIO's upgrade itself can only accept a handshake or drop it.
private final class HandshakeFilter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let site: any DemoSite

    init(site: any DemoSite) {
        self.site = site
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        switch site.chat(for: DemoRequest(head: head)) {
        case nil, .refuses: head.headers.remove(name: "upgrade")
        case .talks, .closes, .isSilent: break
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
        // Only a connection's first request can be a handshake; after one come bytes, not requests.
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}

/// Lets the asynchronous channel write byte buffers, which are `Sendable`, unlike `IOData`.
private final class ByteBufferResponses: ChannelOutboundHandler {
    typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPServerResponsePart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}

extension DemoRequest {
    init(head: HTTPRequestHead, body: [UInt8] = []) {
        self.init(
            method: head.method.rawValue,
            target: head.uri,
            headers: head.headers.map { (name: $0.name, value: $0.value) },
            body: body
        )
    }
}
