package import CEL
package import LookoutModel

/// An expression to be evaluated, with everything that it refers to.
package struct ExpressionRequest: Sendable {
    package var expression: String
    /// The namespace that names are looked up in.
    package var container = ""
    package var variables: [CELEnvironment.Variable] = []
    /// Functions that can be called as far as the checker is concerned, and have no implementation.
    package var functions: [FunctionDeclaration] = []
    /// By name; names without a declaration are `dyn`.
    package var bindings: [String: Value] = [:]
    package var isChecked = true
    package var expandsMacros = true
    /// Whether only the type is asked for.
    package var isCheckOnly = false

    package init(_ expression: String) {
        self.expression = expression
    }

    /// Reads the members `expr`, `container`, `type_env`, `bindings`, `disable_check`, `disable_macros`
    /// and `check_only`; others are left alone.
    package init(_ json: JSONValue) throws(ExchangeError) {
        guard case .object = json else { throw ExchangeError("a line must be a JSON object") }
        guard let expression = try json.text("expr") else {
            throw ExchangeError("the member 'expr', a string, is missing")
        }
        self.init(expression)
        container = try json.text("container") ?? ""
        isChecked = try !json.flag("disable_check")
        expandsMacros = try !json.flag("disable_macros")
        isCheckOnly = try json.flag("check_only")
        try readDeclarations(json["type_env"] ?? .null)
        try readBindings(json["bindings"] ?? .null)
    }

    private mutating func readDeclarations(_ json: JSONValue) throws(ExchangeError) {
        for declaration in try json.elements(of: "type_env") {
            guard let name = try declaration.text("name") else {
                throw ExchangeError("a declaration in 'type_env' has no name")
            }
            if let notation = try declaration.text("type") {
                let variable = CELEnvironment.Variable(name, try Self.type(notation))
                variables.removeAll { $0.name == name }
                variables.append(variable)
            }
            if let overloads = declaration["overloads"] {
                functions.append(try Self.function(name, overloads))
            }
        }
    }

    private mutating func readBindings(_ json: JSONValue) throws(ExchangeError) {
        switch json {
        case .null: break
        case .object(let members):
            for (name, value) in members {
                do throws(ExchangeError) { bindings[name] = try Value(exchange: value) } catch {
                    throw ExchangeError("the binding '\(name)': \(error)")
                }
            }
        default: throw ExchangeError("'bindings' must be an object of values by name")
        }
    }

    private static func function(
        _ name: String,
        _ json: JSONValue
    ) throws(ExchangeError) -> FunctionDeclaration {
        var overloads: [Overload] = []
        for overload in try json.elements(of: "overloads") {
            let parameters = try (overload["params"] ?? .null).elements(of: "params")
            var types: [ValueType] = []
            for parameter in parameters {
                guard case .string(let notation) = parameter else {
                    throw ExchangeError("the parameters of '\(name)' must be types in strings")
                }
                types.append(try type(notation))
            }
            let result = try overload.text("result").map(type) ?? .dyn
            overloads.append(
                .host(
                    try overload.text("id") ?? name,
                    isMember: try overload.flag("member"),
                    types,
                    result
                ) { (_, _) throws(EvaluationError) in
                    throw EvaluationError(
                        .host,
                        "the function '\(name)' is declared and has no implementation"
                    )
                }
            )
        }
        return FunctionDeclaration(name, overloads)
    }

    private static func type(_ notation: String) throws(ExchangeError) -> ValueType {
        guard let type = ValueType(notation: notation) else {
            throw ExchangeError("'\(notation)' is not a type; write for example map(string, dyn)")
        }
        return type
    }
}

extension JSONValue {
    /// A member that is a string; nil where it is missing or null.
    fileprivate func text(_ name: String) throws(ExchangeError) -> String? {
        switch self[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw ExchangeError("the member '\(name)' must be a string")
        }
    }

    /// A member that is true or false; false where it is missing or null.
    fileprivate func flag(_ name: String) throws(ExchangeError) -> Bool {
        switch self[name] {
        case nil, .null: return false
        case .bool(let isTrue): return isTrue
        default: throw ExchangeError("the member '\(name)' must be true or false")
        }
    }

    fileprivate func elements(of name: String) throws(ExchangeError) -> [JSONValue] {
        switch self {
        case .null: return []
        case .array(let elements): return elements
        default: throw ExchangeError("'\(name)' must be a list")
        }
    }
}
