/// A call that may be a macro's.
struct MacroCall {
    let name: String
    let target: Expression?
    let arguments: [Expression]
    /// The place of the opening parenthesis.
    let offset: Int
}

/// A call that stands for a form of the language, expanded while parsing (langdef.md "Macros").
struct Macro: Sendable {
    let name: String
    /// Numbers of arguments that it takes; with others the call is a function's.
    let arity: ClosedRange<Int>
    /// What it is called on: nil for a global call.
    let target: Target?
    let expand: @Sendable (MacroCall, inout Parser) throws(Diagnostic) -> Expression?

    enum Target: Sendable, Equatable {
        case anything
        /// A plain name that serves as a namespace, such as `cel`.
        case namespace(String)
    }

    /// Every macro; a new one is a line here.
    private static let registered: [Macro] = [
        .has, .bind, .optMap, .optFlatMap, .all, .exists, .existsOne, .existsOneAlias, .filter, .map,
        .transformList, .transformMap, .transformMapEntry, .greatest, .least, .sortBy,
    ]

    private static let byName = Dictionary(grouping: registered, by: \.name)

    /// The expansion of a call, nil when no macro has its name, kind and number of arguments.
    static func expand(_ call: MacroCall, _ parser: inout Parser) throws(Diagnostic) -> Expression? {
        guard parser.expandsMacros, let macros = byName[call.name] else { return nil }
        for macro in macros where macro.arity.contains(call.arguments.count) && macro.accepts(call.target) {
            return try macro.expand(call, &parser)
        }
        return nil
    }

    private func accepts(_ expression: Expression?) -> Bool {
        switch target {
        case nil: return expression == nil
        case .anything?: return expression != nil
        case .namespace(let name)?:
            guard case .identifier(name, isRooted: false)? = expression?.kind else { return false }
            return true
        }
    }

    /// The name of an iteration variable, which must be a plain identifier.
    static func variable(
        _ expression: Expression,
        else message: String = "argument must be a simple name"
    ) throws(Diagnostic) -> String {
        guard case .identifier(let name, isRooted: false) = expression.kind else {
            throw Diagnostic(offset: expression.offset, message: message)
        }
        return name
    }
}

extension Macro {
    private static let has = Macro(name: "has", arity: 1...1, target: nil) {
        (call, parser) throws(Diagnostic) in
        let argument = call.arguments[0]
        guard case .select(let operand, let field, isOptional: false) = argument.kind else {
            throw Diagnostic(
                offset: argument.offset,
                message: "invalid argument to has() macro",
                hint: "has() takes a field selection such as sample.error"
            )
        }
        return try parser.node(.presence(operand, field: field), at: call.offset, [operand])
    }

    private static let bind = Macro(name: "bind", arity: 3...3, target: .namespace("cel")) {
        (call, parser) throws(Diagnostic) in
        let name = try variable(
            call.arguments[0],
            else: "cel.bind() variable names must be simple identifiers"
        )
        let (initial, body) = (call.arguments[1], call.arguments[2])
        return try parser.node(.bind(name, initial, body), at: call.offset, [initial, body])
    }

    private static let optMap = optionalMap("optMap", isFlat: false)
    private static let optFlatMap = optionalMap("optFlatMap", isFlat: true)

    private static func optionalMap(_ name: String, isFlat: Bool) -> Macro {
        Macro(name: name, arity: 2...2, target: .anything) { (call, parser) throws(Diagnostic) in
            guard let target = call.target else { return nil }
            let variable = try variable(
                call.arguments[0],
                else: "\(name)() variable name must be a simple identifier"
            )
            let body = call.arguments[1]
            return try parser.node(
                .optionalMap(target, variable, body, isFlat: isFlat),
                at: call.offset,
                [target, body]
            )
        }
    }
}
