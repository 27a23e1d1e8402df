/// A compiled expression: immutable, to be evaluated any number of times and on any thread.
package struct Program: Sendable {
    /// The static type of the result.
    package let resultType: ValueType
    /// The names of the environment's variables that the expression uses.
    package let variables: [String]
    /// The calls of host functions, in the order of the text.
    package let hostCalls: [HostCall]
    private let localCount: Int
    private let step: Step<Value>
    private let condition: Step<Bool>

    init(
        resultType: ValueType,
        variables: [String],
        hostCalls: [HostCall],
        localCount: Int,
        code: Code
    ) {
        self.variables = variables
        self.hostCalls = hostCalls
        self.resultType = resultType
        self.localCount = localCount
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
