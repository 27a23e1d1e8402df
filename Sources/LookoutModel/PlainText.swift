/// Text from outside, made safe for terminals and logs.
///
/// What a page, a server or the author of a commit says ends up in summaries; with control characters it could
/// move the cursor, set the window's title, forge lines, or turn the reading direction.
package enum PlainText {
    /// The text on one line: every control, format and line-breaking character as an escape.
    package static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case _ where isHarmful(scalar): line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// The text on one line of at most so many bytes of UTF-8; what is cut off shows as `…`.
    package static func line(_ text: String, atMost limit: Int) -> String {
        // Escapes only make it longer, so the rest of a very long text is not even looked at.
        let head = String(decoding: text.utf8.prefix(limit + 4), as: UTF8.self)
        let whole = line(text.utf8.count > limit + 4 ? head : text)
        guard whole.utf8.count > limit else { return whole }
        var cut = ""
        for character in whole {
            guard cut.utf8.count + String(character).utf8.count + 3 <= limit else { break }
            cut.append(character)
        }
        return cut + "…"
    }

    /// The lines of the text, each made safe; line ends of Windows count as such.
    package static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
            .map { line(String($0)) }
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Joiners are needed to write Persian and to show families.
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }
}
