extension JSONValue {
    /// The value as compact JSON.
    ///
    /// Keys are ordered by their UTF-8 bytes, so equal values have equal
    /// texts. Doubles are as short as they can be read back; JSON has no text for the others (NaN,
    /// infinity), which become `null`.
    package var jsonText: String { text(indentation: nil) }

    /// The same over many lines, for people.
    package var prettyJSONText: String { text(indentation: 2) }

    private func text(indentation: Int?) -> String {
        var writer = JSONWriter(indentation: indentation)
        writer.write(self)
        return writer.text
    }
}

/// Writes values into one growing text.
private struct JSONWriter {
    /// Spaces for each level; nil for everything on one line.
    let indentation: Int?
    var text = ""
    var depth = 0

    init(indentation: Int?) {
        self.indentation = indentation
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text += "null"
        case .bool(let isTrue): text += isTrue ? "true" : "false"
        case .int(let number): text += String(number)
        case .double(let number): text += number.isFinite ? number.description : "null"
        case .string(let string): write(string)
        case .array(let elements): write(elements, between: "[", "]") { $0.write($1) }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            write(sorted, between: "{", "}") { writer, member in
                writer.write(member.key)
                writer.text += writer.indentation == nil ? ":" : ": "
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element],
        between opening: String,
        _ closing: String,
        writing: (inout JSONWriter, Element) -> Void
    ) {
        text += opening
        depth += 1
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            breakLine()
            writing(&self, element)
        }
        depth -= 1
        if !elements.isEmpty { breakLine() }
        text += closing
    }

    private mutating func breakLine() {
        guard let indentation else { return }
        text += "\n" + String(repeating: " ", count: indentation * depth)
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
