/// The math extension of cel-go.
enum MathFunctions {
    static let all: [FunctionDeclaration] =
        extremes + [
            rounding("math.ceil") { $0.rounded(.up) },
            rounding("math.floor") { $0.rounded(.down) },
            rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
            rounding("math.trunc") { $0.rounded(.towardZero) },
            test("math.isNaN") { $0.isNaN },
            test("math.isInf") { $0.isInfinite },
            test("math.isFinite") { $0.isFinite },
            .unary("math.abs", [(.int, .int), (.uint, .uint), (.double, .double)]) {
                (value, _) throws(EvaluationError) in
                switch value {
                case .int(let number): return .int(number < 0 ? try Arithmetic.subtract(0, number) : number)
                case .uint: return value
                case .double(let number): return .double(number.magnitude)
                default: throw .noSuchOverload("math.abs")
                }
            },
            .unary("math.sign", [(.int, .int), (.uint, .uint), (.double, .double)]) {
                (value, _) throws(EvaluationError) in
                switch value {
                case .int(let number): .int(number.signum())
                case .uint(let number): .uint(number == 0 ? 0 : 1)
                case .double(let number):
                    .double(number > 0 ? 1 : number < 0 ? -1 : number.isNaN ? number : 0)
                default: throw .noSuchOverload("math.sign")
                }
            },
            .unary("math.sqrt", [(.double, .double), (.int, .double), (.uint, .double)]) {
                (value, _) throws(EvaluationError) in
                switch value {
                case .double(let number): .double(number.squareRoot())
                case .int(let number): .double(Double(number).squareRoot())
                case .uint(let number): .double(Double(number).squareRoot())
                default: throw .noSuchOverload("math.sqrt")
                }
            },
        ]

    private static func rounding(
        _ name: String,
        _ round: @escaping @Sendable (Double) -> Double
    ) -> FunctionDeclaration {
        .unary(name, [(.double, .double)]) { (value, _) throws(EvaluationError) in
            guard case .double(let number) = value else { throw .noSuchOverload(name) }
            return .double(round(number))
        }
    }

    private static func test(
        _ name: String,
        _ holds: @escaping @Sendable (Double) -> Bool
    ) -> FunctionDeclaration {
        .unary(name, [(.double, .bool)]) { (value, _) throws(EvaluationError) in
            guard case .double(let number) = value else { throw .noSuchOverload(name) }
            return .bool(holds(number))
        }
    }

    // MARK: Greatest and least

    private static let extremes = [extreme("math.@max", .after), extreme("math.@min", .before)]

    private static func extreme(_ name: String, _ wanted: Ordering) -> FunctionDeclaration {
        let numbers: [ValueType] = [.int, .uint, .double]
        let single = Overload.Body.unary { (value, evaluation) throws(EvaluationError) in
            guard case .list(let elements) = value else {
                guard value.isNumber else { throw .noSuchOverload(name) }
                return value
            }
            try evaluation.charge(elements.count)
            guard var best = elements.first else {
                throw EvaluationError(.invalidArgument, "\(name)(list) argument must not be empty")
            }
            guard best.isNumber else { throw .noSuchOverload(name) }
            for element in elements.dropFirst() { best = try better(best, element, wanted, name) }
            return best
        }
        let pair = Overload.Body.binary { (left, right, _) throws(EvaluationError) in
            try better(left, right, wanted, name)
        }
        var overloads: [Overload] = []
        for type in numbers {
            overloads.append(Overload("\(name)(\(type))", isMember: false, [type], type, single))
            overloads.append(
                Overload("\(name)(list(\(type)))", isMember: false, [.list(type)], type, single)
            )
            for other in numbers {
                let result = type == other ? type : .dyn
                overloads.append(
                    Overload("\(name)(\(type),\(other))", isMember: false, [type, other], result, pair)
                )
            }
        }
        return FunctionDeclaration(name, overloads)
    }

    private static func better(
        _ best: Value,
        _ other: Value,
        _ wanted: Ordering,
        _ name: String
    ) throws(EvaluationError) -> Value {
        guard let ordering = Ordering.numeric(other, best) else { throw .noSuchOverload(name) }
        return ordering == wanted ? other : best
    }
}

extension Value {
    var isNumber: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }
}
