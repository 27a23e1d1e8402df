/// A word of the language with its place in the text.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case identifier(String)
        /// A name in backticks, which may be selected only.
        case quotedIdentifier(String)
        /// The digits of an int: the sign belongs to the parser.
        case int(magnitude: UInt?)
        case uint(UInt?)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    /// Punctuation and the words that are no names.
    enum Symbol: String, Sendable, CaseIterable {
        case question = "?"
        case colon = ":"
        case comma = ","
        case dot = "."
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case leftBracket = "["
        case rightBracket = "]"
        case leftBrace = "{"
        case rightBrace = "}"
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case less = "<"
        case greaterOrEqual = ">="
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case modulo = "%"
        case not = "!"
        case `in` = "in"
        case `true` = "true"
        case `false` = "false"
        case null = "null"
    }

    let kind: Kind
    let range: Range<Int>
    /// The symbol that it is, if it is one.
    let symbol: Symbol?

    init(kind: Kind, range: Range<Int>) {
        self.kind = kind
        self.range = range
        symbol = if case .symbol(let symbol) = kind { symbol } else { nil }
    }

    /// Words kept for later versions of the language: no names, but fields may be called so.
    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    ]
}
