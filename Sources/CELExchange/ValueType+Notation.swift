package import CEL

extension ValueType {
    /// The type of a notation such as `map(string, dyn)`; nil for what is malformed.
    ///
    /// `any` and `wrapper(T)`, whose values are of other types, are `dyn`; `message(name)` is the time
    /// type of that name or a type that expressions can only pass on. `description` writes a type in the
    /// same notation.
    package init?(notation text: String) {
        var reader = TypeNotation(text)
        guard let type = reader.type(), reader.isAtEnd else { return nil }
        self = type
    }
}

/// Reads a type from left to right.
private struct TypeNotation {
    private static let maximumDepth = 32

    private var rest: Substring.UTF8View
    private var depth = 0

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func type() -> ValueType? {
        guard depth < Self.maximumDepth, let name = name() else { return nil }
        depth += 1
        defer { depth -= 1 }
        if name == "param" || name == "message" { return named(name) }
        guard let parameters = parameters() else { return nil }
        return Self.plain[name] ?? Self.type(name, parameters)
    }

    private static let plain: [String: ValueType] = [
        "dyn": .dyn, "any": .dyn, "null_type": .null, "null": .null, "bool": .bool, "int": .int,
        "uint": .uint,
        "double": .double, "string": .string, "bytes": .bytes, "duration": .duration,
        "timestamp": .timestamp, "google.protobuf.Duration": .duration,
        "google.protobuf.Timestamp": .timestamp,
    ]

    private static func type(_ name: String, _ parameters: [ValueType]) -> ValueType? {
        switch (name, parameters.count) {
        case ("list", 1): .list(parameters[0])
        case ("list", 0): .list(.dyn)
        case ("map", 2): .map(parameters[0], parameters[1])
        case ("map", 0): .map(.dyn, .dyn)
        case ("list", _), ("map", _): nil
        case ("optional_type", 1): .optional(parameters[0])
        case ("optional_type", 0): .optional(.dyn)
        case ("type", 0): .type(.dyn)
        case ("type", 1): .type(parameters[0])
        case ("wrapper", 1): .dyn
        default: .opaque(name, parameters)
        }
    }

    /// The type whose name stands in brackets: `param(A)`, `message(google.protobuf.Timestamp)`.
    private mutating func named(_ kind: String) -> ValueType? {
        guard skip("("), let name = name(), skip(")") else { return nil }
        if kind == "param" { return .parameter(name) }
        return Self.plain[name] ?? .opaque(name, [])
    }

    private mutating func name() -> String? {
        let name = rest.prefix { byte in
            !"(), ".utf8.contains(byte)
        }
        rest = rest.dropFirst(name.count)
        return name.isEmpty ? nil : String(Substring(name))
    }

    private mutating func parameters() -> [ValueType]? {
        guard skip("(") else { return [] }
        var parameters: [ValueType] = []
        repeat {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            guard let parameter = type() else { return nil }
            parameters.append(parameter)
        } while skip(",")
        return skip(")") ? parameters : nil
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }
}
