extension Markup {
    /// HTML as chats and mail take it: bold, code, links and line breaks, and nothing else.
    static let html = Markup(
        escape: escapedHTML,
        bold: { "<strong>\($0)</strong>" },
        code: { "<code>\(escapedHTML($0))</code>" },
        link: { words, link in "<a href=\"\(escapedHTML(link.address))\">\(words)</a>" },
        newline: "<br>"
    )

    /// The text with the characters that begin or end something in HTML (or XML) as references.
    static func escapedHTML(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
