/// The standard functions on strings; those of the strings extension are in a group of their own.
enum StringFunctions {
    static let all: [FunctionDeclaration] = [
        test("contains") { Text.find($1, in: $0) != nil },
        test("startsWith") { Text.hasPrefix($0, $1) },
        test("endsWith") { Text.hasSuffix($0, $1) },
    ]

    private static func test(
        _ name: String,
        _ holds: @escaping @Sendable (String, String) -> Bool
    ) -> FunctionDeclaration {
        .method(
            name,
            [.string, .string],
            .bool,
            .binary { (text, part, evaluation) throws(EvaluationError) in
                guard case .string(let text) = text, case .string(let part) = part else {
                    throw .noSuchOverload(name)
                }
                try evaluation.charge(bytes: text.utf8.count + part.utf8.count)
                return .bool(holds(text, part))
            }
        )
    }
}
