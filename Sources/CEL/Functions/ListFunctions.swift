/// The lists extension of cel-go.
enum ListFunctions {
    static let all: [FunctionDeclaration] = [
        .plain(
            "lists.range",
            [.int],
            .list(.int),
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .int(let count) = value else { throw .noSuchOverload("lists.range") }
                guard count >= 0 else {
                    throw EvaluationError(.invalidArgument, "lists.range() negative size: \(count)")
                }
                try evaluation.charge(count)
                return .list((0..<count).map(Value.int))
            }
        ),
        method("slice", [.int, .int], .listA) { (elements, arguments, _) throws(EvaluationError) in
            guard case .int(let start) = arguments[1], case .int(let end) = arguments[2] else {
                throw .noSuchOverload("slice")
            }
            guard start >= 0, end >= 0 else {
                throw EvaluationError(
                    .indexOutOfBounds,
                    "cannot slice(\(start), \(end)), negative indexes not supported"
                )
            }
            guard start <= end else {
                throw EvaluationError(
                    .indexOutOfBounds,
                    "cannot slice(\(start), \(end)), start index must be less than or equal to end index"
                )
            }
            guard end <= elements.count else {
                throw EvaluationError(
                    .indexOutOfBounds,
                    "cannot slice(\(start), \(end)), list is length \(elements.count)"
                )
            }
            return .list(Array(elements[start..<end]))
        },
        method("reverse", [], .listA) { (elements, _, _) in .list(elements.reversed()) },
        method("distinct", [], .listA) { (elements, _, evaluation) throws(EvaluationError) in
            .list(try distinct(elements, &evaluation))
        },
        method("first", [], .optionalA) { (elements, _, _) in .optional(OptionalValue(elements.first)) },
        method("last", [], .optionalA) { (elements, _, _) in .optional(OptionalValue(elements.last)) },
        FunctionDeclaration(
            "flatten",
            [
                Overload(
                    "list.flatten()",
                    isMember: true,
                    [.list(.listA)],
                    .listA,
                    .unary {
                        (value, evaluation) throws(EvaluationError) in
                        .list(try flattened(value, depth: 1, &evaluation))
                    }
                ),
                Overload(
                    "list.flatten(int)",
                    isMember: true,
                    [.list(.dyn), .int],
                    .list(.dyn),
                    .binary {
                        (value, depth, evaluation) throws(EvaluationError) in
                        guard case .int(let depth) = depth else { throw .noSuchOverload("flatten") }
                        guard depth >= 0 else {
                            throw EvaluationError(.invalidArgument, "level must be non-negative: \(depth)")
                        }
                        return .list(try flattened(value, depth: depth, &evaluation))
                    }
                ),
            ]
        ),
        FunctionDeclaration(
            "sort",
            sortable.map { type in
                Overload(
                    "list(\(type)).sort()",
                    isMember: true,
                    [.list(type)],
                    .list(type),
                    .unary {
                        (value, evaluation) throws(EvaluationError) in
                        guard case .list(let elements) = value else { throw .noSuchOverload("sort") }
                        return .list(try SortedList.sort(elements, by: elements, &evaluation))
                    }
                )
            }
        ),
    ]

    private static let sortable: [ValueType] = [
        .int, .uint, .double, .bool, .duration, .timestamp, .string, .bytes,
    ]

    /// A method of lists; the length of its target is charged for.
    private static func method(
        _ name: String,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: @escaping @Sendable ([Value], [Value], inout Evaluation) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        let identifier = "list.\(name)(\(parameters.count))"
        let body = Overload.Body.variadic { (arguments, evaluation) throws(EvaluationError) in
            guard case .list(let elements)? = arguments.first else { throw .noSuchOverload(name) }
            try evaluation.charge(1 + elements.count)
            return try body(elements, arguments, &evaluation)
        }
        return FunctionDeclaration(
            name,
            [Overload(identifier, isMember: true, [.listA] + parameters, result, body)]
        )
    }

    /// The first of each set of equal elements.
    private static func distinct(
        _ elements: [Value],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> [Value] {
        var keys: Set<MapKey> = []
        var others: [Value] = []
        var result: [Value] = []
        for element in elements {
            try evaluation.charge(key: element)
            if let key = MapKey(lookup: element) {
                if keys.insert(key).inserted { result.append(element) }
                continue
            }
            var isKnown = false
            for other in others where !isKnown {
                try evaluation.charge(1)
                isKnown = try Equality.equal(element, other, &evaluation)
            }
            if !isKnown {
                others.append(element)
                result.append(element)
            }
        }
        return result
    }

    private static func flattened(
        _ value: Value,
        depth: Int,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> [Value] {
        guard case .list(let elements) = value else { throw .noSuchOverload("flatten") }
        try evaluation.charge(1 + elements.count)
        guard depth > 0 else { return elements }
        var result: [Value] = []
        for element in elements {
            if case .list = element {
                result += try flattened(element, depth: depth - 1, &evaluation)
            } else {
                result.append(element)
            }
        }
        return result
    }
}
