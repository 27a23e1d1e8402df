/// A message as flowing text in some markup, for receivers that have no form of their own for facts.
///
/// Where there is not enough room the pieces go that are worth least; the title stays, and the rule's words
/// are cut.
package struct MessageText: Sendable {
    private let message: Message
    private let markup: Markup

    package init(_ message: Message, _ markup: Markup = .plain) {
        self.message = message
        self.markup = markup
    }

    /// All of it.
    package var text: String { text(limit: .max, .bytes) }

    /// As much as fits, title first.
    package func text(limit: Int, _ unit: TextUnit) -> String {
        let tag = "[\(message.tag)] "
        let title = message.subject.shortened(to: limit, unit) { markup.bold(tag + markup.escape($0)) }
        let body = self.body(limit: limit - unit.length(of: title + markup.newline), unit)
        return body.isEmpty ? title : title + markup.newline + body
    }

    /// As much as fits, without the title, for receivers that have a place of its own for it.
    package func body(limit: Int, _ unit: TextUnit) -> String {
        guard limit > 0 else { return "" }
        let separator = unit.length(of: markup.newline)
        // The rule's words may take half of the room at once, and what the others leave in the end.
        let half = lead(limit: limit / 2, unit)
        let parts = message.parts(within: limit) { part in
            if case .lead = part { return unit.length(of: half) + separator }
            return unit.length(of: rendered(part)) + separator
        }
        let others = parts.reduce(0) { length, part in
            if case .lead = part { return length }
            return length + unit.length(of: rendered(part)) + separator
        }
        return parts.map { part in
            if case .lead = part { return lead(limit: limit - others, unit) }
            return rendered(part)
        }
        .joined(separator: markup.newline)
    }

    private func lead(limit: Int, _ unit: TextUnit) -> String {
        message.lead.shortened(to: limit, unit) { lead in
            lead.split(separator: "\n", omittingEmptySubsequences: false)
                .map { markup.escape(String($0)) }.joined(separator: markup.newline)
        }
    }

    private func rendered(_ part: Message.Part) -> String {
        switch part {
        case .lead(let text), .remainder(let text): markup.escape(text)
        case .fact(let fact): row(fact.name, linked(fact.value))
        case .alert(let line): "\(line.tone.symbol) \(markup.escape(line.text))"
        case .list(let name, let lines):
            ([markup.bold(markup.escape("\(name):"))] + lines.map { markup.bullet + markup.escape($0) })
                .joined(separator: markup.newline)
        case .reference(let name, let address): row(name, linked(address))
        case .command(let fact): row(fact.name, markup.code(fact.value))
        }
    }

    private func row(_ name: String, _ rendered: String) -> String {
        "\(markup.bold(markup.escape("\(name):"))) \(rendered)"
    }

    /// A text that is a web address as a link, any other as it is.
    private func linked(_ text: String) -> String {
        WebLink(text).map { markup.link(markup.escape($0.address), $0) } ?? markup.escape(text)
    }
}
