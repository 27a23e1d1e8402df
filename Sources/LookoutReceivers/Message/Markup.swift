/// A way of marking up flowing text: what is bold, what is code, and how everything else stays as it is.
///
/// `escape` must make any text harmless wherever the other members put it.
package struct Markup: Sendable {
    /// Plain text in this markup: reads as it is, whatever characters it has.
    package var escape: @Sendable (String) -> String
    /// Makes escaped text bold.
    package var bold: @Sendable (String) -> String
    /// A text that has not been escaped, in the letters of a typewriter, for commands.
    package var code: @Sendable (String) -> String
    /// A link under escaped words.
    package var link: @Sendable (String, WebLink) -> String
    /// What stands before each line of a list: no list of the markup's own, into which the next line would
    /// be drawn.
    package var bullet: String
    /// What ends a line.
    package var newline: String

    package init(
        escape: @escaping @Sendable (String) -> String,
        bold: @escaping @Sendable (String) -> String,
        code: @escaping @Sendable (String) -> String,
        link: @escaping @Sendable (String, WebLink) -> String,
        bullet: String = "• ",
        newline: String = "\n"
    ) {
        self.escape = escape
        self.bold = bold
        self.code = code
        self.link = link
        self.bullet = bullet
        self.newline = newline
    }

    /// No markup at all.
    package static let plain = Markup(
        escape: { $0 },
        bold: { $0 },
        code: { $0 },
        link: { _, link in link.address }
    )

    /// CommonMark 0.31 and its usual extensions: a backslash takes any punctuation's meaning (§2.4).
    ///
    /// Escaped is what may have one, since notifications on phones show the backslashes: what is markup
    /// within a line anywhere, and what begins a block where it comes first.
    package static let commonMark = Markup(
        escape: { escapedMarkdown($0) },
        bold: { "**\($0)**" },
        code: codeSpan,
        link: { words, link in "[\(words)](<\(link.address)>)" },
        newline: "  \n"
    )

    private static func escapedMarkdown(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        // What begins a list or underlines a heading does so only as the first of its line (§4.3, §5.2).
        let number = text.unicodeScalars.prefix { ("0"..."9").contains($0) }
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            let beginsBlock =
                offset == number.count && (offset == 0 ? "-+=" : ".)").unicodeScalars.contains(scalar)
            if beginsBlock || "\\`*_[]<>~|&@#$".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }

    /// A code span of CommonMark (§6.1), fenced by one backtick more than the text has in a row.
    static func codeSpan(_ text: String) -> String {
        var longest = 0
        var current = 0
        for byte in text.utf8 {
            current = byte == UInt8(ascii: "`") ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let needsBlanks = text.hasPrefix("`") || text.hasSuffix("`")
        return needsBlanks ? "\(fence) \(text) \(fence)" : fence + text + fence
    }
}
