import LookoutDeployments
import LookoutRules
import LookoutSettings

/// A cause, ready to be held against symptoms.
struct Cause: Sendable {
    /// Something that speaks for it or against it.
    struct Evidence: Sendable {
        let condition: CompiledExpression
        /// The natural logarithm of the likelihood ratio; above 0 on both sides.
        let logWeight: Double
        let text: CompiledTemplate
        let group: String?
    }

    struct Fix: Sendable {
        let condition: CompiledExpression?
        /// The things that it is made for, one by one; nil for one fix.
        let each: CompiledExpression?
        let text: CompiledTemplate
        /// The program and its arguments; empty without a command.
        let command: [CompiledTemplate]
        let variables: [String]
    }

    let id: String
    let title: CompiledTemplate
    /// The natural logarithm of its odds against "something else".
    let logPrior: Double
    let needs: CompiledExpression
    let evidence: [Evidence]
    let against: [Evidence]
    let remedy: Diagnosis.Remedy
    let fixes: [Fix]

    /// Every expression in it.
    var expressions: [CompiledExpression] {
        [needs] + title.expressions
            + (evidence + against).flatMap { [$0.condition] + $0.text.expressions }
            + fixes.flatMap { fix in
                [fix.condition, fix.each].compactMap(\.self) + fix.text.expressions
                    + fix.command.flatMap(\.expressions)
            }
    }
}
