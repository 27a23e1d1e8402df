import LookoutAlerting
import LookoutModel

@testable import LookoutReceivers

/// Sound settings of each chat, with secrets that no output may show.
enum ChatFixtures {
    /// Whole addresses, and the parts of them that give the right to post.
    static let secrets = ["s3cretS3cretS3cretS3cret", "xoxb-s3cret"]

    static let slack = ReceiverFixture(
        type: SlackReceiver.self,
        settings: ["url": "https://hooks.slack.com/services/T00000000/B00000000/s3cretS3cretS3cretS3cret"]
    )
    static let slackBot = ReceiverFixture(
        type: SlackBotReceiver.self,
        settings: ["token": "xoxb-s3cretS3cretS3cretS3cret", "channel": "C0123456789"]
    )
    static let discord = ReceiverFixture(
        type: DiscordReceiver.self,
        settings: ["url": "https://discord.com/api/webhooks/123456789012345678/s3cretS3cretS3cretS3cret"]
    )
    static let teams = ReceiverFixture(
        type: TeamsReceiver.self,
        settings: [
            "url": """
            https://prod-1.westeurope.logic.azure.com:443/workflows/w/triggers/manual/paths/invoke?\
            api-version=2016-06-01&sig=s3cretS3cretS3cretS3cret
            """
        ]
    )
    static let mattermost = ReceiverFixture(
        type: MattermostReceiver.self,
        settings: ["url": "https://mattermost.example.org/hooks/s3cretS3cretS3cretS3cret"]
    )
    static let googleChat = ReceiverFixture(
        type: GoogleChatReceiver.self,
        settings: [
            "url": """
            https://chat.googleapis.com/v1/spaces/AAAA/messages?key=k&token=s3cretS3cretS3cretS3cret
            """
        ]
    )

    /// All of them, by name.
    static let all: [(name: String, fixture: ReceiverFixture)] = [
        ("slack", slack), ("slack_bot", slackBot), ("discord", discord), ("teams", teams),
        ("mattermost", mattermost), ("google_chat", googleChat),
    ]

    static let names = all.map(\.name)

    static func named(_ name: String) -> ReceiverFixture {
        all.first { $0.name == name }?.fixture ?? slack
    }
}

extension JSONValue {
    /// All texts in it, those of members in the order of their names.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(\.texts)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.texts)
        case .null, .bool, .int, .double: []
        }
    }

    /// All objects in it that have a member.
    func objects(with member: String) -> [JSONValue] {
        switch self {
        case .array(let elements): elements.flatMap { $0.objects(with: member) }
        case .object(let members):
            (members[member] == nil ? [] : [self]) + members.values.flatMap { $0.objects(with: member) }
        default: []
        }
    }

    var items: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
