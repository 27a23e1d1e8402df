import CivilTime

extension Timestamp {
    /// The time in UTC as RFC 3339 has it, with no more digits of fraction than it takes:
    /// `2026-11-22T12:00:00Z`, `2026-11-22T12:00:00.25Z`.
    ///
    /// Years outside of 0000 to 9999, which RFC 3339 cannot say, get a sign and are not read back.
    package var rfc3339: String {
        let (seconds, fraction) = Int(microseconds).flooredDivision(by: 1_000_000)
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        var text = Timestamp.years.contains(date.year) ? "" : date.year < 0 ? "-" : "+"
        text +=
            padded(abs(date.year), to: 4) + "-" + padded(date.month, to: 2) + "-" + padded(date.day, to: 2)
        text += "T" + padded(secondOfDay / 3600, to: 2)
        text += ":" + padded(secondOfDay / 60 % 60, to: 2)
        text += ":" + padded(secondOfDay % 60, to: 2)
        if fraction > 0 {
            var digits = padded(fraction, to: 6)[...]
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + "Z"
    }

    /// The same to the second, for people: `2025-08-20T12:49:08Z`.
    package var rfc3339Seconds: String {
        Timestamp(seconds: Int64(Int(microseconds).flooredDivision(by: 1_000_000).quotient)).rfc3339
    }

    /// Reads an RFC 3339 date and time with `Z` or an offset; nil for anything else.
    ///
    /// Digits beyond microseconds are cut off. A leap second, which only the end of a month in UTC
    /// may have, is the second that follows it.
    package init?(rfc3339 text: String) {
        var reader = RFC3339Reader(text)
        guard let time = reader.read() else { return nil }
        self = time
    }

    /// The years that RFC 3339 has words for.
    fileprivate static let years: ClosedRange<Int> = 0...9999
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Reads the parts of a timestamp from left to right.
private struct RFC3339Reader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    mutating func read() -> Timestamp? {
        guard let date = readDate(), skip("T") || skip("t"),
            let hour = number(digits: 2, upTo: 23), skip(":"),
            let minute = number(digits: 2, upTo: 59), skip(":"),
            let second = number(digits: 2, upTo: 60),
            let fraction = readFraction(), let offset = readOffset(), rest.isEmpty
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let civil = CivilDate(daysSinceEpoch: days)
        guard Timestamp.years.contains(civil.year) else { return nil }
        if second == 60 {
            guard secondOfDay == 0, civil.day == 1 else { return nil }
        }
        return Timestamp(microseconds: Int64(seconds * 1_000_000 + fraction))
    }

    private mutating func readDate() -> CivilDate? {
        guard let year = number(digits: 4, upTo: 9999), skip("-"),
            let month = number(digits: 2, upTo: 12), skip("-"),
            let day = number(digits: 2, upTo: 31)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// The fraction in microseconds: 0 where there is none, nil where it has no digits.
    private mutating func readFraction() -> Int? {
        guard skip(".") else { return 0 }
        var microseconds = 0
        var weight = 100_000
        let before = rest.count
        while let digit = digit() {
            microseconds += digit * weight
            weight /= 10
        }
        return rest.count < before ? microseconds : nil
    }

    /// The offset from UTC in seconds.
    private mutating func readOffset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let isNegative = skip("-")
        guard isNegative || skip("+"), let hours = number(digits: 2, upTo: 23), skip(":"),
            let minutes = number(digits: 2, upTo: 59)
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return isNegative ? -seconds : seconds
    }

    private mutating func number(digits count: Int, upTo limit: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value <= limit ? value : nil
    }

    private mutating func digit() -> Int? {
        guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }
}
