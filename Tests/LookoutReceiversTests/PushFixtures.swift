import LookoutAlerting
import LookoutModel

@testable import LookoutReceivers

/// Sound settings of each receiver, with secrets that no output may show.
enum PushFixtures {
    static let secrets = ["s3cretS3cretS3cretS3cretS3cret00", "s3cretS3cretS3cretS3cretS3cret"]

    /// The secret in a fixture's settings.
    static func secret(of name: String) -> String { secrets[name == "pushover" ? 1 : 0] }

    static let telegram = ReceiverFixture(
        type: TelegramReceiver.self,
        settings: ["token": "123456:s3cretS3cretS3cretS3cretS3cret00", "chat": "-1001234567890"]
    )
    static let matrix = ReceiverFixture(
        type: MatrixReceiver.self,
        settings: [
            "homeserver": "https://matrix.example.org/", "token": "s3cretS3cretS3cretS3cretS3cret00",
            "room": "!abc:example.org",
        ]
    )
    static let pagerDuty = ReceiverFixture(
        type: PagerDutyReceiver.self,
        settings: ["routing_key": "s3cretS3cretS3cretS3cretS3cret00"]
    )
    static let ntfy = ReceiverFixture(
        type: NtfyReceiver.self,
        settings: ["topic": "s3cretS3cretS3cretS3cretS3cret00"]
    )
    static let pushover = ReceiverFixture(
        type: PushoverReceiver.self,
        settings: [
            "token": "s3cretS3cretS3cretS3cretS3cret", "user": "s3cretS3cretS3cretS3cretS3cret",
        ]
    )
    static let webhook = ReceiverFixture(
        type: WebhookReceiver.self,
        settings: ["url": "https://hooks.example.org/s3cretS3cretS3cretS3cretS3cret00"]
    )

    /// All that speak HTTP, by name.
    static let all: [(name: String, fixture: ReceiverFixture)] = [
        ("telegram", telegram), ("matrix", matrix), ("pagerduty", pagerDuty), ("ntfy", ntfy),
        ("pushover", pushover), ("webhook", webhook),
    ]

    static let names = all.map(\.name)

    static func named(_ name: String) -> ReceiverFixture {
        all.first { $0.name == name }?.fixture ?? telegram
    }
}
