/// The functions and operators of an environment, by name.
struct FunctionTable: Sendable {
    private var overloads: [String: [Overload]] = [:]

    /// The groups of functions that every environment has; a new group is a line here.
    private static let groups: [[FunctionDeclaration]] = [
        OperatorFunctions.all,
        ArithmeticFunctions.all,
        ComparisonFunctions.all,
        CollectionFunctions.all,
        ConversionFunctions.all,
        StringFunctions.all,
        RegexFunctions.all,
        TimeFunctions.all,
        OptionalFunctions.all,
        StringExtensionFunctions.all,
        StringSearchFunctions.all,
        FormatFunction.all,
        MathFunctions.all,
        BitFunctions.all,
        EncoderFunctions.all,
        ListFunctions.all,
    ]

    static let standard = FunctionTable().adding(groups.flatMap(\.self))

    subscript(name: String) -> [Overload]? {
        overloads[name]
    }

    func adding(_ functions: [FunctionDeclaration]) -> FunctionTable {
        var table = self
        for function in functions { table.overloads[function.name, default: []] += function.overloads }
        return table
    }

    /// The names that can be called as a method, or that can be called plainly.
    func names(isMember: Bool) -> [String] {
        overloads.filter {
            $0.key.utf8.first?.isLetter == true && $0.value.contains { $0.isMember == isMember }
        }
        .map(\.key)
    }
}

extension FunctionDeclaration {
    /// A function whose overloads are plain calls of one argument.
    static func unary(
        _ name: String,
        _ overloads: [(parameter: ValueType, result: ValueType)],
        _ body: @escaping @Sendable (Value, inout Evaluation) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name,
            overloads.map {
                Overload(
                    "\(name)(\($0.parameter))",
                    isMember: false,
                    [$0.parameter],
                    $0.result,
                    isGeneral: true,
                    .unary(body)
                )
            }
        )
    }

    /// A function or operator whose overloads are plain calls of two arguments.
    static func binary(
        _ name: String,
        _ overloads: [(left: ValueType, right: ValueType, result: ValueType)],
        _ body: @escaping @Sendable (Value, Value, inout Evaluation) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name,
            overloads.map {
                Overload(
                    "\(name)(\($0.left),\($0.right))",
                    isMember: false,
                    [$0.left, $0.right],
                    $0.result,
                    isGeneral: true,
                    .binary(body)
                )
            }
        )
    }

    /// A function of one signature, called on its first argument.
    static func method(
        _ name: String,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: Overload.Body
    ) -> FunctionDeclaration {
        let identifier = "\(parameters[0]).\(name)(\(parameters.count - 1))"
        return FunctionDeclaration(name, [Overload(identifier, isMember: true, parameters, result, body)])
    }

    /// A function of one signature, called plainly.
    static func plain(
        _ name: String,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: Overload.Body
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name,
            [Overload("\(name)(\(parameters.count))", isMember: false, parameters, result, body)]
        )
    }
}

extension ValueType {
    static let typeA = ValueType.parameter("A")
    static let typeB = ValueType.parameter("B")
    static let listA = ValueType.list(.typeA)
    static let mapAB = ValueType.map(.typeA, .typeB)
    static let optionalA = ValueType.optional(.typeA)
}
