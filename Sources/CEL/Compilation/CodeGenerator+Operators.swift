extension CodeGenerator {
    /// Faster code for operators on operands of known types and for constant operands; nil for none.
    func specialized(
        _ function: String,
        _ operands: [Expression],
        _ codes: [Code],
        at position: TextPosition
    ) -> Code? {
        if codes.count == 1, function == "!_" {
            let operand = codes[0].asBool(orNoOverloadOf: function)
            return .bool { (evaluation) throws(EvaluationError) in try !operand(&evaluation) }
        }
        guard codes.count == 2 else { return nil }
        if function == "@in" { return membership(codes) }
        if function == "matches" { return search(codes, at: position) }
        if let comparison = ComparisonOperator(rawValue: function) {
            return compare(comparison, codes, at: position)
        }
        switch (checked.type(of: operands[0]), checked.type(of: operands[1])) {
        case (.int, .int): return onInts(function, codes, at: position)
        case (.double, .double): return onDoubles(function, codes)
        case (.map, .string):
            guard function == "_[_]", case .string(let key)? = codes[1].constant else { return nil }
            return index(codes[0], key, at: position)
        default: return nil
        }
    }

    /// A comparison; quickest of unboxed numbers, and with a constant on one side.
    private func compare(_ comparison: ComparisonOperator, _ codes: [Code], at position: TextPosition) -> Code
    {
        switch (codes[0], codes[1]) {
        case (.int(let left), .constant(.int(let constant))):
            return .bool { (evaluation) throws(EvaluationError) in
                comparison.holds(try left(&evaluation), constant)
            }
        case (.int(let left), .int(let right)):
            return .bool { (evaluation) throws(EvaluationError) in
                comparison.holds(try left(&evaluation), try right(&evaluation))
            }
        case (.double(let left), .constant(.double(let constant))):
            return .bool { (evaluation) throws(EvaluationError) in
                comparison.holds(try left(&evaluation), constant)
            }
        case (.double(let left), .double(let right)):
            return .bool { (evaluation) throws(EvaluationError) in
                comparison.holds(try left(&evaluation), try right(&evaluation))
            }
        case (let operand, .constant(let constant)):
            let node = ConstantComparison(comparison: comparison, constant: constant, position: position)
            return .bool(operand.asOperand.make(node))
        case (.constant(let constant), let operand):
            let node = ConstantComparison(
                comparison: comparison.swapped,
                constant: constant,
                position: position
            )
            return .bool(operand.asOperand.make(node))
        case (let left, let right):
            let node = OperandComparison(comparison: comparison, right: right.asValue, position: position)
            return .bool(left.asOperand.make(node))
        }
    }

    // MARK: Numbers

    private func onInts(_ function: String, _ codes: [Code], at position: TextPosition) -> Code? {
        let left = codes[0].asInt(orNoOverloadOf: function)
        let right = codes[1].asInt(orNoOverloadOf: function)
        let apply: @Sendable (Int, Int) throws(EvaluationError) -> Int
        switch function {
        case "_+_": apply = { (left, right) throws(EvaluationError) in try Arithmetic.add(left, right) }
        case "_-_": apply = { (left, right) throws(EvaluationError) in try Arithmetic.subtract(left, right) }
        case "_*_": apply = { (left, right) throws(EvaluationError) in try Arithmetic.multiply(left, right) }
        case "_/_": apply = { (left, right) throws(EvaluationError) in try Arithmetic.divide(left, right) }
        case "_%_": apply = { (left, right) throws(EvaluationError) in try Arithmetic.remainder(left, right) }
        default: return nil
        }
        return .int { (evaluation) throws(EvaluationError) in
            let (left, right) = (try left(&evaluation), try right(&evaluation))
            do throws(EvaluationError) { return try apply(left, right) } catch {
                throw error.located(at: position)
            }
        }
    }

    private func onDoubles(_ function: String, _ codes: [Code]) -> Code? {
        let left = codes[0].asDouble(orNoOverloadOf: function)
        let right = codes[1].asDouble(orNoOverloadOf: function)
        switch function {
        case "_+_":
            return .double { (evaluation) throws(EvaluationError) in
                try left(&evaluation) + right(&evaluation)
            }
        case "_-_":
            return .double { (evaluation) throws(EvaluationError) in
                try left(&evaluation) - right(&evaluation)
            }
        case "_*_":
            return .double { (evaluation) throws(EvaluationError) in
                try left(&evaluation) * right(&evaluation)
            }
        case "_/_":
            return .double { (evaluation) throws(EvaluationError) in
                try left(&evaluation) / right(&evaluation)
            }
        default: return nil
        }
    }

    // MARK: Strings and collections

    /// A map's element of a constant key, which is what a selection of the field would be.
    private func index(_ map: Code, _ key: String, at position: TextPosition) -> Code {
        .operand(map.asOperand.field(FieldSelection(key, of: .dyn, at: position)))
    }

    /// `x in […]` where the list is constant and free of doubles, which are equal to more than themselves.
    private func membership(_ codes: [Code]) -> Code? {
        guard case .list(let elements)? = codes[1].constant else { return nil }
        let keys = elements.compactMap { element -> MapKey? in
            if case .double = element { nil } else { MapKey(lookup: element) }
        }
        guard keys.count == elements.count else { return nil }
        // A few keys are compared sooner than one is hashed.
        let set = keys.count > 8 ? Set(keys) : []
        let operand = codes[0].asValue
        return .bool { (evaluation) throws(EvaluationError) in
            let value = try operand(&evaluation)
            if case .double = value {
                for element in elements where try Equality.equal(value, element, &evaluation) { return true }
                return false
            }
            try evaluation.charge(key: value)
            guard let key = MapKey(lookup: value) else { return false }
            return keys.count > 8 ? set.contains(key) : keys.contains(key)
        }
    }

    /// `matches` with a constant pattern, compiled once; a bad one fails each time that it is evaluated.
    private func search(_ codes: [Code], at position: TextPosition) -> Code? {
        guard case .string(let pattern)? = codes[1].constant else { return nil }
        let text = codes[0].asString(orNoOverloadOf: "matches")
        do throws(RegularExpression.Failure) {
            let expression = try RegularExpression(pattern)
            return .bool { (evaluation) throws(EvaluationError) in
                try RegexFunctions.matches(try text(&evaluation), expression, &evaluation)
            }
        } catch {
            let failure = EvaluationError(.invalidArgument, error.message, at: position)
            return .bool { (_) throws(EvaluationError) in throw failure }
        }
    }
}
