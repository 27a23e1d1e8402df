import FoundationEssentials

/// A Swift file as the gates see it.
struct SwiftSource {
    /// One line, with and without what the compiler does not act on.
    struct Line {
        let number: Int
        let text: String
        /// The text without comments and without what stands in string literals.
        let code: String
    }

    /// The target that the file belongs to: its folder in `Sources`.
    let target: String
    /// Its path within `Sources`.
    let path: String
    let lines: [Line]

    init(target: String, path: String, text: String) {
        self.target = target
        self.path = path
        var isInMultilineString = false
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            index,
            line in
            let code = Self.code(of: line, &isInMultilineString)
            return Line(number: index + 1, text: String(line), code: code)
        }
    }

    /// Every Swift file in a folder of targets, ordered by path.
    static func all(in folder: URL) throws -> [SwiftSource] {
        let root = folder.path().hasSuffix("/") ? folder.path() : folder.path() + "/"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOfFile: root + path, encoding: .utf8)
            return SwiftSource(target: String(path.prefix { $0 != "/" }), path: path, text: text)
        }
    }

    /// The modules that the file imports, with the lines on which it does.
    var imports: [(module: String, line: Line)] {
        lines.compactMap { line in
            var words = line.code.split(separator: " ")
            while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(word) {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2 else { return nil }
            let name = Self.kinds.contains(words[1]) && words.count >= 3 ? words[2] : words[1]
            return (String(name.prefix { $0 != "." }), line)
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    /// A small reading of Swift's lexical rules, enough for files that pass the formatter: block
    /// comments are forbidden there, and strings with `#` do not contain quotes.
    private static func code(of line: Substring, _ isInMultilineString: inout Bool) -> String {
        let bytes = Array(line.utf8)
        let (quote, backslash, slash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"))
        var code: [UInt8] = []
        var isInString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isQuote = byte == quote
            if isQuote, index + 2 < bytes.count, bytes[index + 1] == quote, bytes[index + 2] == quote {
                isInMultilineString.toggle()
                index += 2
            } else if isInMultilineString || isInString {
                if byte == backslash { index += 1 }
                if isQuote { isInString = false }
            } else if byte == slash, index + 1 < bytes.count, bytes[index + 1] == slash {
                break
            } else {
                isInString = isQuote
                code.append(byte)
            }
            index += 1
        }
        return String(decoding: code, as: UTF8.self)
    }
}
