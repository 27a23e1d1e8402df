/// A text of a Gatus file, in which Gatus fills in variables of its process's environment (`$NAME`,
/// `${NAME}`; `$$` is a dollar) before it parses anything.
struct GatusText: Hashable {
    enum Piece: Hashable {
        case text(String)
        case variable(String)
    }

    private(set) var pieces: [Piece] = []

    init(_ raw: String) {
        var rest = raw.unicodeScalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            append(rest[..<dollar])
            rest = rest[dollar...].dropFirst()
            if rest.first == "$" {
                append(rest.prefix(1))
                rest = rest.dropFirst()
            } else if rest.first == "{", let end = rest.firstIndex(of: "}") {
                pieces.append(.variable(String(rest[rest.index(after: rest.startIndex)..<end])))
                rest = rest[rest.index(after: end)...]
            } else {
                let name = rest.prefix {
                    $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || $0.isDigit)
                }
                if name.isEmpty { append("$") } else { pieces.append(.variable(String(name))) }
                rest = rest.dropFirst(name.count)
            }
        }
        append(rest)
    }

    private mutating func append(_ text: Substring.UnicodeScalarView) {
        append(String(text))
    }

    private mutating func append(_ text: String) {
        guard !text.isEmpty else { return }
        if case .text(let before)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + text)
        } else {
            pieces.append(.text(text))
        }
    }

    /// The names of the variables, in the order of the text.
    var variables: [String] {
        pieces.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// The text where it has no variables, else nil.
    var plain: String? {
        switch pieces.count {
        case 0: ""
        case 1: if case .text(let text) = pieces[0] { text } else { nil }
        default: nil
        }
    }

    /// As Lookout's configuration writes it: `${NAME}`, and `$${` for the characters.
    var configured: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.replacing("${", with: "$${")
            case .variable(let name): "${\(name)}"
            }
        }.joined()
    }

    /// As a CEL expression of type string; variables are those of the environment.
    var expression: String {
        let terms = pieces.map { piece in
            switch piece {
            case .text(let text): text.celLiteral
            case .variable(let name): "environment.variables[\(name.celLiteral)]"
            }
        }
        return terms.isEmpty ? "\"\"" : terms.joined(separator: " + ")
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
