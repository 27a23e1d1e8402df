package import CEL
package import LookoutSettings

/// A program that knows where in the rule file it stands.
package struct CompiledExpression: Sendable {
    package let program: Program
    package let source: ExpressionSource

    /// The value for a sample.
    ///
    /// The budget bounds the work, whatever the rule and the data.
    package func evaluate(_ activation: Activation, _ context: AnyObject?) throws(EvaluationError) -> Value {
        try program.evaluate(activation, context: context)
    }

    /// The truth of a condition for a sample, within the same bounds.
    package func holds(_ activation: Activation, _ context: AnyObject?) throws(EvaluationError) -> Bool {
        try program.holds(activation, context: context)
    }

    /// An error in words, with its place in the rule file.
    func words(_ error: EvaluationError) -> String {
        "\(error.message) (\(error.position.map(source.position) ?? source.text.position))"
    }
}

/// An expression's text as part of a scalar of a rule file.
///
/// Shared, so that a copy of an expression costs little.
package final class ExpressionSource: Sendable {
    /// The scalar: the expression itself, or a template with expressions in it.
    package let text: SourceText
    package let expression: String
    /// Where the expression begins in the scalar, in Unicode scalars from 0.
    let offset: Int
    let placement: ScalarPlacement

    convenience init(_ text: SourceText, in placement: ScalarPlacement) {
        self.init(text, expression: text.text, offset: 0, in: placement)
    }

    init(_ text: SourceText, expression: String, offset: Int, in placement: ScalarPlacement) {
        self.text = text
        self.expression = expression
        self.offset = offset
        self.placement = placement
    }

    /// The place in the file of a place in the expression.
    package func position(_ place: TextPosition) -> SourcePosition {
        var line = 1
        var column = 1
        var index = 0
        for scalar in expression.unicodeScalars {
            if (line, column) >= (place.line, place.column) { break }
            index += 1
            column += 1
            if scalar == "\n" {
                line += 1
                column = 1
            }
        }
        return placement.position(of: offset + index, in: text)
    }
}
