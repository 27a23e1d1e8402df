/// Header lines of a mail, folded and encoded, so that no text can end its line or begin another one.
///
/// Only printable ASCII is ever written as it is; all other text goes into encoded words (RFC 2047).
enum EmailHeader {
    /// A header of free text.
    static func text(_ name: String, _ text: String) -> String {
        let words =
            isPlain(text) ? text.split(separator: " ").map(String.init) : encodedWords(text, after: name)
        return line(name, words)
    }

    /// A header of addresses.
    static func addresses(_ name: String, _ addresses: [EmailAddress]) -> String {
        var words: [String] = []
        for (index, address) in addresses.enumerated() {
            let end = index + 1 < addresses.count ? "," : ""
            words += phrase(address.name, after: index == 0 ? name : "")
            words.append((address.name.isEmpty ? address.mailbox : "<\(address.mailbox)>") + end)
        }
        return line(name, words)
    }

    /// A header of words that are valid as they are and may be folded between.
    static func words(_ name: String, _ words: String...) -> String { line(name, words) }

    /// The words behind the name, on as many lines as it takes to stay below 78 columns.
    private static func line(_ name: String, _ words: [String]) -> String {
        var lines = "\(name):"
        var column = lines.utf8.count
        for (index, word) in words.enumerated() {
            let length = word.utf8.count + 1
            if index > 0, column + length > 76 {
                lines += "\r\n"
                column = 0
            }
            lines += " \(word)"
            column += length
        }
        return lines + "\r\n"
    }

    /// A name before an address (RFC 5322 §3.2.5): in quotes, or encoded.
    private static func phrase(_ name: String, after header: String) -> [String] {
        guard !name.isEmpty else { return [] }
        guard isPlain(name) else { return encodedWords(name, after: header) }
        let quoted = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return ["\"\(quoted)\""]
    }

    /// Whether it can be folded at its blanks and read as it is: no word that looks like an encoded one,
    /// and none that is longer than a line.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
            && !text.contains("  ") && text.first != " " && text.last != " "
            && text.split(separator: " ").allSatisfy { $0.utf8.count <= 60 }
    }

    /// Encoded words of at most 75 characters, less for the first one behind the header's name; none of
    /// them ends in the middle of a character.
    private static func encodedWords(_ text: String, after header: String) -> [String] {
        var words: [String] = []
        var word = ""
        var room = 75 - "=?utf-8?q??=".utf8.count - header.utf8.count - 1
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7f
            let code = encoded(isControl ? " " : scalar)
            if word.utf8.count + code.utf8.count > room {
                words.append("=?utf-8?q?\(word)?=")
                room = 75 - "=?utf-8?q??=".utf8.count
                word = ""
            }
            word += code
        }
        return words + ["=?utf-8?q?\(word)?="]
    }

    /// The Q encoding (§4.2) with what may stand in a phrase as it is (§5, 3).
    private static func encoded(_ scalar: Unicode.Scalar) -> String {
        if scalar == " " { return "_" }
        if let byte = UInt8(exactly: scalar.value),
            URLText.isLetterOrDigit(byte) || "!*+-/".utf8.contains(byte)
        {
            return String(Character(scalar))
        }
        return String(Character(scalar)).utf8.map(QuotedPrintable.code).joined()
    }
}
