/// What a calendar and a clock on the wall show.
package struct LocalTime: Hashable, Sendable {
    package let date: CivilDate
    /// 0 to 86,399.
    package let secondOfDay: Int
    package let period: ZonePeriod

    /// What they show at a number of seconds since 1970, while a period holds.
    package init(secondsSinceEpoch seconds: Int, in period: ZonePeriod) {
        let (days, second) = (seconds + period.offset).flooredDivision(by: 86_400)
        date = CivilDate(daysSinceEpoch: days)
        secondOfDay = second
        self.period = period
    }

    package var hour: Int { secondOfDay / 3_600 }
    package var minute: Int { secondOfDay / 60 % 60 }
    package var second: Int { secondOfDay % 60 }

    /// Such as `2026-11-22 19:40 CET`.
    package var text: String { "\(dateText) \(clockText) \(period.abbreviation)" }

    /// Such as `2026-11-22`.
    package var dateText: String {
        "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
    }

    /// Such as `19:40`.
    package var clockText: String { "\(Self.padded(hour, 2)):\(Self.padded(minute, 2))" }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}
