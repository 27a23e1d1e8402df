import CEL

extension ValueType {
    /// The type of the data's notation, such as `map(string, dyn)`; nil for what is malformed.
    init?(notation text: String) {
        var reader = TypeNotation(text[...])
        guard let type = reader.type(), reader.isAtEnd else { return nil }
        self = type
    }
}

private struct TypeNotation {
    private var rest: Substring

    init(_ text: Substring) {
        rest = text
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func type() -> ValueType? {
        let name = String(rest.prefix { $0 != "(" && $0 != ")" && $0 != "," })
        rest = rest.dropFirst(name.count)
        if name == "param" {
            guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return nil }
            defer { rest = rest[rest.index(after: end)...] }
            return .parameter(String(rest[rest.index(after: rest.startIndex)..<end]))
        }
        guard let parameters = parameters() else { return nil }
        switch (name, parameters.count) {
        case ("dyn", 0), ("any", 0): return .dyn
        case ("null_type", 0): return .null
        case ("bool", 0): return .bool
        case ("int", 0): return .int
        case ("uint", 0): return .uint
        case ("double", 0): return .double
        case ("string", 0): return .string
        case ("bytes", 0): return .bytes
        case ("duration", 0): return .duration
        case ("timestamp", 0): return .timestamp
        case ("list", 1): return .list(parameters[0])
        case ("map", 2): return .map(parameters[0], parameters[1])
        case ("optional_type", 1): return .optional(parameters[0])
        case ("type", _): return .type(parameters.first ?? .dyn)
        default: return .opaque(name, parameters)
        }
    }

    private mutating func parameters() -> [ValueType]? {
        guard rest.first == "(" else { return [] }
        rest = rest.dropFirst()
        var parameters: [ValueType] = []
        while true {
            guard let parameter = type(), let mark = rest.popFirst() else { return nil }
            parameters.append(parameter)
            if mark == ")" { return parameters }
            rest = rest.drop { $0 == " " }
        }
    }
}
