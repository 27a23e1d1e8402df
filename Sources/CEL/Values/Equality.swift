/// Equality across all kinds of values (langdef.md "Equality"): numbers on one line, NaN unequal to all.
enum Equality {
    static func equal(
        _ left: Value,
        _ right: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.int(let left), .int(let right)): return left == right
        case (.uint(let left), .uint(let right)): return left == right
        case (.double(let left), .double(let right)): return left == right
        case (.string(let left), .string(let right)):
            if left.utf8.count > 256 { try evaluation.charge(bytes: left.utf8.count) }
            return Text.equal(left, right)
        case (.bytes(let left), .bytes(let right)):
            try evaluation.charge(bytes: left.count)
            return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.type(let left), .type(let right)): return left == right
        case (.list(let left), .list(let right)): return try equal(left, right, &evaluation)
        case (.map(let left), .map(let right)): return try equal(left, right, &evaluation)
        case (.optional(let left), .optional(let right)):
            guard let left = left.wrapped, let right = right.wrapped else {
                return left.wrapped == nil && right.wrapped == nil
            }
            return try equal(left, right, &evaluation)
        case (.object(let left), .object(let right)): return try equal(left, right, &evaluation)
        default: return Ordering.numeric(left, right) == .same
        }
    }

    private static func equal(
        _ left: [Value],
        _ right: [Value],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        try evaluation.charge(left.count)
        for (left, right) in zip(left, right) {
            guard try equal(left, right, &evaluation) else { return false }
        }
        return true
    }

    private static func equal(
        _ left: MapValue,
        _ right: MapValue,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        try evaluation.charge(left.count)
        for (key, value) in left.entries {
            guard let other = right.value(of: key), try equal(value, other, &evaluation) else { return false }
        }
        return true
    }

    private static func equal(
        _ left: any ObjectValue,
        _ right: any ObjectValue,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        if left === right { return true }
        guard left.objectType == right.objectType else { return false }
        try evaluation.charge(left.objectType.fields.count)
        for index in left.objectType.fields.indices {
            switch (try left.field(index), try right.field(index)) {
            case (nil, nil): continue
            case (let left?, let right?):
                guard try equal(left, right, &evaluation) else { return false }
            default: return false
            }
        }
        return true
    }
}
