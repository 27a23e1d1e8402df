import LookoutAlerting
import LookoutModel

/// A message in the parameters of Pushover's `messages.json`.
struct PushoverMessage {
    static let maximumMessage = 1024
    static let maximumTitle = 250
    static let maximumAddressBytes = 512

    let delivery: Delivery
    let message: Message
    let settings: PushoverReceiver.Settings

    var json: JSONValue {
        // Pushover refuses an empty message.
        let body = MessageText(message).body(limit: Self.maximumMessage, .codePoints)
        let title = message.title.shortened(to: Self.maximumTitle, .codePoints)
        var members: [String: JSONValue] = [
            "token": .string(settings.token.reveal()),
            "user": .string(settings.user.reveal()),
            "title": .string(title),
            "message": .string(body.isEmpty ? title : body),
            "timestamp": .int(delivery.createdAt.microseconds / 1_000_000),
            "priority": .int(priority),
        ]
        if let device = settings.device { members["device"] = .string(device) }
        if let sound = settings.sound, isLoud { members["sound"] = .string(sound) }
        if priority == 2 {
            members["retry"] = .int(settings.retry.components.seconds)
            members["expire"] = .int(settings.expire.components.seconds)
        }
        if delivery.form == .full, let link {
            members["url"] = .string(link.address)
            members["url_title"] = .string(link.title)
        }
        return .object(members)
    }

    private var isLoud: Bool { message.tone == .outage || message.tone == .major }

    /// 2 rings until acknowledged, 1 breaks the user's quiet hours, 0 is the ordinary, -1 makes no sound.
    private var priority: Int64 {
        switch message.tone {
        case .outage: settings.isEmergency && isNews ? 2 : 1
        case .major: 0
        case .minor: -1
        case .good: message.severity == .outage ? 0 : -1
        case .news: message.severity == .minor ? -1 : 0
        }
    }

    /// Whether somebody has to wake up for it: a reminder of what still rings would ring twice.
    private var isNews: Bool {
        switch message.kind {
        case .digest, .alert(.firing), .alert(.escalated): true
        case .alert, .announcement: false
        }
    }

    private var link: (title: String, address: String)? {
        let links = [
            ("Runbook", message.runbook.flatMap { WebLink($0)?.address }), ("Lookout", message.link),
        ]
        for (title, address) in links {
            if let address, address.utf8.count <= Self.maximumAddressBytes { return (title, address) }
        }
        return nil
    }
}
