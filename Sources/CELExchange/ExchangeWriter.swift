package import CEL

/// Writes values and answers as JSON in ASCII, so that lines end only where a line feed stands.
///
/// The text has a bound: parts that values share are written again wherever they occur, so that a small
/// value may be without end in practice.
struct ExchangeWriter {
    private(set) var text: [UInt8] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    mutating func put(_ part: String) throws(ExchangeError) {
        text.append(contentsOf: part.utf8)
        guard text.count <= limit else {
            throw ExchangeError("the value is longer than \(limit) bytes when written")
        }
    }

    mutating func write(_ value: Value) throws(ExchangeError) {
        switch value {
        case .null: try put(#"{"null":null}"#)
        case .bool(let value): try put("{\"bool\":\(value)}")
        case .int(let number): try put("{\"int\":\"\(number)\"}")
        case .uint(let number): try put("{\"uint\":\"\(number)\"}")
        case .double(let number): try put("{\"double\":\"\(Self.text(of: number))\"}")
        case .string(let text): try member("string", text)
        case .bytes(let bytes): try member("bytes", Base64.encode(bytes))
        case .type(let type): try member("type", type.name)
        case .timestamp(let instant): try member("timestamp", instant.seconds, Int(instant.nanoseconds))
        case .duration(let span):
            let (seconds, rest) = span.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            try member("duration", seconds, rest)
        case .list(let elements):
            try put(#"{"list":"#)
            try array(elements) { (writer, element) throws(ExchangeError) in try writer.write(element) }
            try put("}")
        case .map(let map): try pairs(map.entries)
        case .optional(let optional):
            try put(#"{"optional":"#)
            if let wrapped = optional.wrapped { try write(wrapped) } else { try put("null") }
            try put("}")
        case .object(let object): try pairs(Self.fields(of: object))
        }
    }

    /// A string with everything but printable ASCII escaped.
    mutating func quote(_ string: String) throws(ExchangeError) {
        guard text.count + string.utf8.count <= limit else { return try put(string) }
        var quoted = "\""
        for unit in string.utf16 {
            switch unit {
            case 0x22: quoted += "\\\""
            case 0x5C: quoted += "\\\\"
            case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        try put(quoted + "\"")
    }

    mutating func array<Element>(
        _ elements: [Element],
        _ writeElement: (inout ExchangeWriter, Element) throws(ExchangeError) -> Void
    ) throws(ExchangeError) {
        try put("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { try put(",") }
            try writeElement(&self, element)
        }
        try put("]")
    }

    private mutating func pairs(_ entries: [(key: Value, value: Value)]) throws(ExchangeError) {
        try put(#"{"map":"#)
        try array(entries) { (writer, entry) throws(ExchangeError) in
            try writer.put("[")
            try writer.write(entry.key)
            try writer.put(",")
            try writer.write(entry.value)
            try writer.put("]")
        }
        try put("}")
    }

    private mutating func member(_ kind: String, _ content: String) throws(ExchangeError) {
        try put("{\"\(kind)\":")
        try quote(content)
        try put("}")
    }

    private mutating func member(
        _ kind: String,
        _ seconds: Int,
        _ nanoseconds: Int
    ) throws(ExchangeError) {
        try put("{\"\(kind)\":{\"seconds\":\"\(seconds)\",\"nanos\":\(nanoseconds)}}")
    }

    /// The fields that an object of the host has, as a map's entries.
    private static func fields(of object: any ObjectValue) -> [(key: Value, value: Value)] {
        object.objectType.fields.enumerated().compactMap { index, field in
            (try? object.field(index)).map { (.string(field.name), $0) }
        }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return number.description
    }
}

extension Value {
    /// The value as compact JSON in the form that `init(exchange:)` reads, at most `limit` bytes of it.
    package func exchangeText(limit: Int = 16 << 20) throws(ExchangeError) -> String {
        var writer = ExchangeWriter(limit: limit)
        try writer.write(self)
        return String(decoding: writer.text, as: UTF8.self)
    }
}
