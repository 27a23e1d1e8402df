extension TypeChecker {
    mutating func checkComprehension(_ expression: Expression, _ comprehension: Comprehension) -> ValueType {
        let range = substitution.resolve(check(comprehension.range))
        guard let (key, value) = elements(of: range) else {
            _ = report(
                "expression of type '\(range)' cannot be range of a comprehension "
                    + "(must be list, map, or dynamic)",
                at: comprehension.range.offset
            )
            return check(comprehension, expression, first: .error, second: .error)
        }
        let isMap = if case .map = range { true } else { false }
        if comprehension.second == nil {
            return check(comprehension, expression, first: isMap ? key : value, second: nil)
        }
        return check(comprehension, expression, first: key, second: value)
    }

    /// The types of a range's keys (or indexes) and values; nil when it is none.
    private mutating func elements(of range: ValueType) -> (key: ValueType, value: ValueType)? {
        switch range {
        case .list(let element): return (.int, element)
        case .map(let key, let value): return (key, value)
        case .dyn, .error: return (.dyn, .dyn)
        case .parameter:
            _ = substitution.assign(range, to: .dyn)
            return (.dyn, .dyn)
        default: return nil
        }
    }

    private mutating func check(
        _ comprehension: Comprehension,
        _ expression: Expression,
        first: ValueType,
        second: ValueType?
    ) -> ValueType {
        var slots = (scope.push(comprehension.first, first), Int?.none)
        if let name = comprehension.second { slots.1 = scope.push(name, second ?? .dyn) }
        defer { scope.pop(slots.1 == nil ? 1 : 2) }
        references[expression.identifier] = .declared(slots.0, slots.1)
        if let condition = comprehension.condition { require(.bool, condition) }
        switch comprehension.form {
        case .all, .exists, .existsOne:
            require(.bool, comprehension.body)
            return .bool
        case .filter:
            require(.bool, comprehension.body)
            return .list(first)
        case .sortBy:
            let key = substitution.resolve(check(comprehension.body), unknownToDyn: true)
            if !key.isOrdered {
                _ = report("elements cannot be sorted by '\(key)'", at: comprehension.body.offset)
            }
            return .list(first)
        case .transformList: return .list(check(comprehension.body))
        case .transformMap: return .map(first, check(comprehension.body))
        case .transformMapEntry:
            let entry = substitution.resolve(check(comprehension.body))
            switch entry {
            case .map: return entry
            case .dyn, .error, .parameter: return .map(.dyn, .dyn)
            default:
                reportMismatch(expected: .map(.dyn, .dyn), found: entry, at: comprehension.body.offset)
                return .error
            }
        }
    }

    mutating func checkOptionalMap(
        _ expression: Expression,
        _ target: Expression,
        _ name: String,
        _ body: Expression,
        isFlat: Bool
    ) -> ValueType {
        let type = substitution.resolve(check(target))
        let wrapped: ValueType
        switch type {
        case .optional(let inner): wrapped = inner
        case .dyn, .error, .parameter: wrapped = .dyn
        default:
            wrapped = .dyn
            reportMismatch(expected: .optional(.dyn), found: type, at: target.offset)
        }
        let slot = scope.push(name, wrapped)
        defer { scope.pop(1) }
        references[expression.identifier] = .declared(slot, nil)
        guard isFlat else { return .optional(check(body)) }
        let result = require(.optional(substitution.freshVariable()), body)
        return result.isDynOrError ? .optional(.dyn) : result
    }
}
