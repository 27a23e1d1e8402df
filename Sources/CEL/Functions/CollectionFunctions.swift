/// `size`, `in` and indexing.
enum CollectionFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration(
            "size",
            sized.flatMap { type in
                [
                    Overload("size(\(type))", isMember: false, [type], .int, isGeneral: true, .unary(size)),
                    Overload("\(type).size()", isMember: true, [type], .int, isGeneral: true, .unary(size)),
                ]
            }
        ),
        .binary("@in", [(.typeA, .listA, .bool), (.typeA, .map(.typeA, .typeB), .bool)]) {
            (element, collection, evaluation) throws(EvaluationError) in
            .bool(try contains(element, collection, &evaluation))
        },
        .binary(
            "_[_]",
            [
                (.listA, .int, .typeA), (.mapAB, .typeA, .typeB),
                (.optional(.listA), .int, .optionalA), (.optional(.mapAB), .typeA, .optional(.typeB)),
            ]
        ) { (collection, key, evaluation) throws(EvaluationError) in
            if case .optional(let optional) = collection {
                guard let wrapped = optional.wrapped else { return .absent }
                return .optional(OptionalValue(try element(key, of: wrapped, &evaluation)))
            }
            guard let element = try element(key, of: collection, &evaluation) else {
                throw missing(key, in: collection)
            }
            return element
        },
        .binary(
            "_[?_]",
            [
                (.listA, .int, .optionalA), (.mapAB, .typeA, .optional(.typeB)),
                (.optional(.listA), .int, .optionalA), (.optional(.mapAB), .typeA, .optional(.typeB)),
            ]
        ) { (collection, key, evaluation) throws(EvaluationError) in
            guard case .optional(let optional) = collection else {
                return .optional(OptionalValue(try element(key, of: collection, &evaluation)))
            }
            guard let wrapped = optional.wrapped else { return .absent }
            return .optional(OptionalValue(try element(key, of: wrapped, &evaluation)))
        },
    ]

    private static let sized: [ValueType] = [.string, .bytes, .listA, .mapAB]

    @Sendable private static func size(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text):
            try evaluation.charge(bytes: text.utf8.count)
            return .int(Text.count(text))
        case .bytes(let bytes): return .int(bytes.count)
        case .list(let elements): return .int(elements.count)
        case .map(let map): return .int(map.count)
        default: throw .noSuchOverload("size")
        }
    }

    private static func contains(
        _ element: Value,
        _ collection: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        switch collection {
        case .list(let elements):
            for other in elements {
                try evaluation.charge(1)
                if try Equality.equal(element, other, &evaluation) { return true }
            }
            return false
        case .map(let map):
            try evaluation.charge(key: element)
            return map.value(of: element) != nil
        default: throw .noSuchOverload("@in")
        }
    }

    /// The element of a list or map, nil when there is none.
    private static func element(
        _ key: Value,
        of collection: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value? {
        switch collection {
        case .list(let elements):
            let index: Int?
            switch key {
            case .int(let value): index = value
            case .uint(let value): index = Int(exactly: value) ?? .max
            case .double(let value): index = Int(exactly: value)
            default: throw .noSuchOverload("_[_]")
            }
            guard let index else {
                throw EvaluationError(.invalidArgument, "unsupported index value \(key.summary) in list")
            }
            return elements.indices.contains(index) ? elements[index] : nil
        case .map(let map):
            try evaluation.charge(key: key)
            return map.value(of: key)
        default: throw .noSuchOverload("_[_]")
        }
    }

    static func missing(_ key: Value, in collection: Value) -> EvaluationError {
        if case .map = collection { return EvaluationError(.noSuchKey, "no such key: \(key.summary)") }
        return EvaluationError(.indexOutOfBounds, "index out of bounds: \(key.summary)")
    }
}
