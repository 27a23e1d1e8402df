import LookoutModel
import Testing

@testable import LookoutProbes

/// One line of `websocket.jsonl`.
struct RecordedWebSocketCase {
    let id: String
    let deviation: String?
    private let value: JSONValue

    /// What the page saw.
    struct Replay {
        var isOpened = false
        var subprotocol = ""
        var messages: [WebSocketMessage] = []
        var close: WebSocketClose?
        var isClean = false
        var sent: [ClientFrame] = []
    }

    /// A frame that the client sent, unmasked.
    struct ClientFrame {
        var opcode: UInt8
        var isMasked: Bool
        var payload: [UInt8]
    }

    init(_ value: JSONValue) throws {
        self.value = value
        id = try #require(value["id"]?.string)
        deviation = value["deviation"]?["class"]?.string
    }

    func replay() -> Replay {
        var player = WebSocketScriptPlayer(client: value["client"] ?? .null)
        player.play(value["server"]?.array ?? [])
        return player.replay
    }

    func difference(from replay: Replay) -> String? {
        let verdict = value["verdict"] ?? .null
        if value[present: "needs_offer"] != nil {
            return replay.isOpened ? "opened with an extension that was not offered" : nil
        }
        if verdict["opened"]?.bool != replay.isOpened { return "opened \(replay.isOpened)" }
        guard replay.isOpened else { return nil }
        if (verdict["protocol"]?.string ?? "") != replay.subprotocol {
            return "protocol \(replay.subprotocol)"
        }
        let lengths = (verdict["messages"]?.array ?? []).map {
            "\($0["type"]?.string ?? "") \($0["length"]?.int ?? -1) \($0["data"]?.string ?? "")"
        }
        let seen = replay.messages.map { message in
            let isShown = message.kind == .text && message.payload.count <= 64
            return "\(message.kind.rawValue) \(message.payload.count) \(isShown ? message.text : "")"
        }
        if lengths != seen { return "messages \(seen), recorded \(lengths)" }
        let close = verdict[present: "close"].map {
            "\($0["code"]?.int ?? 0) \($0["reason"]?.string ?? "") \($0["wasClean"]?.bool ?? false)"
        }
        let seenClose = replay.close.map { "\($0.code) \($0.reason) \(replay.isClean)" }
        if close != seenClose { return "close \(seenClose ?? "none"), recorded \(close ?? "none")" }
        return replay.sent.allSatisfy(\.isMasked) ? nil : "an unmasked frame was sent"
    }
}
