/// A day of the Gregorian calendar, extended to all years before it was introduced.
package struct CivilDate: Hashable, Sendable {
    /// The year as astronomers count: the year before 1 is 0.
    package let year: Int64
    /// 1 to 12.
    package let month: Int64
    /// 1 to 31.
    package let day: Int64

    /// The day with these numbers; nil if the calendar has none.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), (1...CivilDate.days(inMonth: month, of: year)).contains(day) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that is so many days after 1970-01-01.
    package init(daysSinceEpoch days: Int64) {
        // Counted from 0000-03-01, so that a leap day is the last day of its year, in eras of 400
        // years, which all have the same length.
        let shifted = days + CivilDate.daysFromMarchOfYearZeroToEpoch
        let era = shifted.dividedDown(by: CivilDate.daysOfEra).quotient
        let dayOfEra = shifted - era * CivilDate.daysOfEra
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / (CivilDate.daysOfEra - 1)
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - CivilDate.daysFromMarch(toMonth: monthFromMarch) + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01, negative before.
    package var daysSinceEpoch: Int64 {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let monthFromMarch = month <= 2 ? month + 9 : month - 3
        let era = yearFromMarch.dividedDown(by: 400).quotient
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = CivilDate.daysFromMarch(toMonth: monthFromMarch) + day - 1
        let dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * CivilDate.daysOfEra + dayOfEra - CivilDate.daysFromMarchOfYearZeroToEpoch
    }

    /// How many days a month has, 28 to 31; the month must be one of 1 to 12.
    package static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static let daysOfEra: Int64 = 146_097
    private static let daysFromMarchOfYearZeroToEpoch: Int64 = 719_468

    /// Days from the first of March to the first of the month that is so many months later: from
    /// March on the lengths repeat as 31, 30, 31, 30, 31, which is 153 days in five months.
    private static func daysFromMarch(toMonth monthFromMarch: Int64) -> Int64 {
        (153 * monthFromMarch + 2) / 5
    }
}

extension Int64 {
    /// Division that rounds down, with a remainder that is never negative; the divisor is positive.
    func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
