import LookoutModel
package import LookoutSettings

/// The address of a mailbox, with or without a name: `Lookout <lookout@example.org>`.
package struct EmailAddress: Hashable, Sendable {
    /// What is shown; empty if nothing was given.
    package let name: String
    /// `local@domain` in ASCII.
    package let mailbox: String

    /// Stands where none has been read yet.
    static let unknown = EmailAddress(name: "", mailbox: "unknown@localhost")

    private init(name: String, mailbox: String) {
        self.name = name
        self.mailbox = mailbox
    }

    /// What follows the `@`.
    var domain: String { String(mailbox.split(separator: "@").last ?? "") }

    /// Reads `local@domain` or `Name <local@domain>`; nil for anything else.
    ///
    /// Both sides are of the plain form (dot-atom, RFC 5322 §3.2.3): no quotes, no comments, no address of
    /// numbers. A domain with other letters is written in its `xn--` form.
    package init?(_ text: String) {
        var mailbox = text[...]
        var name = ""[...]
        if text.last == ">" {
            guard let bracket = text.lastIndex(of: "<") else { return nil }
            name = text[..<bracket]
            mailbox = text[text.index(after: bracket)...].dropLast()
        }
        guard Self.isMailbox(mailbox) else { return nil }
        var words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.utf8.count >= 2, words.first == "\"", words.last == "\"" {
            words = String(words.dropFirst().dropLast())
        } else if words.contains(where: "<>@,;:\"".contains) {
            // Several addresses, or half of a quotation.
            return nil
        }
        self.name = PlainText.line(words)
        self.mailbox = String(mailbox)
    }

    private static func isMailbox(_ text: Substring) -> Bool {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[0].utf8.count <= 64, text.utf8.count <= 254 else { return false }
        let atoms = sides[0].split(separator: ".", omittingEmptySubsequences: false)
        let labels = sides[1].split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtomByte) }
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { URLText.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        URLText.isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}

extension EmailAddress: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard let address = EmailAddress(text) else {
            context.error(
                "\"\(text.shortened)\" is not an e-mail address",
                at: node,
                hint: "write ops@example.org or \"Operations <ops@example.org>\""
            )
            return nil
        }
        self = address
    }
}
