extension Value {
    /// The value in a message, cut short: text as it is, collections by their size.
    var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .uint(let value): "\(value)"
        case .double(let value): NumberText.shortest(value)
        case .string(let text):
            text.utf8.count <= 80
                ? text : "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))))…"
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .duration(let span): span.description
        case .timestamp(let instant): instant.description
        case .list(let elements): "list of \(elements.count)"
        case .map(let map): "map of \(map.count)"
        case .optional(let optional): optional.wrapped.map { "optional(\($0.summary))" } ?? "optional.none()"
        case .type(let type): type.name
        case .object(let object): object.objectType.name
        }
    }
}
