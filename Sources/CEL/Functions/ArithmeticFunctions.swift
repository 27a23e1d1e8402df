/// `+ - * / %` and the unary minus, with the overflow rules of langdef.md "Overflow".
enum ArithmeticFunctions {
    static let all: [FunctionDeclaration] = [
        .binary(
            "_+_",
            numeric + [
                (.string, .string, .string), (.bytes, .bytes, .bytes), (.listA, .listA, .listA),
                (.duration, .duration, .duration), (.timestamp, .duration, .timestamp),
                (.duration, .timestamp, .timestamp),
            ],
            add
        ),
        .binary(
            "_-_",
            numeric + [
                (.duration, .duration, .duration), (.timestamp, .duration, .timestamp),
                (.timestamp, .timestamp, .duration),
            ],
            subtract
        ),
        .binary("_*_", numeric) { (left, right, _) throws(EvaluationError) in
            switch (left, right) {
            case (.int(let left), .int(let right)): .int(try Arithmetic.multiply(left, right))
            case (.uint(let left), .uint(let right)): .uint(try Arithmetic.multiply(left, right))
            case (.double(let left), .double(let right)): .double(left * right)
            default: throw .noSuchOverload("_*_")
            }
        },
        .binary("_/_", numeric) { (left, right, _) throws(EvaluationError) in
            switch (left, right) {
            case (.int(let left), .int(let right)): .int(try Arithmetic.divide(left, right))
            case (.uint(let left), .uint(let right)): .uint(try Arithmetic.divide(left, right))
            case (.double(let left), .double(let right)): .double(left / right)
            default: throw .noSuchOverload("_/_")
            }
        },
        .binary("_%_", [(.int, .int, .int), (.uint, .uint, .uint)]) {
            (left, right, _) throws(EvaluationError) in
            switch (left, right) {
            case (.int(let left), .int(let right)): .int(try Arithmetic.remainder(left, right))
            case (.uint(let left), .uint(let right)): .uint(try Arithmetic.remainder(left, right))
            default: throw .noSuchOverload("_%_")
            }
        },
        .unary("-_", [(.int, .int), (.double, .double)]) { (value, _) throws(EvaluationError) in
            switch value {
            case .int(let value): .int(try Arithmetic.subtract(0, value))
            case .double(let value): .double(-value)
            default: throw .noSuchOverload("-_")
            }
        },
    ]

    private static let numeric: [(left: ValueType, right: ValueType, result: ValueType)] = [
        (.int, .int, .int), (.uint, .uint, .uint), (.double, .double, .double),
    ]

    @Sendable private static func add(
        _ left: Value,
        _ right: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try Arithmetic.add(left, right))
        case (.uint(let left), .uint(let right)): return .uint(try Arithmetic.add(left, right))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.string(let left), .string(let right)):
            try evaluation.charge(bytes: left.utf8.count + right.utf8.count)
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            try evaluation.charge(bytes: left.count + right.count)
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            try evaluation.charge(left.count + right.count)
            return .list(left + right)
        case (.duration(let left), .duration(let right)):
            return .duration(TimeSpan(nanoseconds: try Arithmetic.add(left.nanoseconds, right.nanoseconds)))
        case (.timestamp(let instant), .duration(let span)), (.duration(let span), .timestamp(let instant)):
            return .timestamp(try Arithmetic.within(instant.advanced(by: span)))
        default: throw .noSuchOverload("_+_")
        }
    }

    @Sendable private static func subtract(
        _ left: Value,
        _ right: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try Arithmetic.subtract(left, right))
        case (.uint(let left), .uint(let right)): return .uint(try Arithmetic.subtract(left, right))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.duration(let left), .duration(let right)):
            let nanoseconds = try Arithmetic.subtract(left.nanoseconds, right.nanoseconds)
            return .duration(TimeSpan(nanoseconds: nanoseconds))
        case (.timestamp(let instant), .duration(let span)):
            let negated = TimeSpan(nanoseconds: try Arithmetic.subtract(0, span.nanoseconds))
            return .timestamp(try Arithmetic.within(instant.advanced(by: negated)))
        case (.timestamp(let left), .timestamp(let right)):
            guard let span = left.span(since: right) else {
                throw EvaluationError(.overflow, "duration overflow")
            }
            return .duration(span)
        default: throw .noSuchOverload("_-_")
        }
    }
}
