/// One signature of a function, with what it does.
package struct Overload: Sendable {
    /// What an overload does; a run-time value of a wrong kind is answered with `noSuchOverload`.
    enum Body: Sendable {
        case unary(@Sendable (Value, inout Evaluation) throws(EvaluationError) -> Value)
        case binary(@Sendable (Value, Value, inout Evaluation) throws(EvaluationError) -> Value)
        case variadic(@Sendable ([Value], inout Evaluation) throws(EvaluationError) -> Value)
    }

    let identifier: String
    /// Called as `target.name(…)`; the target is the first parameter.
    let isMember: Bool
    let parameters: [ValueType]
    let result: ValueType
    let body: Body
    /// Whether equal arguments always give equal results, so that calls on constants may be folded.
    let isPure: Bool
    /// Whether the body serves all overloads of its function, so that none need be chosen.
    let isGeneral: Bool

    init(
        _ identifier: String,
        isMember: Bool,
        _ parameters: [ValueType],
        _ result: ValueType,
        isPure: Bool = true,
        isGeneral: Bool = false,
        _ body: Body
    ) {
        self.identifier = identifier
        self.isMember = isMember
        self.parameters = parameters
        self.result = result
        self.isPure = isPure
        self.isGeneral = isGeneral
        self.body = body
    }

    /// A host function's overload.
    ///
    /// The body gets the arguments, the target of a member call first, and the evaluation with the
    /// caller's context. It may throw any `EvaluationError`; `.noData` says that there is nothing to
    /// judge by.
    package static func host(
        _ identifier: String,
        isMember: Bool = false,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: @escaping @Sendable ([Value], inout Evaluation) throws(EvaluationError) -> Value
    ) -> Overload {
        Overload(identifier, isMember: isMember, parameters, result, isPure: false, .variadic(body))
    }

    /// A host function's overload whose context is of a given class.
    package static func host<Context: AnyObject>(
        _ identifier: String,
        isMember: Bool = false,
        context: Context.Type,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: @escaping @Sendable ([Value], Context) throws(EvaluationError) -> Value
    ) -> Overload {
        host(identifier, isMember: isMember, parameters, result) {
            (arguments, evaluation) throws(EvaluationError) in
            guard let context = evaluation.context as? Context else {
                throw EvaluationError(.host, "'\(identifier)' was called without its context")
            }
            return try body(arguments, context)
        }
    }
}

/// A function with all its overloads.
package struct FunctionDeclaration: Sendable {
    package let name: String
    let overloads: [Overload]

    package init(_ name: String, _ overloads: [Overload]) {
        self.name = name
        self.overloads = overloads
    }
}
