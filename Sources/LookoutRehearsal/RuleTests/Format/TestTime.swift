import LookoutModel
import LookoutSettings

/// A time of a test, counted from its start: `0`, `90s`, `1h30m`, `2w`; as promtool writes durations.
struct TestTime: SettingsValue, Hashable, Comparable {
    static var shape: Shape { .string(pattern: nil) }

    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .scalar(let text, _) = node.content, let duration = Duration(testTime: text) else {
            context.error(
                "expected a time such as 5m, found \(node.kindForPeople)",
                at: node,
                hint: "write 0, or numbers and units from y, w, d, h, m, s, ms, the largest first: 90s, 1h30m"
            )
            return nil
        }
        self.duration = duration
    }

    static func < (left: TestTime, right: TestTime) -> Bool {
        left.duration < right.duration
    }
}

/// A length of time that may be negative: how far a clock is set.
struct SignedTime: SettingsValue, Hashable {
    static var shape: Shape { .string(pattern: nil) }

    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .scalar(let text, _) = node.content,
            let length = Duration(testTime: String(text.first == "-" ? text.dropFirst() : text[...]))
        else {
            context.error(
                "expected a time such as 1h or -1h, found \(node.kindForPeople)",
                at: node
            )
            return nil
        }
        duration = text.hasPrefix("-") ? .zero - length : length
    }
}

extension Duration {
    /// Parses what Prometheus takes for a duration: `0`, and besides the usual units `w` and `y` (365 days).
    init?(testTime text: String) {
        if text == "0" {
            self = .zero
            return
        }
        var rest = text[...]
        var days = 0
        for (unit, length) in [("y", 365), ("w", 7)] {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard !digits.isEmpty, rest.dropFirst(digits.count).hasPrefix(unit) else { continue }
            guard let number = Int(digits), number <= 5300 else { return nil }
            days += number * length
            rest = rest.dropFirst(digits.count + 1)
        }
        guard days <= 36_500 else { return nil }
        let whole = Duration.seconds(days * 86_400)
        if rest.isEmpty, days > 0 || text != "" {
            self = whole
            return
        }
        guard let remainder = Duration(durationText: String(rest)) else { return nil }
        self = whole + remainder
    }
}

/// When a test begins on the calendar: Unix seconds or RFC 3339.
struct StartTime: SettingsValue, Hashable {
    static var shape: Shape { .oneOf([.number, .string(pattern: nil)]) }

    let timestamp: Timestamp

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard case .scalar(let text, _) = node.content, let timestamp = Self.timestamp(text) else {
            context.error(
                "expected a time, found \(node.kindForPeople)",
                at: node,
                hint: "Unix seconds, or RFC 3339 such as 2026-11-22T12:00:00Z"
            )
            return nil
        }
        self.timestamp = timestamp
    }

    /// Seconds of the years that RFC 3339 has words for.
    private static let seconds = -62_167_219_200.0...253_402_300_799.0

    private static func timestamp(_ text: String) -> Timestamp? {
        if let time = Timestamp(rfc3339: text) { return time }
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text),
            seconds.contains(number)
        else { return nil }
        return Timestamp(microseconds: Int64((number * 1_000_000).rounded()))
    }
}
