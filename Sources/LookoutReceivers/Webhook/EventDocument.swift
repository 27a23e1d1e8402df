import LookoutAlerting
import LookoutModel

/// What a program is told by a delivery: `{type, timestamp, data}` of Standard Webhooks 1.0.0, below 20 kB.
///
/// The members of `data` are the fields that templates may name. Each has one type, whatever is told: a
/// text that there is none of is empty, a list that there is none of is empty.
struct EventDocument: Sendable {
    /// The recommended largest size of a payload.
    static let maximumBytes = 20_000

    let delivery: Delivery
    let message: Message
    let externalURL: String

    init(_ delivery: Delivery, _ tools: ReceiverTools) {
        self.delivery = delivery
        message = Message(delivery, tools)
        externalURL = tools.externalURL
    }

    /// The notice that the fields are about; of a digest, the worst.
    var notice: Notice {
        delivery.notices.min { $0.severity < $1.severity } ?? delivery.notice
    }
    /// Nil for an announcement.
    var alert: Alert? { notice.alert }

    /// `alert.firing`, `alert.resolved` and so on; `alert.digest` for several in one; `announcement.start` and
    /// so on.
    var type: String {
        if let announcement = notice.announcement { return "announcement.\(announcement.stage.rawValue)" }
        return "alert.\(delivery.isDigest ? "digest" : notice.kind.rawValue)"
    }

    /// The document; what there is no room for is left out, the least important first.
    var json: JSONValue {
        var data = Dictionary(
            EventField.all.filter(\.isInDocument).map { ($0.name, $0.value(self)) },
            uniquingKeysWith: { first, _ in first }
        )
        for name in ["", "changes", "samples", "annotations", "description", "labels"] {
            if let value = data[name] { data[name] = Self.empty(value) }
            let document = json(data)
            if document.jsonText.utf8.count < Self.maximumBytes { return document }
        }
        return json(data)
    }

    private func json(_ data: [String: JSONValue]) -> JSONValue {
        [
            "type": .string(type), "timestamp": .string(delivery.createdAt.rfc3339), "data": .object(data),
        ]
    }

    private static func empty(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array: []
        case .object: [:]
        case .string: ""
        default: value
        }
    }
}
