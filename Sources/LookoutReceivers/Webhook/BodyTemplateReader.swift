import LookoutSettings

/// Cuts a template into its text and its placeholders.
struct BodyTemplateReader {
    /// What comes next.
    enum Piece {
        case text(String)
        case reference(BodyTemplate.Reference, isInString: Bool)
    }

    private let source: String
    private var position: String.Index
    private let tracksStrings: Bool
    private var isInString = false

    /// `tracksStrings` says whether quotes begin and end strings, as in JSON.
    init(_ source: String, tracksStrings: Bool) {
        self.source = source
        self.tracksStrings = tracksStrings
        position = source.startIndex
    }

    /// Nil at the end; throws the first fault.
    mutating func next() throws(BodyTemplate.Fault) -> Piece? {
        guard position < source.endIndex else { return nil }
        let rest = source[position...]
        if rest.hasPrefix("{{") { return try readReference() }
        return .text(readText())
    }

    private mutating func readText() -> String {
        let start = position
        while position < source.endIndex, !source[position...].hasPrefix("{{") {
            let character = source[position]
            position = source.index(after: position)
            guard tracksStrings else { continue }
            if character == "\"" {
                isInString.toggle()
            } else if character == "\\", isInString, position < source.endIndex {
                position = source.index(after: position)
            }
        }
        return String(source[start..<position])
    }

    private mutating func readReference() throws(BodyTemplate.Fault) -> Piece {
        let start = position
        let inner = source.index(start, offsetBy: 2)
        guard let end = Self.closing(in: source, from: inner) else {
            throw fault("\"{{\" is never closed", at: start, hint: "write }} behind the field's name")
        }
        position = source.index(end, offsetBy: 2)
        let name = Self.trimmed(source[inner..<end])
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let names = EventField.all.map(\.name)
        guard let field = EventField.named(String(parts[0])) else {
            throw fault(
                "unknown field \"\(name.shortened)\"",
                at: start,
                hint: Spelling.hint(for: String(parts[0]), among: names)
            )
        }
        guard parts.count == 2 else {
            return .reference(BodyTemplate.Reference(field: field.name, member: nil), isInString: isInString)
        }
        guard field.hasMembers else {
            throw fault(
                "\(field.name) has no parts, so \"\(name.shortened)\" is nothing",
                at: start,
                hint: "write {{ \(field.name) }}"
            )
        }
        guard !parts[1].isEmpty else { throw fault("a name is missing behind \"\(field.name).\"", at: start) }
        let reference = BodyTemplate.Reference(field: field.name, member: String(parts[1]))
        return .reference(reference, isInString: isInString)
    }

    private static func closing(in source: String, from start: String.Index) -> String.Index? {
        var index = start
        while index < source.endIndex, source[index] != "\n", source[index] != "\r\n" {
            if source[index...].hasPrefix("}}") { return index }
            index = source.index(after: index)
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private func fault(_ message: String, at place: String.Index, hint: String? = nil) -> BodyTemplate.Fault {
        let before = source[..<place].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return BodyTemplate.Fault(
            line: before.count,
            column: (before.last?.unicodeScalars.count ?? 0) + 1,
            message: message,
            hint: hint
        )
    }
}
