/// A static type, as declared for variables and functions and deduced by the checker.
package indirect enum ValueType: Hashable, Sendable {
    /// Known at run time only; assignable to and from everything.
    case dyn
    /// The type of an expression that was already reported; never reported twice.
    case error
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case duration
    case timestamp
    case list(ValueType)
    case map(ValueType, ValueType)
    case optional(ValueType)
    case type(ValueType)
    case object(ObjectType)
    /// A named type that expressions can only pass on, with its parameters.
    case opaque(String, [ValueType])
    /// A type parameter of an overload, such as the element type of a list.
    case parameter(String)

    var isDynOrError: Bool { self == .dyn || self == .error }

    /// Whether `<` is defined on the values, as far as is known.
    var isOrdered: Bool {
        switch self {
        case .dyn, .error, .bool, .int, .uint, .double, .string, .bytes, .duration, .timestamp: true
        default: false
        }
    }

    /// The parts that type parameters may stand in.
    var parameters: [ValueType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .optional(let wrapped): [wrapped]
        case .type(let instance): [instance]
        case .opaque(_, let parameters): parameters
        default: []
        }
    }

    /// The same type with each of its parameters replaced.
    func replacingParameters(_ replace: (ValueType) -> ValueType) -> ValueType {
        switch self {
        case .list(let element): .list(replace(element))
        case .map(let key, let value): .map(replace(key), replace(value))
        case .optional(let wrapped): .optional(replace(wrapped))
        case .type(let instance): .type(replace(instance))
        case .opaque(let name, let parameters): .opaque(name, parameters.map(replace))
        default: self
        }
    }
}

extension ValueType: CustomStringConvertible {
    /// The type as cel-go writes it in messages.
    package var description: String {
        switch self {
        case .dyn: "dyn"
        case .error: "!error!"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .duration: "duration"
        case .timestamp: "timestamp"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let wrapped): "optional_type(\(wrapped))"
        case .type(let instance): "type(\(instance))"
        case .object(let type): type.name
        case .opaque(let name, let parameters):
            parameters.isEmpty
                ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .parameter(let name): name
        }
    }
}
