import LookoutModel

/// What is wrong with written matchers, and where.
package struct LabelMatcherError: Error, Hashable, CustomStringConvertible {
    package let message: String
    /// In characters, from 1.
    package let column: Int

    package var description: String { "column \(column): \(message)" }
}

extension LabelMatcher {
    /// Reads matchers with commas between them, in braces or without: `{alertname="down",team!~"web.*"}`.
    ///
    /// Names and values may stand without quotes if they hold neither blanks nor any of `{}!=~,\"'` and
    /// the backtick.
    ///
    /// - Parameters:
    ///   - text: the matchers; at least one.
    ///   - compile: makes a pattern of a regular expression, or throws what is wrong with it.
    /// - Returns: The matchers in their order.
    /// - Throws: What is wrong with the text, and where.
    package static func list(
        parsing text: String,
        compile: (String) throws -> TextPattern
    ) throws(LabelMatcherError) -> [LabelMatcher] {
        var parser = LabelMatcherParser(text)
        return try parser.list(compile)
    }
}

/// Reads the matcher syntax of Alertmanager.
struct LabelMatcherParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// Whether a character may stand in a name or a value without quotes.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !"{}!=~,\\\"'`".unicodeScalars.contains(scalar)
    }

    mutating func list(_ compile: (String) throws -> TextPattern) throws(LabelMatcherError) -> [LabelMatcher]
    {
        var matchers: [LabelMatcher] = []
        skipBlanks()
        let hasBrace = take("{")
        skipBlanks()
        while let next = peek, next != "}" {
            matchers.append(try matcher(compile))
            skipBlanks()
            guard take(",") else { break }
            skipBlanks()
        }
        if hasBrace, !take("}") { throw fault("the closing brace is missing") }
        skipBlanks()
        guard peek == nil else { throw fault("a comma or the end is expected here") }
        guard !matchers.isEmpty else {
            throw fault("there is no matcher; write one such as alertname=\"backend-down\"")
        }
        return matchers
    }

    private mutating func matcher(
        _ compile: (String) throws -> TextPattern
    ) throws(LabelMatcherError) -> LabelMatcher {
        let label = try word("a label's name")
        skipBlanks()
        let operation = try operation()
        skipBlanks()
        let start = position
        let value = try word("a value (in quotes if it is empty)")
        guard operation.hasSuffix("~") else {
            return LabelMatcher(label, operation == "=" ? .equal(value) : .notEqual(value))
        }
        do {
            let pattern = try compile(value)
            return LabelMatcher(label, operation == "=~" ? .matching(pattern) : .notMatching(pattern))
        } catch {
            throw fault("the regular expression is wrong: \(error)", at: start)
        }
    }

    private mutating func operation() throws(LabelMatcherError) -> String {
        for operation in ["=~", "!~", "!=", "="] where take(operation) { return operation }
        throw fault("one of =, !=, =~ and !~ is expected here")
    }

    private mutating func word(_ name: String) throws(LabelMatcherError) -> String {
        if take("\"") { return try quotedRest() }
        var word = String.UnicodeScalarView()
        while let scalar = peek, Self.isPlain(scalar) {
            word.append(scalar)
            position += 1
        }
        guard !word.isEmpty else { throw fault("\(name) is expected here") }
        return String(word)
    }

    private mutating func quotedRest() throws(LabelMatcherError) -> String {
        let start = position - 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            position += 1
            if scalar == "\"" { return String(text) }
            text.append(scalar == "\\" ? try escaped() : scalar)
        }
        throw fault("the closing quote is missing", at: start)
    }

    private mutating func escaped() throws(LabelMatcherError) -> Unicode.Scalar {
        let start = position - 1
        defer { position += 1 }
        switch peek {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\\": return "\\"
        case "\"": return "\""
        default:
            throw fault("only \\\\, \\\", \\n, \\r and \\t may be escaped; double the backslash", at: start)
        }
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func skipBlanks() {
        while let scalar = peek, scalar.properties.isWhitespace { position += 1 }
    }

    private func fault(_ message: String, at index: Int? = nil) -> LabelMatcherError {
        LabelMatcherError(message: message, column: (index ?? position) + 1)
    }
}
