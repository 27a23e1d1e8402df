import CEL
import LookoutSettings

/// Compiles the expressions of one rule file and collects what is wrong with them.
struct ExpressionCompiler {
    private let vocabulary: RuleVocabulary
    private var reader: ExpressionReader
    /// What the rule at hand is about.
    private var scope = RuleScopeKind.check
    /// What the rule at hand asks of a check's past.
    private(set) var demand = HistoryDemand()

    init(vocabulary: RuleVocabulary, placement: ScalarPlacement) {
        self.vocabulary = vocabulary
        reader = ExpressionReader(placement: placement)
    }

    var diagnostics: Diagnostics {
        get { reader.diagnostics }
        set { reader.diagnostics = newValue }
    }

    /// Begins another rule.
    mutating func begin(_ scope: RuleScopeKind) {
        self.scope = scope
        demand = HistoryDemand()
    }

    /// The expression, whose value must have a type; nil after reporting what is wrong.
    mutating func expression(_ text: SourceText, expecting type: ValueType) -> CompiledExpression? {
        let (vocabulary, scope) = (vocabulary, scope)
        let expression = reader.expression(text, expecting: type, in: vocabulary.environment(for: scope)) {
            vocabulary.hint(forUndeclared: $0, in: scope)
        }
        return expression.flatMap { include($0) ? $0 : nil }
    }

    /// The template with its expressions of any type; nil after reporting what is wrong with each.
    mutating func template(_ text: SourceText) -> CompiledTemplate? {
        let (vocabulary, scope) = (vocabulary, scope)
        let template = reader.template(text, in: vocabulary.environment(for: scope)) {
            vocabulary.hint(forUndeclared: $0, in: scope)
        }
        guard let template else { return nil }
        return template.expressions.map { include($0) }.allSatisfy { $0 } ? template : nil
    }

    /// Makes room for what an expression looks back on; false after reporting what cannot be kept.
    private mutating func include(_ expression: CompiledExpression) -> Bool {
        var isSound = true
        for call in expression.program.hostCalls {
            do throws(EvaluationError) {
                try demand.include(call)
            } catch {
                reader.diagnostics.error(
                    "\(call.function): \(error.message)",
                    at: expression.source.position(call.position)
                )
                isSound = false
            }
        }
        return isSound
    }
}
