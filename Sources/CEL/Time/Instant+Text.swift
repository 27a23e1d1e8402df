internal import CivilTime

/// RFC 3339, as strictly as cel-go: upper-case T and Z, no leap seconds, four-digit years.
extension Instant: CustomStringConvertible {
    package var description: String {
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let time = [secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60]
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T"
            + time.map { Self.padded($0, 2) }.joined(separator: ":")
            + Self.fraction(Int(nanoseconds)) + "Z"
    }

    /// The point that a text names; nil when it is malformed, or beyond the years 1 to 9999.
    init?(rfc3339 text: String) {
        var reader = DigitReader(text)
        guard let year = reader.digits(4), reader.accept("-"), let month = reader.digits(2),
            reader.accept("-"),
            let day = reader.digits(2), reader.accept("T"), let hour = reader.digits(2), reader.accept(":"),
            let minute = reader.digits(2), reader.accept(":"), let second = reader.digits(2),
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60,
            let nanoseconds = reader.fraction(), let offset = reader.zoneOffset(), reader.isAtEnd
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
        guard Self.range.contains(seconds) else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// A fraction of a second without trailing zeros, with its point; empty for none.
    static func fraction(_ nanoseconds: Int) -> String {
        guard nanoseconds != 0 else { return "" }
        var digits = padded(nanoseconds, 9)
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return ".\(digits)"
    }
}

/// Reads fixed numbers of digits and marks from a text.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func accept(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        guard rest.count >= count, rest.prefix(count).allSatisfy(\.isDigit) else { return nil }
        let number = rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        rest.removeFirst(count)
        return number
    }

    /// The nanoseconds after a decimal point: 0 without one, nil for a point without digits.
    mutating func fraction() -> Int? {
        guard accept(".") else { return 0 }
        var nanoseconds = 0
        var count = 0
        while let digit = digits(1) {
            if count < 9 { nanoseconds = nanoseconds * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { nanoseconds *= 10 }
        return nanoseconds
    }

    /// The seconds east of Greenwich of `Z` or `+hh:mm`.
    mutating func zoneOffset() -> Int? {
        if accept("Z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard accept("+") || accept("-"), let hours = digits(2), accept(":"), let minutes = digits(2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    }
}
