package import CEL
package import LookoutModel

extension Value {
    /// The value of the form `{"kind": …}`, such as `{"int": "1"}` or `{"list": [{"bool": true}]}`.
    package init(exchange json: JSONValue) throws(ExchangeError) {
        guard case .object(let members) = json, members.count == 1, let (kind, content) = members.first else {
            throw ExchangeError(#"a value must be an object of one member, such as {"int": "1"}"#)
        }
        guard let value = try Self.value(of: kind, content) else {
            throw ExchangeError("a value of the kind '\(kind)' cannot be \(content.excerpt)")
        }
        self = value
    }

    private static func value(of kind: String, _ content: JSONValue) throws(ExchangeError) -> Value? {
        switch (kind, content) {
        case ("null", _): return .null
        case ("bool", .bool(let value)): return .bool(value)
        case ("int", .string(let text)): return Int(text).map(Value.int)
        case ("int", .int(let number)): return .int(Int(number))
        case ("uint", .string(let text)): return UInt(text).map(Value.uint)
        case ("uint", .int(let number)): return UInt(exactly: number).map(Value.uint)
        case ("double", .string(let text)): return Double(text).map(Value.double)
        case ("double", .double(let number)): return .double(number)
        case ("double", .int(let number)): return .double(Double(number))
        case ("string", .string(let text)): return .string(text)
        case ("bytes", .string(let text)): return (try? Base64.decode(text).get()).map(Value.bytes)
        case ("list", .array(let elements)): return .list(try values(elements))
        case ("map", .array(let pairs)): return .map(try map(pairs))
        case ("type", .string(let name)): return .type(TypeValue(name: name))
        case ("timestamp", .object): return content.instant.map(Value.timestamp)
        case ("duration", .object): return content.span.map(Value.duration)
        case ("optional", .null): return .absent
        case ("optional", .object): return .present(try Value(exchange: content))
        default: return nil
        }
    }

    private static func values(_ elements: [JSONValue]) throws(ExchangeError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try Value(exchange: element)) }
        return values
    }

    private static func map(_ pairs: [JSONValue]) throws(ExchangeError) -> MapValue {
        var entries: [(key: Value, value: Value)] = []
        for pair in pairs {
            guard case .array(let parts) = pair, parts.count == 2 else {
                throw ExchangeError("a map must be a list of pairs [key, value]")
            }
            entries.append((try Value(exchange: parts[0]), try Value(exchange: parts[1])))
        }
        do throws(EvaluationError) { return try MapValue(checking: entries) } catch {
            throw ExchangeError(error.message)
        }
    }
}

extension JSONValue {
    /// The text cut short, for messages.
    fileprivate var excerpt: String {
        let text = jsonText
        return text.utf8.count <= 60 ? text : "\(String(text.unicodeScalars.prefix(50)))…"
    }

    fileprivate var instant: Instant? {
        guard let (seconds, nanoseconds) = secondsAndNanoseconds, (0..<1_000_000_000).contains(nanoseconds),
            Instant.range.contains(seconds)
        else { return nil }
        return Instant(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    fileprivate var span: TimeSpan? {
        guard let (seconds, nanoseconds) = secondsAndNanoseconds, nanoseconds.magnitude < 1_000_000_000 else {
            return nil
        }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(nanoseconds)
        return overflow || carry ? nil : TimeSpan(nanoseconds: sum)
    }

    private var secondsAndNanoseconds: (seconds: Int, nanoseconds: Int)? {
        guard let seconds = self["seconds"]?.wholeNumber else { return nil }
        guard let nanoseconds = self["nanos"] else { return (seconds, 0) }
        return nanoseconds.wholeNumber.map { (seconds, $0) }
    }

    private var wholeNumber: Int? {
        switch self {
        case .int(let number): Int(number)
        case .string(let text): Int(text)
        default: nil
        }
    }
}
