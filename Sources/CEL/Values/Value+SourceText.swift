extension Value {
    /// The value as an expression would write it, such as `duration("300s")`; what is long is cut short.
    package var sourceText: String {
        var writer = SourceTextWriter(room: 200)
        writer.write(self)
        return writer.text
    }
}

/// Writes values as source text until the room for it is used up.
///
/// The bound is on the work as well: values may share parts, and so be far larger written than kept.
private struct SourceTextWriter {
    private(set) var text = ""
    private var room: Int

    init(room: Int) {
        self.room = room
    }

    private mutating func put(_ part: String) {
        text += part
        room -= part.utf8.count
    }

    mutating func write(_ value: Value) {
        guard room > 0 else { return put("…") }
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .int(let number): put(String(number))
        case .uint(let number): put("\(number)u")
        case .double(let number): put(Self.text(of: number))
        case .string(let content): quote(content)
        case .bytes(let bytes): quote(bytes)
        case .duration(let span): put("duration(\"\(span)\")")
        case .timestamp(let instant): put("timestamp(\"\(instant)\")")
        case .type(let type): put(type.name)
        case .list(let elements): write(elements, between: "[", "]") { $0.write($1) }
        case .map(let map):
            write(map.entries, between: "{", "}") { writer, entry in
                writer.write(entry.key)
                writer.put(": ")
                writer.write(entry.value)
            }
        case .optional(let optional):
            guard let wrapped = optional.wrapped else { return put("optional.none()") }
            put("optional.of(")
            write(wrapped)
            put(")")
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ object: any ObjectValue) {
        put(object.objectType.name)
        let fields = object.objectType.fields.enumerated().compactMap { index, field in
            (try? object.field(index)).map { (name: field.name, value: $0) }
        }
        write(fields, between: "{", "}") { writer, field in
            writer.put("\(field.name): ")
            writer.write(field.value)
        }
    }

    private mutating func write<Element>(
        _ elements: [Element],
        between opening: String,
        _ closing: String,
        _ writeElement: (inout SourceTextWriter, Element) -> Void
    ) {
        put(opening)
        for (index, element) in elements.enumerated() {
            if index > 0 { put(", ") }
            guard room > 0 else {
                put("… \(elements.count - index) more")
                break
            }
            writeElement(&self, element)
        }
        put(closing)
    }

    /// A double must not read as an int.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "double(\"\(NumberText.shortest(number))\")" }
        let text = NumberText.shortest(number)
        return text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") } ? text : "\(text).0"
    }

    private mutating func quote(_ content: String) {
        var quoted = "\""
        for scalar in content.unicodeScalars {
            guard quoted.utf8.count < room else {
                quoted += "…"
                break
            }
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0"..<" ", "\u{7F}"..<"\u{A0}":
                quoted += "\\u" + Self.hexadecimal(scalar.value, width: 4)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        put(quoted + "\"")
    }

    private mutating func quote(_ bytes: [UInt8]) {
        put("b\"")
        for byte in bytes {
            guard room > 0 else {
                put("…")
                break
            }
            let isPlain =
                (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            put(
                isPlain
                    ? String(decoding: [byte], as: UTF8.self)
                    : "\\x" + Self.hexadecimal(UInt32(byte), width: 2)
            )
        }
        put("\"")
    }

    private static func hexadecimal(_ number: UInt32, width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
