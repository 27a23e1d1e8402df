/// Values that may be missing (cel-go's optional library).
enum OptionalFunctions {
    static let all: [FunctionDeclaration] = [
        .plain("optional.of", [.typeA], .optionalA, .unary { (value, _) in .present(value) }),
        .plain(
            "optional.ofNonZeroValue",
            [.typeA],
            .optionalA,
            .unary { (value, _) in
                value.isZero ? .absent : .present(value)
            }
        ),
        .plain("optional.none", [], .optionalA, .variadic { (_, _) in .absent }),
        .plain("optional.unwrap", [.list(.optionalA)], .listA, .unary(unwrap)),
        .method("unwrapOpt", [.list(.optionalA)], .listA, .unary(unwrap)),
        .method(
            "value",
            [.optionalA],
            .typeA,
            .unary { (value, _) throws(EvaluationError) in
                guard let wrapped = try wrapped(value, "value") else {
                    throw EvaluationError(.invalidArgument, "optional.none() dereference")
                }
                return wrapped
            }
        ),
        .method(
            "hasValue",
            [.optionalA],
            .bool,
            .unary { (value, _) throws(EvaluationError) in
                .bool(try wrapped(value, "hasValue") != nil)
            }
        ),
        // `or` and `orValue` are compiled as branches; these serve calls that only show when they run.
        .method(
            "or",
            [.optionalA, .optionalA],
            .optionalA,
            .binary { (value, other, _) throws(EvaluationError) in
                try wrapped(value, "or") == nil ? other : value
            }
        ),
        .method(
            "orValue",
            [.optionalA, .typeA],
            .typeA,
            .binary { (value, other, _) throws(EvaluationError) in
                try wrapped(value, "orValue") ?? other
            }
        ),
    ]

    private static func wrapped(_ value: Value, _ function: String) throws(EvaluationError) -> Value? {
        guard case .optional(let optional) = value else { throw .noSuchOverload(function) }
        return optional.wrapped
    }

    @Sendable private static func unwrap(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        guard case .list(let elements) = value else { throw .noSuchOverload("optional.unwrap") }
        try evaluation.charge(elements.count)
        var present: [Value] = []
        for element in elements {
            if let value = try wrapped(element, "optional.unwrap") { present.append(value) }
        }
        return .list(present)
    }
}
