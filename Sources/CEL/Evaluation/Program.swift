/// A compiled expression: immutable, to be evaluated any number of times and on any thread.
///
/// A class, so that handing it to an evaluation counts one reference and not one for each of its parts.
package final class Program: Sendable {
    /// The static type of the result.
    package let resultType: ValueType
    /// The static type of the result, nil where an unchecked program would not have passed the checker.
    package var deducedType: ValueType? {
        origin.checked.diagnostics.isEmpty ? resultType : nil
    }

    /// The names of the environment's variables that the expression uses.
    package let variables: [String]
    /// The calls of host functions, in the order of the text.
    package let hostCalls: [HostCall]
    let origin: Origin
    private let localCount: Int
    private let step: Step<Value>
    private let condition: Step<Bool>

    /// What a program was made from.
    final class Origin: Sendable {
        let environment: CELEnvironment
        let checked: CheckedExpression
        let source: SourceText

        init(environment: CELEnvironment, checked: CheckedExpression, source: SourceText) {
            self.environment = environment
            self.checked = checked
            self.source = source
        }
    }

    init(_ origin: Origin) {
        let checked = origin.checked
        var generator = CodeGenerator(origin)
        let code = generator.generate()
        self.origin = origin
        resultType = checked.type(of: checked.tree.root)
        variables = checked.variableSlots.map { origin.environment.variables[$0].name }
        hostCalls = generator.hostCalls
        localCount = checked.localCount
        step = code.asValue
        condition = code.asBool(orNoOverloadOf: "condition")
    }

    /// The value for the given variables.
    ///
    /// `context` is handed to host functions. `budget` limits what the evaluation may cost, see
    /// `CostBudget`: values above its maximum are lowered to it.
    package func evaluate(
        _ activation: Activation,
        context: AnyObject? = nil,
        budget: Int = CostBudget.standard
    ) throws(EvaluationError) -> Value {
        var evaluation = Evaluation(
            variables: activation.values,
            localCount: localCount,
            context: context,
            budget: budget
        )
        return try step(&evaluation)
    }

    /// As `evaluate` for a program compiled with `expecting: .bool`, without boxing the result.
    package func holds(
        _ activation: Activation,
        context: AnyObject? = nil,
        budget: Int = CostBudget.standard
    ) throws(EvaluationError) -> Bool {
        var evaluation = Evaluation(
            variables: activation.values,
            localCount: localCount,
            context: context,
            budget: budget
        )
        return try condition(&evaluation)
    }
}
