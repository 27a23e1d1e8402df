import LookoutSettings

/// What a calendar counts by: its numbers, and the words for them.
protocol CalendarUnit: Sendable {
    static var numbers: ClosedRange<Int> { get }
    /// In the order of the numbers; empty where there are none.
    static var names: [String] { get }
    /// For messages: "a weekday such as monday, or monday:friday".
    static var example: String { get }
}

/// Days of the week, 0 for Sunday.
enum Weekday: CalendarUnit {
    static let numbers = 0...6
    static let names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    static let example = "a weekday such as saturday, or monday:friday"
}

/// Months of the year.
enum Month: CalendarUnit {
    static let numbers = 1...12
    static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]
    static let example = "a month such as december or 12, or june:august"
}

/// Years.
enum Year: CalendarUnit {
    static let numbers = 1970...9999
    static let names: [String] = []
    static let example = "a year such as 2027, or 2027:2029"
}

/// Days of a month; negative ones count from its end.
enum MonthDay: CalendarUnit {
    static let numbers = -31...31
    static let names: [String] = []
    static let example = "a day such as 1 or -1 (the last one), or 1:7"
}

/// One number or name of a unit, or two with a colon between them.
struct CalendarRange<Unit: CalendarUnit>: SettingsValue {
    static var shape: Shape { .string(pattern: nil) }

    let first: Int
    let last: Int

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: Unit.example) else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.map(Self.number)
        if let wrong = parts.first(where: { Self.number($0) == nil }), !wrong.isEmpty {
            let guess = Spelling.nearest(to: wrong, among: Unit.names).map { "did you mean \"\($0)\"?" }
            context.error(
                "expected \(Unit.example), found \"\(text.shortened)\"",
                at: node,
                hint: guess ?? Self.hint
            )
            return nil
        }
        guard (1...2).contains(parts.count), let first = numbers.first ?? nil, let last = numbers.last ?? nil,
            Self.isInOrder(first, last)
        else {
            context.error("expected \(Unit.example), found \"\(text.shortened)\"", at: node, hint: Self.hint)
            return nil
        }
        self.first = first
        self.last = last
    }

    /// The range where no number counts from the end.
    var closed: ClosedRange<Int> { first...max(first, last) }

    private static var hint: String {
        Unit.names.isEmpty
            ? "from \(Unit.numbers.lowerBound) to \(Unit.numbers.upperBound), the earlier one first"
            : "\(Unit.names.joined(separator: ", ")), the earlier one first"
    }

    private static func number(_ text: String) -> Int? {
        if let index = Unit.names.firstIndex(of: text.lowercased()) { return Unit.numbers.lowerBound + index }
        // Sunday has a name and no number, as in Alertmanager.
        if Unit.self == Weekday.self { return nil }
        guard let number = Int(text), Unit.numbers.contains(number) else { return nil }
        return number == 0 && Unit.numbers.lowerBound < 0 ? nil : number
    }

    /// Whether the first may come before the last; a day from the beginning and one from the end may or may
    /// not, but not the other way round.
    private static func isInOrder(_ first: Int, _ last: Int) -> Bool {
        if first < 0, last > 0 { return false }
        return first <= last || first > 0 && last < 0
    }
}
