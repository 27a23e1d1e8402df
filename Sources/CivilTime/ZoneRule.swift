/// The yearly rule at the end of a TZif file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 8536 §3.3).
struct ZoneRule: Sendable {
    /// A moment of each year, in local time.
    private struct Change {
        private enum Day {
            /// Day 1 to 365, never the 29th of February.
            case julian(Int)
            /// Day 0 to 365.
            case dayOfYear(Int)
            case weekday(month: Int, week: Int, day: Int)
        }

        private let day: Day
        private let secondOfDay: Int

        init?(_ reader: inout RuleReader) {
            if reader.accept("J") {
                guard let number = reader.number() else { return nil }
                day = .julian(number)
            } else if reader.accept("M") {
                guard let month = reader.number(), (1...12).contains(month), reader.accept("."),
                    let week = reader.number(), (1...5).contains(week), reader.accept("."),
                    let weekday = reader.number(), (0...6).contains(weekday)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else {
                guard let number = reader.number() else { return nil }
                day = .dayOfYear(number)
            }
            if reader.accept("/") {
                guard let time = reader.time() else { return nil }
                secondOfDay = time
            } else {
                secondOfDay = 2 * 3_600
            }
        }

        /// The moment in a year, as if local time were universal time.
        func seconds(in year: Int) -> Int {
            let january = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
            let days: Int
            switch day {
            case .julian(let number):
                days = january + number - (CivilDate.isLeap(year) && number > 59 ? 0 : 1)
            case .dayOfYear(let number): days = january + number
            case .weekday(let month, let week, let weekday):
                days = Self.day(weekday, week: week, of: month, in: year)
            }
            return days * 86_400 + secondOfDay
        }

        private static func day(_ weekday: Int, week: Int, of month: Int, in year: Int) -> Int {
            guard let first = CivilDate(year: year, month: month, day: 1) else { return 0 }
            let ahead = (weekday - first.dayOfWeek + 7) % 7
            var day = 1 + ahead + (week - 1) * 7
            // Week 5 means the last one.
            while CivilDate(year: year, month: month, day: day) == nil { day -= 7 }
            return first.daysSinceEpoch + day - 1
        }
    }

    private let standard: ZonePeriod
    private let summer: (period: ZonePeriod, begins: Change, ends: Change)?

    init?(footer: ArraySlice<UInt8>) {
        var reader = RuleReader(rest: footer)
        guard reader.accept("\n"), let name = reader.name(), let standard = reader.time() else { return nil }
        self.standard = ZonePeriod(offset: -standard, abbreviation: name)
        if reader.accept("\n") {
            summer = nil
            return
        }
        guard let summerName = reader.name() else { return nil }
        var offset = self.standard.offset + 3_600
        if !reader.accept(",") {
            guard let time = reader.time(), reader.accept(",") else { return nil }
            offset = -time
        }
        guard let begins = Change(&reader), reader.accept(","), let ends = Change(&reader) else { return nil }
        summer = (ZonePeriod(offset: offset, abbreviation: summerName), begins, ends)
    }

    func period(at seconds: Int) -> ZonePeriod {
        guard let summer else { return standard }
        let days = (seconds + standard.offset).flooredDivision(by: 86_400).quotient
        let year = CivilDate(daysSinceEpoch: days).year
        let begins = summer.begins.seconds(in: year) - standard.offset
        let ends = summer.ends.seconds(in: year) - summer.period.offset
        let isSummer = begins < ends ? (begins..<ends).contains(seconds) : !(ends..<begins).contains(seconds)
        return isSummer ? summer.period : standard
    }
}

/// Reads the words of a zone's rule.
private struct RuleReader {
    var rest: ArraySlice<UInt8>

    mutating func accept(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// An abbreviation: letters, or anything in angle brackets.
    mutating func name() -> String? {
        if accept("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return String(decoding: rest[..<end], as: UTF8.self)
        }
        let letters = rest.prefix(while: \.isLetter)
        rest = rest.dropFirst(letters.count)
        return letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
    }

    mutating func number() -> Int? {
        let digits = rest.prefix(while: \.isDigit)
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// The seconds of `[+-]hh[:mm[:ss]]`.
    mutating func time() -> Int? {
        let sign = accept("-") ? -1 : 1
        if sign == 1 { _ = accept("+") }
        guard let hours = number() else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where accept(":") {
            guard let part = number() else { return nil }
            seconds += part * unit
        }
        return sign * seconds
    }
}
