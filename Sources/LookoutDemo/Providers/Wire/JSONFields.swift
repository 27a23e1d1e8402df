import LookoutModel

extension JSONValue {
    /// Null for nil.
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    init(_ time: Timestamp?) { self = time.map { .string($0.rfc3339) } ?? .null }
    init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }
    init(_ number: Int) { self = .int(Int64(number)) }

    /// The members of an object, empty for anything else.
    var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }

    var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var isTrue: Bool { self == .bool(true) }

    /// The object with more members, which win over its own.
    func with(_ more: [String: JSONValue]) -> JSONValue {
        .object(members.merging(more) { _, new in new })
    }

    /// The object without the members that are null.
    var withoutNulls: JSONValue {
        .object(members.filter { $0.value != .null })
    }
}

extension DemoReply {
    static func json(_ status: Int, _ value: JSONValue) -> DemoReply { .json(status, value.jsonText) }
}
