import LookoutModel

/// A message in Slack's Block Kit, the same for webhooks and bots.
///
/// All that comes from elsewhere is in `plain_text` objects, in which Slack looks for neither markup nor
/// mentions; so there is nothing to escape there, and nothing that an escape could miss.
struct SlackMessage {
    /// Slack's limits, in characters, and a sum that is not documented but enforced.
    private enum Limit {
        static let header = 150
        static let section = 3000
        static let field = 2000
        static let fieldsOfSection = 10
        static let blocks = 45
        static let sum = 11_000
        static let text = 1000
        static let plainText = 12_000
    }

    private static let unit = TextUnit.utf16Units

    let message: Message
    let isPlain: Bool

    /// The members of the payload that say what is told.
    var members: [String: JSONValue] {
        guard !isPlain else {
            let text = MessageText(message, .slackPlain).text(limit: Limit.plainText, Self.unit)
            return ["text": .string(text), "mrkdwn": false]
        }
        return ["text": .string(summary), "blocks": .array(Array(blocks.prefix(Limit.blocks)))]
    }

    /// What notifications and screen readers show in place of the blocks.
    private var summary: String {
        let text = message.lead.isEmpty ? message.title : "\(message.title)\n\(message.lead)"
        return text.shortened(to: Limit.text, Self.unit, rendered: Markup.slackPlain.escape)
    }

    private var blocks: [JSONValue] {
        let title = "\(message.tone.symbol) \(message.title)"
        var blocks: [JSONValue] = [["type": "header", "text": Self.plainText(title, Limit.header)]]
        var fields: [JSONValue] = []
        var lines: [String] = []
        // Two lists grow until something else comes: fields, and the lines of a digest.
        func flush() {
            if !fields.isEmpty { blocks.append(["type": "section", "fields": .array(fields)]) }
            if !lines.isEmpty { blocks.append(Self.section(lines.joined(separator: "\n"))) }
            fields = []
            lines = []
        }
        for part in message.parts(within: Limit.sum, size: Self.size) {
            switch part {
            case .fact(let fact):
                if !lines.isEmpty || fields.count == Limit.fieldsOfSection { flush() }
                fields += [Self.plainText(fact.name, Limit.field), Self.value(fact.value)]
            case .alert(let line):
                let text = "\(line.tone.symbol) \(line.text)"
                let length = lines.reduce(Self.unit.length(of: text)) { $0 + Self.unit.length(of: $1) + 1 }
                if !fields.isEmpty || length > Limit.section { flush() }
                lines.append(text)
            case .lead(let text), .remainder(let text):
                flush()
                blocks.append(Self.section(text))
            case .list(let name, let entries):
                flush()
                blocks.append(Self.section(Self.list(name, entries)))
            case .reference(let name, let address):
                flush()
                blocks.append(Self.reference(name, address))
            case .command(let fact):
                flush()
                blocks.append(Self.section("\(fact.name): \(fact.value)"))
            }
        }
        flush()
        return blocks
    }

    private static func section(_ text: String) -> JSONValue {
        ["type": "section", "text": plainText(text, Limit.section)]
    }

    private static func list(_ name: String, _ entries: [String]) -> String {
        let lines = Message.newest(entries.map { "• \($0)" }, limit: Limit.section - name.utf16.count - 1) {
            unit.length(of: $0) + 1
        }
        return ([name] + lines).joined(separator: "\n")
    }

    /// The text of a field; a link if it is a web address.
    private static func value(_ text: String) -> JSONValue {
        guard let link = WebLink(text), unit.length(of: link.address) < Limit.field / 2 else {
            return plainText(text, Limit.field)
        }
        return ["type": "mrkdwn", "text": .string("<\(Markup.slackPlain.escape(link.address))>")]
    }

    /// A link where it is one; an address of `WebLink` holds none of Slack's marks but the ampersand.
    private static func reference(_ name: String, _ address: String) -> JSONValue {
        guard let link = WebLink(address) else { return section("\(name): \(address)") }
        let target = Markup.slackPlain.escape(link.address)
        return ["type": "section", "text": ["type": "mrkdwn", "text": .string("<\(target)|\(name)>")]]
    }

    private static func plainText(_ text: String, _ limit: Int) -> JSONValue {
        ["type": "plain_text", "emoji": false, "text": .string(text.shortened(to: limit, unit))]
    }

    private static func size(_ part: Message.Part) -> Int {
        switch part {
        case .lead(let text), .remainder(let text): min(unit.length(of: text), Limit.section)
        case .fact(let fact), .command(let fact): unit.length(of: fact.name + fact.value) + 2
        case .alert(let line): unit.length(of: line.text) + 3
        case .list(let name, let lines):
            unit.length(of: list(name, lines))
        case .reference(let name, let address): unit.length(of: name + address) + 40
        }
    }
}

extension Markup {
    /// Slack's escapes for its three control characters, and nothing that it would take for markup.
    static let slackPlain = Markup(
        escape: slackEscaped,
        bold: { $0 },
        code: slackEscaped,
        link: { words, _ in words }
    )

    private static let slackEscaped: @Sendable (String) -> String = { text in
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
