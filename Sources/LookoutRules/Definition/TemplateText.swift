import LookoutSettings

/// A text with expressions in `{{ }}`, split but not compiled.
struct TemplateText: Hashable {
    enum Piece: Hashable {
        case text(String)
        /// An expression, and where it begins in the template, in Unicode scalars from 0.
        case expression(String, offset: Int)
    }

    let pieces: [Piece]

    /// What is wrong with a template, and where, in Unicode scalars from 0.
    struct Mistake: Error, Hashable {
        let offset: Int
        let message: String
    }

    /// Whole templates and their expressions are bounded, so that no rule file can exhaust the compiler.
    static let longest = 16 * 1024
    static let mostExpressions = 100

    init(_ template: String) throws(Mistake) {
        guard template.utf8.count <= Self.longest else {
            throw Mistake(offset: 0, message: "the text is longer than \(Self.longest) bytes")
        }
        var reader = Reader(template)
        pieces = try reader.read()
    }

    private struct Reader {
        private let scalars: [Unicode.Scalar]
        private var index = 0

        init(_ template: String) { scalars = Array(template.unicodeScalars) }

        mutating func read() throws(Mistake) -> [Piece] {
            var pieces: [Piece] = []
            var textStart = 0
            var expressions = 0
            while index < scalars.count {
                guard isAt("{", "{") else {
                    index += 1
                    continue
                }
                if textStart < index { pieces.append(.text(text(textStart..<index))) }
                expressions += 1
                guard expressions <= TemplateText.mostExpressions else {
                    throw Mistake(
                        offset: index,
                        message: "a text has at most \(TemplateText.mostExpressions) expressions"
                    )
                }
                pieces.append(try expression())
                textStart = index
            }
            if textStart < index { pieces.append(.text(text(textStart..<index))) }
            return pieces
        }

        /// Reads from `{{` to the `}}` that is in no string and closes no brace of the expression.
        private mutating func expression() throws(Mistake) -> Piece {
            let opening = index
            index += 2
            let start = index
            var depth = 0
            while index < scalars.count {
                if depth == 0, isAt("}", "}") {
                    let source = text(start..<index)
                    guard source.contains(where: { !$0.isWhitespace }) else {
                        throw Mistake(offset: opening, message: "there is no expression between {{ and }}")
                    }
                    index += 2
                    return .expression(source, offset: start)
                }
                switch scalars[index] {
                case "{": depth += 1
                case "}": depth -= 1
                case "\"", "'": skipString()
                default: break
                }
                index += 1
            }
            throw Mistake(offset: opening, message: "\"{{\" is never closed by \"}}\"")
        }

        /// Goes to the closing quote of a string literal; raw strings have no escapes.
        private mutating func skipString() {
            let quote = scalars[index]
            let isRaw = index > 0 && (scalars[index - 1] == "r" || scalars[index - 1] == "R")
            index += 1
            while index < scalars.count, scalars[index] != quote {
                index += scalars[index] == "\\" && !isRaw ? 2 : 1
            }
        }

        private func isAt(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
            index + 1 < scalars.count && scalars[index] == first && scalars[index + 1] == second
        }

        private func text(_ range: Range<Int>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[range])
            return String(text)
        }
    }
}
