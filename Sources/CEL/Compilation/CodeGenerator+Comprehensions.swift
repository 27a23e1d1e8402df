extension CodeGenerator {
    mutating func comprehension(_ expression: Expression) -> Code {
        folded(loop(expression, generate(all: expression.children)), expression)
    }

    /// `parts` are the range, the condition if there is one, and the body.
    private func loop(_ expression: Expression, _ parts: [Code]) -> Code {
        guard case .comprehension(let comprehension) = expression.kind, let last = parts.last,
            case .declared(let first, let second)? = checked.reference(of: expression)
        else { return .constant(.null) }
        let loop = Loop(range: parts[0].asValue, first: first, second: second)
        let body = tracedBody(last, of: expression, comprehension)
        let condition = parts.count == 3 ? parts[1].asBool(orNoOverloadOf: "_?_:_") : nil
        switch comprehension.form {
        case .all: return .bool(loop.search(for: false, body.asBool(orNoOverloadOf: "_&&_")))
        case .exists: return .bool(loop.search(for: true, body.asBool(orNoOverloadOf: "_||_")))
        case .existsOne: return .bool(loop.existsOne(body.asBool(orNoOverloadOf: "_?_:_")))
        case .filter: return .value(loop.filter(body.asBool(orNoOverloadOf: "_?_:_")))
        case .sortBy: return .value(loop.sort(by: body.asValue))
        case .transformList: return .value(loop.transformList(condition, body.asValue))
        case .transformMap: return .value(loop.transformMap(condition, body.asValue))
        case .transformMapEntry: return .value(loop.transformMapEntry(condition, body.asValue))
        }
    }

    /// The initial value runs when the variable is first asked for, see `local`.
    mutating func bind(_ expression: Expression) -> Code {
        guard case .declared(let slot, _)? = checked.reference(of: expression) else {
            return .constant(.null)
        }
        let children = expression.children
        bindings[slot] = generate(children[0]).asValue
        let body = generate(children[1])
        if body.constant != nil { return body }
        return folded(.value(Self.bound(slot, body.asValue)), expression)
    }

    private static func bound(_ slot: Int, _ body: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            evaluation.forget(slot)
            return try body(&evaluation)
        }
    }

    mutating func optionalMap(_ expression: Expression) -> Code {
        folded(optionalMap(expression, generate(all: expression.children)), expression)
    }

    private func optionalMap(_ expression: Expression, _ parts: [Code]) -> Code {
        guard case .optionalMap(_, _, _, let isFlat) = expression.kind,
            case .declared(let slot, _)? = checked.reference(of: expression)
        else { return .constant(.null) }
        let (target, body) = (parts[0].asValue, parts[1].asValue)
        let function = isFlat ? "optFlatMap" : "optMap"
        return .value { (evaluation) throws(EvaluationError) in
            guard case .optional(let optional) = try target(&evaluation) else {
                throw .noSuchOverload(function)
            }
            guard let wrapped = optional.wrapped else { return .absent }
            evaluation.locals[slot] = wrapped
            let result = try body(&evaluation)
            guard isFlat else { return .present(result) }
            guard case .optional = result else { throw .noSuchOverload(function) }
            return result
        }
    }
}
