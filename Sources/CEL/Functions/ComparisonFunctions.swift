/// `<`, `<=`, `>` and `>=`.
enum ComparisonFunctions {
    static let all: [FunctionDeclaration] = [
        comparison("_<_") { $0 == .before },
        comparison("_<=_") { $0 == .before || $0 == .same },
        comparison("_>_") { $0 == .after },
        comparison("_>=_") { $0 == .after || $0 == .same },
    ]

    private static let ordered: [ValueType] = [
        .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration,
    ]

    private static func comparison(
        _ name: String,
        _ holds: @escaping @Sendable (Ordering) -> Bool
    ) -> FunctionDeclaration {
        .binary(name, ordered.map { ($0, $0, .bool) }) { (left, right, evaluation) throws(EvaluationError) in
            if case .string(let text) = left, text.utf8.count > 256 {
                try evaluation.charge(bytes: text.utf8.count)
            }
            guard let ordering = Ordering.compare(left, right) else { throw .noSuchOverload(name) }
            return .bool(holds(ordering))
        }
    }
}
