package import CEL

/// Evaluates requests, each in an environment of its own.
package struct ExpressionEvaluator: Sendable {
    /// What became of an expression.
    package enum Outcome: Sendable {
        /// The type is nil where an unchecked expression would not have passed the checker.
        case value(Value, ValueType?)
        /// Only the type was asked for.
        case checked(ValueType)
        case refused(CompileError)
        case failed(EvaluationError, ValueType?)
    }

    /// Variables, functions and values that requests may use beside their own.
    package var variables: [CELEnvironment.Variable] = []
    package var functions: [FunctionDeclaration] = []
    package var values: [String: Value] = [:]
    package var limits = CompileLimits()
    package var budget = CostBudget.standard

    package init() {}

    package func evaluate(_ request: ExpressionRequest) -> Outcome {
        let environment = environment(for: request)
        let program: Program
        do throws(CompileError) { program = try environment.compile(request.expression) } catch {
            return .refused(error)
        }
        if request.isCheckOnly { return .checked(program.resultType) }
        var activation = Activation(environment)
        for (name, value) in values { activation[name] = value }
        for (name, value) in request.bindings { activation[name] = value }
        do throws(EvaluationError) {
            return .value(try program.evaluate(activation, budget: budget), program.deducedType)
        } catch {
            return .failed(located(error, program, activation), program.deducedType)
        }
    }

    /// The error with the place of the innermost part that failed.
    private func located(
        _ error: EvaluationError,
        _ program: Program,
        _ activation: Activation
    ) -> EvaluationError {
        if error.position != nil { return error }
        // No part alone is at fault for the cost of the whole, which should not be paid twice either.
        let place =
            error.code == .budgetExceeded
            ? TextPosition(line: 1, column: 1)
            : program.explained(activation, budget: budget).root.deepestFailure
        return EvaluationError(error.code, error.message, at: place)
    }

    private func environment(for request: ExpressionRequest) -> CELEnvironment {
        var options = CompileOptions.conformance
        options.isChecked = request.isChecked
        options.expandsMacros = request.expandsMacros
        options.limits = limits
        var variables = variables.filter { known in
            !request.variables.contains { $0.name == known.name }
        }
        variables += request.variables
        let declared = Set(variables.map(\.name))
        for name in request.bindings.keys.sorted() where !declared.contains(name) {
            variables.append(CELEnvironment.Variable(name, .dyn))
        }
        return CELEnvironment(
            variables: variables,
            functions: functions + request.functions,
            container: request.container,
            options: options
        )
    }
}

extension Explanation.Node {
    /// The place of the innermost node that failed.
    fileprivate var deepestFailure: TextPosition? {
        guard case .error = outcome else { return nil }
        return children.lazy.compactMap(\.deepestFailure).first ?? anchor
    }
}
