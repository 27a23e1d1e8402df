import LookoutModel

/// A message as a card of Google Chat.
///
/// Cards know a few tags of HTML and no mentions; the text of a message knows both mentions and asterisks,
/// and no escape for either.
struct GoogleChatMessage {
    /// Below the 32,000 bytes of a message, its JSON included.
    private enum Limit {
        static let card = 24_000
        static let fallback = 2000
        static let text = 4000
    }

    let message: Message
    let isPlain: Bool

    /// The members of the payload that say what is told.
    var members: [String: JSONValue] {
        guard !isPlain else {
            return ["text": .string(MessageText(message, .googleChatPlain).text(limit: Limit.text, .bytes))]
        }
        let summary = message.lead.isEmpty ? message.title : "\(message.title)\n\(message.lead)"
        return [
            "fallbackText": .string(summary.shortened(to: Limit.fallback, .bytes)),
            "cardsV2": [["cardId": "alert", "card": ["sections": [["widgets": .array(widgets)]]]]],
        ]
    }

    private var widgets: [JSONValue] {
        let title = Self.paragraph("\(message.tone.symbol) <b>\(Self.escaped(message.title))</b>")
        let room = Limit.card - Self.bytes(title)
        var widgets = [title]
        var lines: [String] = []
        // The alerts of a digest share one widget, since a card has no more than a hundred.
        func flush() {
            if !lines.isEmpty { widgets.append(Self.paragraph(lines.joined(separator: "<br>"))) }
            lines = []
        }
        for part in message.parts(within: room, size: { Self.bytes(Self.widget($0)) }) {
            if case .alert(let line) = part {
                lines.append(Self.line(line))
            } else {
                flush()
                widgets.append(Self.widget(part))
            }
        }
        flush()
        return widgets
    }

    private static func line(_ line: Message.Line) -> String {
        "\(line.tone.symbol) \(escaped(line.text))"
    }

    private static func widget(_ part: Message.Part) -> JSONValue {
        switch part {
        case .lead(let text), .remainder(let text):
            paragraph(text.split(separator: "\n").map { escaped(String($0)) }.joined(separator: "<br>"))
        case .alert(let line):
            paragraph(Self.line(line))
        case .list(let name, let lines):
            paragraph(
                (["<b>\(escaped(name))</b>"] + lines.map { "• \(escaped($0))" }).joined(separator: "<br>")
            )
        case .fact(let fact), .command(let fact):
            decorated(fact.name, linked(fact.value))
        case .reference(let name, let address):
            decorated(name, linked(address))
        }
    }

    private static func paragraph(_ html: String) -> JSONValue {
        ["textParagraph": ["text": .string(html)]]
    }

    private static func decorated(_ name: String, _ html: String) -> JSONValue {
        ["decoratedText": ["topLabel": .string(name), "text": .string(html), "wrapText": true]]
    }

    private static func linked(_ text: String) -> String {
        guard let link = WebLink(text) else { return escaped(text) }
        let address = escaped(link.address)
        return "<a href=\"\(address)\">\(address)</a>"
    }

    private static func escaped(_ text: String) -> String {
        Markup.escapedHTML(text)
    }

    private static func bytes(_ widget: JSONValue) -> Int { widget.jsonText.utf8.count + 1 }
}

extension Markup {
    /// No markup, and no mention: those begin with `<users/`, which a space of no width takes apart.
    static let googleChatPlain = Markup(
        escape: { text in
            text.split(separator: "<", omittingEmptySubsequences: false).joined(separator: "<\u{200B}")
        },
        bold: { $0 },
        code: { $0 },
        link: { _, link in link.address }
    )
}
