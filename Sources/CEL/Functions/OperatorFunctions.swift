/// The operators that take operands of any type.
enum OperatorFunctions {
    static let all: [FunctionDeclaration] = [
        // Compiled as branches, so only the signature counts.
        .plain("_?_:_", [.bool, .typeA, .typeA], .typeA, .variadic(conditional)),
        .unary("!_", [(.bool, .bool)]) { (value, _) throws(EvaluationError) in
            guard case .bool(let value) = value else { throw .noSuchOverload("!_") }
            return .bool(!value)
        },
        .binary("_==_", [(.typeA, .typeA, .bool)]) { (left, right, evaluation) throws(EvaluationError) in
            .bool(try Equality.equal(left, right, &evaluation))
        },
        .binary("_!=_", [(.typeA, .typeA, .bool)]) { (left, right, evaluation) throws(EvaluationError) in
            .bool(try !Equality.equal(left, right, &evaluation))
        },
        .plain("dyn", [.typeA], .dyn, .unary { (value, _) in value }),
        .plain("type", [.typeA], .type(.typeA), .unary { (value, _) in .type(value.typeValue) }),
    ]

    @Sendable private static func conditional(
        _ arguments: [Value],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        guard arguments.count == 3, case .bool(let condition) = arguments[0] else {
            throw .noSuchOverload("_?_:_")
        }
        return condition ? arguments[1] : arguments[2]
    }
}
