import CEL
import LookoutModel
import LookoutSettings

extension CEL.Value {
    /// A value of a test file: whole numbers are ints.
    init(plain json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(Int(value))
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .list(elements.map { CEL.Value(plain: $0) })
        case .object(let members): self = .map(members.mapValues { CEL.Value(plain: $0) })
        }
    }
}

extension JSONValue {
    /// A value of CEL as a test file writes it: durations, times and bytes as text, objects by their type.
    init(plain value: CEL.Value) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(Int64(value))
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .double(Double(value))
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .bytes(let bytes): self = .string(String(decoding: bytes, as: UTF8.self))
        case .duration(let span): self = .string(span.duration.durationText)
        case .timestamp(let instant):
            let microseconds = Int64(instant.seconds) * 1_000_000 + Int64(instant.nanoseconds / 1000)
            self = .string(Timestamp(microseconds: microseconds).rfc3339)
        case .list(let elements): self = .array(elements.map { JSONValue(plain: $0) })
        case .map(let map):
            let members = map.entries.map { (JSONValue(plain: $0.key).keyText, JSONValue(plain: $0.value)) }
            self = .object(Dictionary(members) { $1 })
        case .optional(let optional): self = optional.wrapped.map { JSONValue(plain: $0) } ?? .null
        case .type(let type): self = .string(type.name)
        case .object(let object): self = .string(object.objectType.name)
        }
    }

    /// The text of a map's key.
    private var keyText: String { string ?? jsonText }
}
