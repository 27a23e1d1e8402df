import LookoutModel
import LookoutSettings

/// One object of an agent's answer, as cells of a table want it.
struct AnswerRow {
    let value: JSONValue

    /// The rows of an answer that is a list; none of anything else.
    static func rows(_ answer: JSONValue?) -> [AnswerRow] {
        if case .array(let elements)? = answer { elements.map(AnswerRow.init) } else { [] }
    }

    init(_ value: JSONValue) {
        self.value = value
    }

    /// A member as a word; `-` where there is none.
    subscript(key: String) -> String {
        switch value[key] {
        case .string(let text)?: text.isEmpty ? "-" : text
        case .null?, nil: "-"
        case .some(let value): value.jsonText
        }
    }

    /// A text; nil where there is none, or an empty one.
    func text(_ key: String) -> String? {
        value[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    func number(_ key: String) -> Int? {
        if case .int(let number)? = value[key] { Int(number) } else { nil }
    }

    func flag(_ key: String) -> Bool { value[key] == .bool(true) }

    func time(_ key: String) -> Timestamp? { text(key).flatMap(Timestamp.init(rfc3339:)) }

    func member(_ key: String) -> AnswerRow { AnswerRow(value[key] ?? .null) }

    /// The texts of a list.
    func texts(_ key: String) -> [String] {
        if case .array(let elements)? = value[key] { elements.compactMap(\.string) } else { [] }
    }

    /// Names and texts of an object, by name.
    func pairs(_ key: String) -> [(name: String, text: String)] {
        guard case .object(let members)? = value[key] else { return [] }
        return members.sorted { $0.key < $1.key }.compactMap { name, value in
            value.string.map { (name, $0) }
        }
    }

    /// `production/backend-health`: what an alert is about.
    var place: String {
        let labels = member("labels")
        return ["environment", "probe"].compactMap { labels.text($0) }.joined(separator: "/")
    }

    /// A time without the part of a second.
    func clock(_ key: String) -> String { time(key).map(\.inSeconds) ?? "-" }

    /// How long a time is away from now, either way.
    func distance(_ key: String, from now: Timestamp) -> String {
        guard let time = time(key) else { return "-" }
        let length = now < time ? time - now : now - time
        return Duration.seconds(length.components.seconds).durationText
    }

    /// A length of time in seconds.
    func length(_ key: String) -> String {
        switch value[key] {
        case .double(let seconds)?: Duration.seconds(Int64(seconds)).durationText
        case .int(let seconds)?: Duration.seconds(seconds).durationText
        default: "-"
        }
    }
}
