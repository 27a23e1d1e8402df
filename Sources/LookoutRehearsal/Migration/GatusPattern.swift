/// A pattern of Gatus's `pat()`: `*` for any characters, `?` for one, `[…]` for one of a set.
struct GatusPattern: Hashable {
    let text: String

    /// The condition in CEL that a text matches it; `subject` is an expression of type string.
    func expression(of subject: String) -> String {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        let isSimple = !text.contains { "?[\\".contains($0) }
        guard isSimple else { return "\(subject).matches(\(("(?s)^" + regularExpression + "$").celLiteral))" }
        switch (parts.count, parts.first, parts.last) {
        case (1, let whole?, _): return "\(subject) == \(whole.celLiteral)"
        case (2, let start?, ""): return "\(subject).startsWith(\(start.celLiteral))"
        case (2, "", let end?): return "\(subject).endsWith(\(end.celLiteral))"
        case (3, "", ""): return "\(subject).contains(\(parts[1].celLiteral))"
        default: return "\(subject).matches(\(("(?s)^" + regularExpression + "$").celLiteral))"
        }
    }

    /// Whether slashes matter: Gatus leaves them out of pattern and text alike.
    var minds: Bool { text.contains("/") || text.contains("?") }

    /// Whether a text as short as a status code matches.
    func matches(_ subject: String) -> Bool {
        guard text.utf8.count <= 100 else { return false }
        return Self.matches(
            Array(text.unicodeScalars.filter { $0 != "/" })[...],
            Array(subject.unicodeScalars)[...]
        )
    }

    /// Sets in brackets match any character.
    private static func matches(
        _ pattern: ArraySlice<Unicode.Scalar>,
        _ subject: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        guard let next = pattern.first else { return subject.isEmpty }
        switch next {
        case "*":
            return matches(pattern.dropFirst(), subject)
                || (!subject.isEmpty && matches(pattern, subject.dropFirst()))
        case "?": return !subject.isEmpty && matches(pattern.dropFirst(), subject.dropFirst())
        case "[":
            guard let end = pattern.firstIndex(of: "]"), !subject.isEmpty else { return false }
            return matches(pattern[(end + 1)...], subject.dropFirst())
        default: return subject.first == next && matches(pattern.dropFirst(), subject.dropFirst())
        }
    }

    private var regularExpression: String {
        var expression = ""
        var rest = text[...]
        while let next = rest.first {
            rest = rest.dropFirst()
            switch next {
            case "*": expression += ".*"
            case "?": expression += "."
            case "[":
                guard let end = rest.firstIndex(of: "]") else {
                    expression += "\\["
                    continue
                }
                expression += "[\(rest[..<end])]"
                rest = rest[rest.index(after: end)...]
            case "\\":
                if let escaped = rest.first {
                    expression += "\\\(escaped)"
                    rest = rest.dropFirst()
                }
            default:
                expression += next.isLetter || next.isNumber || next.isWhitespace ? "\(next)" : next.escaped
            }
        }
        return expression
    }
}

extension Character {
    fileprivate var escaped: String { isASCII ? "\\\(self)" : "\(self)" }
}
