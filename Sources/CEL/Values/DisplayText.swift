/// Values as text for people, as the `%s` clause of `format` gives it.
enum DisplayText {
    static func text(of value: Value, _ evaluation: inout Evaluation) throws(EvaluationError) -> String {
        var text = ""
        try append(value, to: &text, &evaluation)
        return text
    }

    private static func append(
        _ value: Value,
        to text: inout String,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) {
        let start = text.utf8.count
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let number): text += String(number)
        case .uint(let number): text += String(number)
        case .double(let number): text += NumberText.plain(number)
        case .string(let content): text += content
        case .bytes(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .duration(let span): text += span.description
        case .timestamp(let instant): text += instant.description
        case .type(let type): text += type.name
        case .list(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                try append(element, to: &text, &evaluation)
            }
            text += "]"
        case .map(let map): try append(map, to: &text, &evaluation)
        case .optional, .object:
            throw FormatVerb.string.refusal(of: value.typeValue) ?? .noSuchOverload("format")
        }
        try evaluation.charge(bytes: text.utf8.count - start)
    }

    /// The entries in the order of their keys' text.
    private static func append(
        _ map: MapValue,
        to text: inout String,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) {
        try evaluation.charge(map.count)
        var entries: [(key: String, value: Value)] = []
        for (key, value) in map.entries { entries.append((try Self.text(of: key, &evaluation), value)) }
        entries.sort { Text.precedes($0.key, $1.key) }
        text += "{"
        for (index, entry) in entries.enumerated() {
            text += index > 0 ? ", \(entry.key): " : "\(entry.key): "
            try append(entry.value, to: &text, &evaluation)
        }
        text += "}"
    }
}
