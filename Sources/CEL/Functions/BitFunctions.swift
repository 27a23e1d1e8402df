/// The bit operations of the math extension; shifts are logical, also to the right on ints.
enum BitFunctions {
    static let all: [FunctionDeclaration] = [
        combination("math.bitAnd") { $0 & $1 },
        combination("math.bitOr") { $0 | $1 },
        combination("math.bitXor") { $0 ^ $1 },
        .unary("math.bitNot", [(.int, .int), (.uint, .uint)]) { (value, _) throws(EvaluationError) in
            switch value {
            case .int(let number): .int(~number)
            case .uint(let number): .uint(~number)
            default: throw .noSuchOverload("math.bitNot")
            }
        },
        // Swift's smart shifts give zero from 64 on.
        shift("math.bitShiftLeft") { $0 << $1 },
        shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static func combination(
        _ name: String,
        _ combine: @escaping @Sendable (UInt, UInt) -> UInt
    ) -> FunctionDeclaration {
        .binary(name, [(.int, .int, .int), (.uint, .uint, .uint)]) {
            (left, right, _) throws(EvaluationError) in
            switch (left, right) {
            case (.int(let left), .int(let right)):
                .int(Int(bitPattern: combine(UInt(bitPattern: left), UInt(bitPattern: right))))
            case (.uint(let left), .uint(let right)): .uint(combine(left, right))
            default: throw .noSuchOverload(name)
            }
        }
    }

    private static func shift(
        _ name: String,
        _ shift: @escaping @Sendable (UInt, Int) -> UInt
    ) -> FunctionDeclaration {
        .binary(name, [(.int, .int, .int), (.uint, .int, .uint)]) {
            (value, count, _) throws(EvaluationError) in
            guard case .int(let count) = count else { throw .noSuchOverload(name) }
            guard count >= 0 else {
                throw EvaluationError(.invalidArgument, "\(name)() negative offset: \(count)")
            }
            switch value {
            case .int(let number): return .int(Int(bitPattern: shift(UInt(bitPattern: number), count)))
            case .uint(let number): return .uint(shift(number, count))
            default: throw .noSuchOverload(name)
            }
        }
    }
}
