import LookoutModel

extension String {
    /// A string literal of CEL.
    var celLiteral: String { JSONValue.string(self).jsonText }

    /// A scalar of YAML: bare where that is safe, else in double quotes.
    var yamlScalar: String {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isBare =
            !isEmpty && !words.contains(lowercased())
            && unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || $0 == "_")
            }
            && unicodeScalars.first?.properties.isAlphabetic == true
        return isBare ? self : JSONValue.string(self).jsonText
    }

    /// The text on one line, as it fits into a comment.
    var onOneLine: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 })
        )
    }

    /// A name of a-z, 0-9 and single hyphens; empty if nothing is left of it.
    var slug: String {
        var slug = ""
        for scalar in lowercased().unicodeScalars {
            let isKept = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isKept {
                slug.unicodeScalars.append(scalar)
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        return slug.hasSuffix("-") ? String(slug.dropLast()) : slug
    }
}

/// Lines of YAML with their indentation.
struct YAMLLines {
    private(set) var lines: [String] = []
    private var depth = 0

    /// The text of all lines.
    var text: String { lines.map { $0 + "\n" }.joined() }

    mutating func add(_ line: String) {
        lines.append(line.isEmpty ? "" : String(repeating: " ", count: depth) + line)
    }

    mutating func comment(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            add(line.isEmpty ? "#" : "# \(String(line).onOneLine)")
        }
    }

    /// Adds lines that are indented further.
    mutating func indented(by count: Int = 2, _ body: (inout YAMLLines) -> Void) {
        depth += count
        body(&self)
        depth -= count
    }
}
