package import CEL
package import LookoutModel

extension Value {
    package static func duration(_ duration: Duration) -> Value {
        .duration(TimeSpan(duration) ?? TimeSpan(nanoseconds: duration < .zero ? .min : .max))
    }

    package static func timestamp(_ time: Timestamp) -> Value {
        .timestamp(Instant(microseconds: time.microseconds))
    }

    package static func map(_ labels: Labels) -> Value {
        .map(labels.dictionary.mapValues { .string($0) })
    }

    package static func strings(_ texts: [String]) -> Value {
        .list(texts.map { .string($0) })
    }

    /// A JSON value as CEL sees it.
    ///
    /// Whole numbers are ints, others doubles.
    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(Int(value))
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let elements): self = .list(elements.map(Value.init))
        case .object(let members): self = .map(members.mapValues(Value.init))
        }
    }
}

extension Timestamp {
    /// The time, no further from 1970 than 70,000 years, so that differences cannot overflow.
    var clamped: Timestamp { Timestamp(microseconds: bounded) }
}
