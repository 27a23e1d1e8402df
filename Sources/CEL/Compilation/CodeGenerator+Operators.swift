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
        switch (checked.type(of: operands[0]), checked.type(of: operands[1])) {
        case (.int, .int): return onInts(function, codes, at: position)
        case (.double, .double): return onDoubles(function, codes)
        case (.string, .string): return onStrings(function, codes)
        case (.map, .string):
            guard function == "_[_]", case .string(let key)? = codes[1].constant else { return nil }
            return index(codes[0], key, at: position)
        default: return nil
        }
    }

    // MARK: Numbers

    private func onInts(_ function: String, _ codes: [Code], at position: TextPosition) -> Code? {
        let left = codes[0].asInt(orNoOverloadOf: function)
        let right = codes[1].asInt(orNoOverloadOf: function)
        if let comparison = comparison(function, left, right, constant: codes[1].constant?.int) {
            return .bool(comparison)
        }
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
        if let comparison = comparison(function, left, right, constant: codes[1].constant?.double) {
            return .bool(comparison)
        }
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

    /// A comparison of two numbers of a kind; quicker when the right one is constant.
    private func comparison<Number: Comparable & Sendable>(
        _ function: String,
        _ left: @escaping Step<Number>,
        _ right: @escaping Step<Number>,
        constant: Number?
    ) -> Step<Bool>? {
        switch function {
        case "_==_": compare(left, right, constant) { $0 == $1 }
        case "_!=_": compare(left, right, constant) { $0 != $1 }
        case "_<_": compare(left, right, constant) { $0 < $1 }
        case "_<=_": compare(left, right, constant) { $0 <= $1 }
        case "_>_": compare(left, right, constant) { $0 > $1 }
        case "_>=_": compare(left, right, constant) { $0 >= $1 }
        default: nil
        }
    }

    @inline(__always)
    private func compare<Number: Comparable & Sendable>(
        _ left: @escaping Step<Number>,
        _ right: @escaping Step<Number>,
        _ constant: Number?,
        _ holds: @escaping @Sendable (Number, Number) -> Bool
    ) -> Step<Bool> {
        if let constant {
            return { (evaluation) throws(EvaluationError) in holds(try left(&evaluation), constant) }
        }
        return { (evaluation) throws(EvaluationError) in
            holds(try left(&evaluation), try right(&evaluation))
        }
    }

    // MARK: Strings and collections

    private func onStrings(_ function: String, _ codes: [Code]) -> Code? {
        guard function == "_==_" || function == "_!=_" else { return nil }
        let wanted = function == "_==_"
        let left = codes[0].asString(orNoOverloadOf: function)
        let right = codes[1].asString(orNoOverloadOf: function)
        return .bool { (evaluation) throws(EvaluationError) in
            let (left, right) = (try left(&evaluation), try right(&evaluation))
            if left.utf8.count > 256 { try evaluation.charge(bytes: left.utf8.count) }
            return Text.equal(left, right) == wanted
        }
    }

    /// A map's element of a constant key.
    private func index(_ map: Code, _ key: String, at position: TextPosition) -> Code {
        let (map, key) = (map.asValue, FieldKey(key))
        return .value { (evaluation) throws(EvaluationError) in
            guard case .map(let map) = try map(&evaluation) else { throw .noSuchOverload("_[_]") }
            if let value = key.value(in: map) { return value }
            throw EvaluationError(.noSuchKey, "no such key: \(key.name)", at: position)
        }
    }

    /// `x in […]` where the list is constant and free of doubles, which are equal to more than themselves.
    private func membership(_ codes: [Code]) -> Code? {
        guard case .list(let elements)? = codes[1].constant else { return nil }
        let keys = elements.compactMap { element -> MapKey? in
            if case .double = element { nil } else { MapKey(lookup: element) }
        }
        guard keys.count == elements.count else { return nil }
        let set = Set(keys)
        let operand = codes[0].asValue
        return .bool { (evaluation) throws(EvaluationError) in
            let value = try operand(&evaluation)
            if case .double = value {
                for element in elements where try Equality.equal(value, element, &evaluation) { return true }
                return false
            }
            return MapKey(lookup: value).map { set.contains($0) } ?? false
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

extension Value {
    fileprivate var int: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    fileprivate var double: Double? {
        if case .double(let value) = self { value } else { nil }
    }
}
