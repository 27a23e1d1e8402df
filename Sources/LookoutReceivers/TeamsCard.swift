import LookoutModel

/// A message as an Adaptive Card (version 1.4), in the envelope that workflows ask for.
///
/// All texts are `TextRun`s, which know no markup, in contrast to `TextBlock`s and fact sets; so there is
/// nothing to escape. Teams finds mentions only in the card's `entities`, of which there are none.
struct TeamsCard {
    /// In bytes of JSON: Teams refuses a card of more than 28 KB inside of the workflow, which the sender
    /// never hears of.
    private static let maximumBytes = 20_000
    /// What the envelope and the title's block take besides the title.
    private static let frameBytes = 700

    let message: Message
    let isPlain: Bool

    var json: JSONValue {
        var content: [String: JSONValue] = [
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": .array(isPlain ? plainBody : body),
            "msteams": ["width": "full"],
        ]
        let actions = isPlain ? [] : self.actions
        if !actions.isEmpty { content["actions"] = .array(actions) }
        return [
            "type": "message",
            "attachments": [
                [
                    "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil,
                    "content": .object(content),
                ]
            ],
        ]
    }

    private var title: JSONValue {
        Self.block([
            [
                "type": "TextRun", "text": .string(message.title), "size": "Large", "weight": "Bolder",
                "color": .string(color),
            ]
        ])
    }

    /// A colour by its name, as cards have no others.
    private var color: String {
        switch message.tone {
        case .outage, .major: "Attention"
        case .minor: "Warning"
        case .good: "Good"
        case .news: "Accent"
        }
    }

    private var body: [JSONValue] {
        let room = Self.maximumBytes - Self.frameBytes - Self.bytes([title]) - Self.bytes(actions)
        return [title] + message.parts(within: room) { Self.bytes(Self.blocks($0)) }.flatMap(Self.blocks)
    }

    private var plainBody: [JSONValue] {
        let room = Self.maximumBytes - Self.frameBytes
        let text = MessageText(message).text(limit: room / 4, .bytes)
        return text.split(separator: "\n").map { Self.block([Self.run(String($0))]) }
    }

    private var actions: [JSONValue] {
        [("Runbook", message.runbook), ("Lookout", message.link)].compactMap { title, address in
            address.flatMap { WebLink($0) }.map {
                ["type": "Action.OpenUrl", "title": .string(title), "url": .string($0.address)]
            }
        }
    }

    private static func blocks(_ part: Message.Part) -> [JSONValue] {
        switch part {
        case .lead(let text), .remainder(let text):
            text.split(separator: "\n").map { block([run(String($0))]) }
        case .fact(let fact):
            [block([run("\(fact.name): ", isBold: true), run(fact.value)])]
        case .alert(let line):
            [block([run("\(line.tone.symbol) \(line.text)")])]
        case .list(let name, let lines):
            [block([run(name, isBold: true)])] + lines.map { block([run("• \($0)")], spacing: "None") }
        case .reference(let name, let address):
            // With an address it is a button.
            WebLink(address) == nil ? [block([run("\(name): ", isBold: true), run(address)])] : []
        case .command(let fact):
            [block([run("\(fact.name): ", isBold: true), run(fact.value, isCode: true)])]
        }
    }

    private static func block(_ runs: [JSONValue], spacing: String = "Small") -> JSONValue {
        ["type": "RichTextBlock", "spacing": .string(spacing), "inlines": .array(runs)]
    }

    private static func run(_ text: String, isBold: Bool = false, isCode: Bool = false) -> JSONValue {
        var run: [String: JSONValue] = ["type": "TextRun", "text": .string(text)]
        if isBold { run["weight"] = "Bolder" }
        if isCode { run["fontType"] = "Monospace" }
        if let link = WebLink(text) {
            run["selectAction"] = ["type": "Action.OpenUrl", "url": .string(link.address)]
        }
        return .object(run)
    }

    private static func bytes(_ blocks: [JSONValue]) -> Int {
        blocks.reduce(0) { $0 + $1.jsonText.utf8.count + 1 }
    }
}
