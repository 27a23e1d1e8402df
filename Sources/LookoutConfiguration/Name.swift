package import LookoutSettings

/// The name of an environment, a probe or a receiver: it stands in paths, labels and rules.
package struct Name: SettingsValue, Hashable {
    static let pattern = "^[a-z0-9][a-z0-9._-]{0,99}$"
    package static var shape: Shape { .string(pattern: pattern) }

    let text: String

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        self.init(text, at: node.position, &context)
    }

    /// Takes a text that is a name; nil after reporting that it is none.
    init?(_ text: String, at position: SourcePosition, _ context: inout SettingsContext) {
        guard Name.isName(text) else {
            context.diagnostics.error(
                "\"\(text.shortened)\" cannot be a name",
                at: position,
                hint: "a-z, 0-9, \"-\", \"_\" and \".\", a letter or digit first, at most 100 of them"
            )
            return nil
        }
        self.text = text
    }

    /// Whether a text is one.
    package static func isName(_ text: String) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 100 else {
            return false
        }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }
}

/// The names given so far, so that each is given once.
struct NameRegister {
    /// What bears the names: "probe".
    let kind: String
    private var lines: [String: Int] = [:]

    init(kind: String) {
        self.kind = kind
    }

    /// The names that are given.
    var taken: [String] { lines.keys.sorted() }

    /// Takes a name; false after reporting that it is taken.
    mutating func take(_ name: Located<Name>, _ context: inout SettingsContext) -> Bool {
        if let line = lines[name.value.text] {
            context.diagnostics.error(
                "\(kind) \"\(name.value.text)\" is defined twice",
                at: name.position,
                hint: "the first one stands in line \(line)"
            )
            return false
        }
        lines[name.value.text] = name.position.line
        return true
    }
}
