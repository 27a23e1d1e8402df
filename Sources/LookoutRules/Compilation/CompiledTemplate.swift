package import CEL

/// A text with compiled expressions in it.
package struct CompiledTemplate: Sendable {
    enum Piece: Sendable {
        case text(String)
        case expression(CompiledExpression)
    }

    /// What is shown of one value at most, and of a whole text, in characters.
    static let longestValue = 500
    static let longestText = 4000

    let pieces: [Piece]

    /// The text for a sample.
    ///
    /// An expression that fails shows why; an alert is never lost over its words.
    package func render(_ activation: Activation, _ context: AnyObject?) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let fixed): text += fixed
            case .expression(let expression):
                do throws(EvaluationError) {
                    text += Self.shortened(
                        try expression.evaluate(activation, context).textForPeople,
                        to: Self.longestValue
                    )
                } catch {
                    text += "<error: \(error.message)>"
                }
            }
        }
        return Self.shortened(text, to: Self.longestText)
    }

    /// The text, or why one of its expressions has no value: for what must be right or not there at all.
    package func text(_ activation: Activation, _ context: AnyObject?) throws(EvaluationError) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let fixed): text += fixed
            case .expression(let expression):
                text += try expression.evaluate(activation, context).textForPeople
            }
        }
        return text
    }

    /// The expressions in it, in their order.
    package var expressions: [CompiledExpression] {
        pieces.compactMap { piece in
            if case .expression(let expression) = piece { expression } else { nil }
        }
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        // Characters are counted only where there may be too many: there are at least as many bytes.
        text.utf8.count <= length || text.count <= length ? text : text.prefix(length - 1) + "\u{2026}"
    }
}
