/// A value of the Common Expression Language (cel-spec, langdef.md "Values").
///
/// Scalars are stored inline and the rest by reference, so copies are cheap. `==` is not
/// defined on purpose: CEL's equality crosses the numeric kinds and costs time in proportion to the
/// operands, see `Equality`.
package enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case uint(UInt)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case duration(TimeSpan)
    case timestamp(Instant)
    case list([Value])
    case map(MapValue)
    case optional(OptionalValue)
    case type(TypeValue)
    /// A value of a declared object type, whose fields are fetched when an expression asks for them.
    case object(any ObjectValue)
}

extension Value {
    package static let emptyList = Value.list([])
    package static let absent = Value.optional(OptionalValue(nil))

    /// A map from string keys, such as a JSON object.
    package static func map(_ members: [String: Value]) -> Value {
        .map(MapValue(members))
    }

    package static func present(_ value: Value) -> Value {
        .optional(OptionalValue(value))
    }

    /// The run-time type, as `type(x)` answers it.
    package var typeValue: TypeValue {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .duration: .duration
        case .timestamp: .timestamp
        case .list: .list
        case .map: .map
        case .optional: .optional
        case .type: .type
        case .object(let object): TypeValue(name: object.objectType.name)
        }
    }

    /// Whether the value is its kind's zero or empty value, as `optional.ofNonZeroValue` asks.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .duration(let value): value.nanoseconds == 0
        case .timestamp(let value): value == Instant.epoch
        case .list(let value): value.isEmpty
        case .map(let value): value.count == 0
        case .optional(let value): value.wrapped == nil
        case .type, .object: false
        }
    }
}

/// A run-time type, such as `int` or `google.protobuf.Timestamp`; itself a value.
package struct TypeValue: Hashable, Sendable {
    package let name: String

    package init(name: String) {
        self.name = name
    }

    package static let null = TypeValue(name: "null_type")
    package static let bool = TypeValue(name: "bool")
    package static let int = TypeValue(name: "int")
    package static let uint = TypeValue(name: "uint")
    package static let double = TypeValue(name: "double")
    package static let string = TypeValue(name: "string")
    package static let bytes = TypeValue(name: "bytes")
    package static let duration = TypeValue(name: "google.protobuf.Duration")
    package static let timestamp = TypeValue(name: "google.protobuf.Timestamp")
    package static let list = TypeValue(name: "list")
    package static let map = TypeValue(name: "map")
    package static let optional = TypeValue(name: "optional_type")
    package static let type = TypeValue(name: "type")
}

/// A value that may be missing: `optional.of(x)` or `optional.none()`.
package final class OptionalValue: Sendable {
    package let wrapped: Value?

    package init(_ wrapped: Value?) {
        self.wrapped = wrapped
    }
}

/// A Swift value seen by expressions as an object with declared fields.
///
/// Called on the evaluating thread, once each time that an expression selects a field, so a field
/// that is expensive to make should be kept by the implementation.
package protocol ObjectValue: AnyObject, Sendable {
    /// The declared type whose field order `field` answers by.
    var objectType: ObjectType { get }

    /// The field at an index of `objectType.fields`, or nil when this object lacks it: then `has()`
    /// is false and selecting it an error.
    ///
    /// Throws an error with the code `noData` where there is nothing to judge by.
    func field(_ index: Int) throws(EvaluationError) -> Value?

    /// Why this object lacks a field, which is then what selecting it fails with; nil for "no such field".
    func absence(of index: Int) -> EvaluationError?
}

extension ObjectValue {
    package func absence(of index: Int) -> EvaluationError? { nil }
}
