import NIOCore
import NIOWebSocket

/// One chat socket after its handshake.
struct DemoChatSession: Sendable {
    typealias Channel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    let manner: DemoChat

    func run(_ channel: Channel) async throws {
        try await channel.executeThenClose { inbound, outbound in
            switch manner {
            case .talks: try await talk(inbound, outbound)
            case .closes(let code, let reason):
                try await close(code, reason, outbound)
                for try await frame in inbound where frame.opcode == .connectionClose { return }
            case .isSilent, .refuses:
                for try await _ in inbound {}
            }
        }
    }

    private func talk(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async throws {
        for try await frame in inbound {
            switch frame.opcode {
            case .ping:
                try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
            case .text:
                let answer = ByteBuffer(string: #"{"type":"reply","text":"Hello from PAM"}"#)
                try await outbound.write(WebSocketFrame(fin: true, opcode: .text, data: answer))
            case .connectionClose:
                try await outbound.write(
                    WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)
                )
                return
            default: break
            }
        }
    }

    private func close(
        _ code: UInt16,
        _ reason: String,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async throws {
        var data = ByteBuffer()
        data.writeInteger(code)
        data.writeString(reason)
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
    }
}
