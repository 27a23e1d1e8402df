/// Turns conditions about a WebSocket into CEL: its body is what the server sends.
struct WebSocketConditionMigration {
    let condition: GatusCondition

    var result: MigratedCondition {
        switch condition.left {
        case .connected, .responseTime, .certificateExpiration:
            return ConditionMigration(condition: condition).result
        case .body([]):
            guard let text = condition.messageTest("message.trim()") else {
                return .unsupported("messages can be compared with texts and patterns only")
            }
            return .expression(
                "sample.websocket.last_messages.exists(message, \(text))",
                notes: ["the first message counts; here any of the last ones"]
            )
        case .status: return .unsupported("a WebSocket has no status in Gatus, it is always 0")
        default: return .unsupported("messages are not read as JSON yet")
        }
    }
}

extension GatusCondition {
    /// A text that the reply holds for certain if the condition is met; nil if none is known.
    var expectedReply: String? {
        guard left == .body([]), relation == .equal else { return nil }
        switch right {
        case .literal(let text): return GatusText(text).plain
        case .pattern(let pattern):
            let parts: [Substring] = pattern.split(separator: "*")
            let core = parts.max { $0.count < $1.count }
            return core.flatMap { $0.contains { "?[\\/".contains($0) } ? nil : String($0) }
        default: return nil
        }
    }

    /// The condition about one message; nil for what is not about a text.
    fileprivate func messageTest(_ subject: String) -> String? {
        switch (relation, right) {
        case (.equal, .literal(let text)): "\(subject) == \(GatusText(text).expression)"
        case (.equal, .pattern(let text)): GatusPattern(text: text).expression(of: subject)
        case (.equal, .any(let values)):
            "\(subject) in [\(values.map { GatusText($0).expression }.joined(separator: ", "))]"
        default: nil
        }
    }
}
