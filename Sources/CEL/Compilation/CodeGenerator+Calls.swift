extension CodeGenerator {
    mutating func call(_ expression: Expression) -> Code {
        // The target of `math.abs(x)` is a namespace and has no code.
        let operands = operands(of: expression)
        return call(expression, operands, generate(all: operands))
    }

    private func operands(of expression: Expression) -> [Expression] {
        guard case .call(_, let target, let arguments) = expression.kind else { return [] }
        guard case .function(_, _, takesTarget: true)? = checked.reference(of: expression), let target else {
            return arguments
        }
        return [target] + arguments
    }

    private mutating func call(_ expression: Expression, _ operands: [Expression], _ codes: [Code]) -> Code {
        let position = position(of: expression)
        guard
            case .function(let function, let overloads, let takesTarget)? = checked.reference(of: expression)
        else {
            let error = EvaluationError(
                .undeclaredReference,
                "undeclared reference to a function",
                at: position
            )
            return .value { (_) throws(EvaluationError) in throw error }
        }
        if overloads.contains(where: { !$0.isPure }) {
            hostCalls.append(
                HostCall(function: function, arguments: codes.map(\.constant), position: position)
            )
        }
        if let lazy = optionalChain(function, codes, isMember: takesTarget) { return lazy }
        if let folded = fold(overloads, codes) { return .constant(folded) }
        if let special = specialized(function, operands, codes, at: position) { return special }
        return dispatch(function, overloads, codes, at: position)
    }

    /// `a.or(b)` and `a.orValue(b)` leave the argument alone when there is a value.
    private func optionalChain(_ function: String, _ codes: [Code], isMember: Bool) -> Code? {
        guard isMember, codes.count == 2, function == "or" || function == "orValue" else { return nil }
        let (target, other) = (codes[0].asValue, codes[1].asValue)
        let unwraps = function == "orValue"
        return .value { (evaluation) throws(EvaluationError) in
            let value = try target(&evaluation)
            guard case .optional(let optional) = value else { throw .noSuchOverload(function) }
            guard let wrapped = optional.wrapped else { return try other(&evaluation) }
            return unwraps ? wrapped : value
        }
    }

    /// The result of a pure call on constants; calls that fail are left to fail when evaluated.
    private mutating func fold(_ overloads: [Overload], _ codes: [Code]) -> Value? {
        let arguments = codes.compactMap(\.constant)
        guard arguments.count == codes.count, overloads.allSatisfy(\.isPure),
            let overload = overloads.first(where: { $0.admits(arguments) })
        else { return nil }
        return fold { (evaluation) throws(EvaluationError) in try overload.apply(arguments, &evaluation) }
    }

    /// A call whose overload may depend on the kinds that the arguments turn out to have.
    private func dispatch(
        _ function: String,
        _ overloads: [Overload],
        _ codes: [Code],
        at position: TextPosition
    ) -> Code {
        guard overloads.count == 1 || !overloads.isEmpty && overloads.allSatisfy(\.isGeneral) else {
            return choose(function, overloads, codes, at: position)
        }
        let steps = codes.map { ValueStep(run: $0.asValue) }
        switch overloads[0].body {
        case .unary(let body):
            let argument = steps[0].run
            return .value { (evaluation) throws(EvaluationError) in
                let value = try argument(&evaluation)
                do throws(EvaluationError) { return try body(value, &evaluation) } catch {
                    throw error.located(at: position)
                }
            }
        case .binary(let body):
            let (left, right) = (steps[0].run, steps[1].run)
            return .value { (evaluation) throws(EvaluationError) in
                let (left, right) = (try left(&evaluation), try right(&evaluation))
                do throws(EvaluationError) { return try body(left, right, &evaluation) } catch {
                    throw error.located(at: position)
                }
            }
        case .variadic(let body):
            return .value { (evaluation) throws(EvaluationError) in
                let arguments = try Self.arguments(steps, &evaluation)
                do throws(EvaluationError) { return try body(arguments, &evaluation) } catch {
                    throw error.located(at: position)
                }
            }
        }
    }

    private func choose(
        _ function: String,
        _ overloads: [Overload],
        _ codes: [Code],
        at position: TextPosition
    ) -> Code {
        let steps = codes.map { ValueStep(run: $0.asValue) }
        let error = EvaluationError(.noSuchOverload, "no such overload: \(function)", at: position)
        return .value { (evaluation) throws(EvaluationError) in
            let arguments = try Self.arguments(steps, &evaluation)
            guard let overload = overloads.first(where: { $0.admits(arguments) }) else { throw error }
            do throws(EvaluationError) { return try overload.apply(arguments, &evaluation) } catch {
                throw error.located(at: position)
            }
        }
    }

    private static func arguments(
        _ steps: [ValueStep],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> [Value] {
        var arguments: [Value] = []
        arguments.reserveCapacity(steps.count)
        for step in steps { arguments.append(try step.run(&evaluation)) }
        return arguments
    }
}

extension Overload {
    /// Whether run-time values are of the parameters' kinds.
    func admits(_ arguments: [Value]) -> Bool {
        arguments.count == parameters.count && zip(parameters, arguments).allSatisfy { $0.admits($1) }
    }

    func apply(_ arguments: [Value], _ evaluation: inout Evaluation) throws(EvaluationError) -> Value {
        switch body {
        case .unary(let body): try body(arguments[0], &evaluation)
        case .binary(let body): try body(arguments[0], arguments[1], &evaluation)
        case .variadic(let body): try body(arguments, &evaluation)
        }
    }
}

extension ValueType {
    /// Whether a run-time value is of the type's kind; the elements of collections are not looked at.
    func admits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.dyn, _), (.error, _), (.parameter, _), (.opaque, _): true
        case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
            (.string, .string), (.bytes, .bytes), (.duration, .duration), (.timestamp, .timestamp),
            (.list, .list), (.map, .map), (.type, .type):
            true
        case (.optional(let inner), .optional(let optional)):
            optional.wrapped.map { inner.admits($0) } ?? true
        case (.object(let type), .object(let object)): object.objectType == type
        default: false
        }
    }
}
