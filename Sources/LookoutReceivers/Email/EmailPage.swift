/// A message as a page of HTML that every mail program shows: no colours but one, so that it can be read
/// on light and on dark, and no widths but a largest one.
struct EmailPage {
    let message: Message

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(escaped(message.title))</title>
        </head>
        <body style="margin:0;padding:16px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;\
        font-size:16px;line-height:1.45">
        <div style="max-width:42em;border-left:6px solid #\(color);padding-left:14px;overflow-wrap:anywhere">
        <h1 style="font-size:20px;line-height:1.3;margin:0 0 12px">\(escaped(message.title))</h1>
        \(parts.joined(separator: "\n"))
        </div>
        </body>
        </html>

        """
    }

    private var color: String {
        let digits = String(message.tone.color, radix: 16)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    private var parts: [String] {
        var parts: [String] = []
        if !message.lead.isEmpty {
            parts.append("<p style=\"margin:0 0 12px\">\(escapedLines(message.lead))</p>")
        }
        parts += list(message.lines.map { "\($0.tone.symbol) \($0.text)" })
        if let remainder = message.remainder { parts.append(paragraph(escaped(remainder))) }
        if let suggestion = message.suggestion { parts.append(row("Next step", escaped(suggestion))) }
        if let runbook = message.runbook { parts.append(row("Runbook", linked(runbook))) }
        parts += table
        parts += section("What changed", message.changes)
        parts += section("Last samples", message.samples)
        parts += message.commands.map { command in
            "<p style=\"margin:0 0 4px\"><strong>\(escaped(command.name))</strong></p>\n"
                + "<pre style=\"margin:0 0 12px;padding:6px 8px;border:1px solid;border-radius:4px;"
                + "font-size:14px;white-space:pre-wrap\">\(escaped(command.value))</pre>"
        }
        let foot = [message.episode.map { "Episode \(escaped($0))" }, message.link.map(linked)]
            .compactMap(\.self).joined(separator: " · ")
        if !foot.isEmpty { parts.append("<p style=\"margin:0;font-size:13px\">\(foot)</p>") }
        return parts
    }

    private var table: [String] {
        guard !message.facts.isEmpty else { return [] }
        let rows = message.facts.map { fact in
            "<tr><th scope=\"row\" style=\"text-align:left;vertical-align:top;padding:2px 12px 2px 0\">"
                + "\(escaped(fact.name))</th><td style=\"padding:2px 0\">\(linked(fact.value))</td></tr>"
        }
        return [
            "<table style=\"border-collapse:collapse;margin:0 0 12px\">\n"
                + rows.joined(separator: "\n") + "\n</table>"
        ]
    }

    private func section(_ name: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["<p style=\"margin:0\"><strong>\(escaped(name))</strong></p>"] + list(lines)
    }

    private func list(_ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return [] }
        let items = lines.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n")
        return ["<ul style=\"margin:0 0 12px;padding-left:20px\">\n\(items)\n</ul>"]
    }

    private func row(_ name: String, _ html: String) -> String {
        paragraph("<strong>\(escaped(name)):</strong> \(html)")
    }

    private func paragraph(_ html: String) -> String { "<p style=\"margin:0 0 12px\">\(html)</p>" }

    private func linked(_ address: String) -> String {
        guard let link = WebLink(address) else { return escaped(address) }
        return Markup.html.link(escaped(link.address), link)
    }

    private func escapedLines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { escaped(String($0)) }.joined(separator: "<br>\n")
    }

    private func escaped(_ text: String) -> String { Markup.escapedHTML(text) }
}
