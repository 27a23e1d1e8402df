extension Macro {
    static let greatest = extreme("greatest", calling: "math.@max")
    static let least = extreme("least", calling: "math.@min")

    /// `math.greatest` and `math.least` take any number of numbers, or one list of them.
    private static func extreme(_ name: String, calling function: String) -> Macro {
        Macro(name: name, arity: 0...Int.max, target: .namespace("math")) {
            (call, parser) throws(Diagnostic) in
            let arguments = call.arguments
            let label = "math.\(name)()"
            if arguments.isEmpty {
                let offset = call.target?.offset ?? call.offset
                throw Diagnostic(offset: offset, message: "\(label) requires at least one argument")
            }
            if arguments.count == 1 {
                guard arguments[0].mayBeNumbers else {
                    throw Diagnostic(
                        offset: arguments[0].offset,
                        message: "\(label) invalid single argument value"
                    )
                }
                return try parser.call(function, at: call.offset, arguments)
            }
            if let wrong = arguments.first(where: { !$0.mayBeNumber }) {
                throw Diagnostic(
                    offset: wrong.offset,
                    message: "\(label) simple literal arguments must be numeric"
                )
            }
            if arguments.count == 2 { return try parser.call(function, at: call.offset, arguments) }
            let elements = arguments.map { Expression.Element(value: $0, isOptional: false) }
            let list = try parser.node(.list(elements), at: call.offset, arguments)
            return try parser.call(function, at: call.offset, [list])
        }
    }
}

extension Expression {
    /// Whether the text does not rule out that the expression is a number.
    fileprivate var mayBeNumber: Bool {
        switch kind {
        case .literal(.int), .literal(.uint), .literal(.double): true
        case .literal, .list, .map, .message: false
        default: true
        }
    }

    /// Whether it may be a number or a list of numbers.
    fileprivate var mayBeNumbers: Bool {
        if case .list(let elements) = kind {
            return !elements.isEmpty && elements.allSatisfy { $0.value.mayBeNumber }
        }
        return mayBeNumber
    }
}
