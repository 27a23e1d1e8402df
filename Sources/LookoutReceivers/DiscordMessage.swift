import LookoutModel

/// A message as Discord shows it: its title as text, and everything else in a coloured box.
struct DiscordMessage {
    /// Discord's limits, in characters; the last is over all texts of the box.
    private enum Limit {
        static let content = 2000
        static let title = 1000
        static let description = 4096
        static let lead = 2000
        static let fields = 25
        static let fieldName = 256
        static let fieldValue = 1024
        static let sum = 6000
    }

    private static let unit = TextUnit.utf16Units

    let message: Message
    let isPlain: Bool
    let createdAt: Timestamp

    var json: JSONValue {
        var members: [String: JSONValue] = [
            // Nobody is mentioned, whatever the texts say.
            "allowed_mentions": ["parse": []]
        ]
        if isPlain {
            let text = MessageText(message, .discordPlain).text(limit: Limit.content, Self.unit)
            members["content"] = .string(text)
            // No previews of links.
            members["flags"] = 4
        } else {
            let tag = "\(message.tone.symbol) **[\(message.tag)]"
            let title = message.subject.shortened(to: Limit.title, Self.unit) {
                "\(tag) \(Markup.discord.escape($0))**"
            }
            members["content"] = .string(title)
            members["embeds"] = [embed]
        }
        return .object(members)
    }

    private var embed: JSONValue {
        var embed: [String: JSONValue] = [
            "color": .int(Int64(message.tone.color)), "timestamp": .string(createdAt.rfc3339),
        ]
        // The lines of a digest all go into the description.
        let room = message.kind == .digest ? Limit.description : Limit.sum
        let parts = message.parts(within: room) { Self.size($0) }
        let description = parts.compactMap { Self.paragraph($0) }.joined(separator: "\n")
        if !description.isEmpty { embed["description"] = .string(description) }
        let fields = parts.compactMap { Self.field($0) }.prefix(Limit.fields)
        if !fields.isEmpty { embed["fields"] = .array(fields.map(\.json)) }
        return .object(embed)
    }

    /// A name and a text that is escaped already.
    private struct EmbedField {
        let name: String
        let value: String

        init(_ name: String, _ value: String) {
            self.name = Markup.discord.escape(name)
            self.value = value
        }

        var json: JSONValue { ["name": .string(name), "value": .string(value)] }
    }

    /// What goes above the fields.
    private static func paragraph(_ part: Message.Part) -> String? {
        switch part {
        case .lead(let text): text.shortened(to: Limit.lead, unit, rendered: Markup.discord.escape)
        case .alert(let line): "\(line.tone.symbol) \(Markup.discord.escape(line.text))"
        case .remainder(let text): Markup.discord.escape(text)
        case .fact, .list, .reference, .command: nil
        }
    }

    private static func field(_ part: Message.Part) -> EmbedField? {
        let limit = Limit.fieldValue
        switch part {
        case .fact(let fact):
            return EmbedField(fact.name, linked(fact.value))
        case .reference(let name, let address):
            return EmbedField(name, linked(address))
        case .list(let name, let lines):
            let entries = lines.map { "• \(Markup.discord.escape($0))" }
            let newest = Message.newest(entries, limit: limit) { unit.length(of: $0) + 1 }
            return newest.isEmpty ? nil : EmbedField(name, newest.joined(separator: "\n"))
        case .command(let fact):
            let code = Markup.discord.code(fact.value)
            return unit.length(of: code) <= limit ? EmbedField(fact.name, code) : nil
        case .lead, .alert, .remainder:
            return nil
        }
    }

    private static func linked(_ text: String) -> String {
        if let link = WebLink(text), unit.length(of: link.address) + 2 <= Limit.fieldValue {
            return "<\(link.address)>"
        }
        return text.shortened(to: Limit.fieldValue, unit, rendered: Markup.discord.escape)
    }

    private static func size(_ part: Message.Part) -> Int {
        let text = paragraph(part).map { $0 + "\n" } ?? field(part).map { $0.name + $0.value } ?? ""
        return unit.length(of: text)
    }
}

extension Markup {
    /// Discord's dialect of Markdown, in which as in CommonMark a backslash takes any punctuation's meaning.
    static let discord = Markup(
        escape: commonMark.escape,
        bold: commonMark.bold,
        code: { $0.contains("`") ? commonMark.escape($0) : "`\($0)`" },
        link: { words, link in "[\(words)](<\(link.address)>)" }
    )

    /// Discord's markup with nothing marked up.
    static let discordPlain = Markup(
        escape: commonMark.escape,
        bold: { $0 },
        code: commonMark.escape,
        link: { _, link in "<\(link.address)>" }
    )
}
