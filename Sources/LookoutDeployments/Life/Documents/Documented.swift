package import LookoutModel

/// A value that stores and the API have as a JSON document.
package protocol Documented {
    var document: JSONValue { get }

    /// Reads `document` back.
    init(document: JSONValue) throws(DocumentError)
}

extension Array where Element: Documented {
    var document: JSONValue { .array(map(\.document)) }
}

extension DocumentReader {
    func read<Value: Documented>(
        _ member: String,
        as type: Value.Type = Value.self
    ) throws(DocumentError) -> Value {
        try Value(document: try value(member))
    }

    func optionalRead<Value: Documented>(
        _ member: String,
        as type: Value.Type = Value.self
    ) throws(DocumentError) -> Value? {
        guard let value = optional(member) else { return nil }
        return try Value(document: value)
    }

    func elements(_ member: String) throws(DocumentError) -> [JSONValue] {
        guard case .array(let elements) = try value(member) else { throw DocumentError(member: member) }
        return elements
    }

    func readAll<Value: Documented>(
        _ member: String,
        as type: Value.Type = Value.self
    ) throws(DocumentError) -> [Value] {
        var values: [Value] = []
        for element in try elements(member) { values.append(try Value(document: element)) }
        return values
    }

    func optionalString(_ member: String) throws(DocumentError) -> String? {
        optional(member) == nil ? nil : try string(member)
    }

    func optionalBool(_ member: String) throws(DocumentError) -> Bool? {
        optional(member) == nil ? nil : try bool(member)
    }

    func optionalInteger(_ member: String) throws(DocumentError) -> Int? {
        optional(member) == nil ? nil : try count(member)
    }

    func count(_ member: String) throws(DocumentError) -> Int {
        guard let count = Int(exactly: try integer(member)) else { throw DocumentError(member: member) }
        return count
    }

    func double(_ member: String) throws(DocumentError) -> Double {
        switch try value(member) {
        case .double(let number): return number
        case .int(let number): return Double(number)
        default: throw DocumentError(member: member)
        }
    }

    func optionalSeverity(_ member: String) throws(DocumentError) -> Severity? {
        optional(member) == nil ? nil : try severity(member)
    }

    func commit(_ member: String) throws(DocumentError) -> CommitID {
        guard let commit = CommitID(try string(member)) else { throw DocumentError(member: member) }
        return commit
    }

    func optionalCommit(_ member: String) throws(DocumentError) -> CommitID? {
        optional(member) == nil ? nil : try commit(member)
    }

    func check(_ member: String) throws(DocumentError) -> CheckID {
        guard let check = CheckID(try string(member)) else { throw DocumentError(member: member) }
        return check
    }

    func range(_ member: String) throws(DocumentError) -> Range<Timestamp> {
        try Self.range(try value(member), member)
    }

    func ranges(_ member: String) throws(DocumentError) -> [Range<Timestamp>] {
        var ranges: [Range<Timestamp>] = []
        for element in try elements(member) { ranges.append(try Self.range(element, member)) }
        return ranges
    }

    private static func range(
        _ document: JSONValue,
        _ member: String
    ) throws(DocumentError) -> Range<Timestamp> {
        guard case .array(let ends) = document, ends.count == 2, case .int(let lower) = ends[0],
            case .int(let upper) = ends[1], lower <= upper
        else { throw DocumentError(member: member) }
        return Timestamp(microseconds: lower)..<Timestamp(microseconds: upper)
    }
}

extension Range<Timestamp> {
    var document: JSONValue { [lowerBound.document, upperBound.document] }
}

extension [Range<Timestamp>] {
    var document: JSONValue { .array(map(\.document)) }
}

extension [String] {
    var document: JSONValue { .array(map { .string($0) }) }
}

extension JSONValue {
    /// The members that have a value.
    static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        var present: [String: JSONValue] = [:]
        for (name, value) in members { present[name] = value }
        return .object(present)
    }

    static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

    static func count(_ count: Int) -> JSONValue { .int(Int64(count)) }
}
