package import CivilTime

/// Times that come again, such as Saturdays and Sundays from 22:00 to 02:00 in Berlin.
///
/// It is open whenever the clocks and the calendar of the zone show a time within it. So an hour that comes
/// twice in autumn is open twice, and one that is left out in spring not at all. What is left empty does not
/// restrict it.
package struct RecurringWindow: Hashable, Sendable {
    /// From when to when on a day, in minutes, the end not included; an end beyond 1440 lies on the next day.
    package var times: [Range<Int>]
    /// 0 for Sunday to 6 for Saturday: the days on which it begins, as all that follow.
    package var weekdays: [ClosedRange<Int>]
    package var daysOfMonth: [MonthDays]
    /// 1 to 12.
    package var months: [ClosedRange<Int>]
    package var years: [ClosedRange<Int>]
    /// The first day on which it begins.
    package var firstDate: CivilDate?
    /// The last day on which it begins.
    package var lastDate: CivilDate?
    package var zone: CivilZone

    /// Days of a month; negative ones count from its end, -1 being the last day.
    package struct MonthDays: Hashable, Sendable {
        package var first: Int
        package var last: Int

        package init(_ first: Int, through last: Int) {
            self.first = first
            self.last = last
        }

        func contains(_ date: CivilDate) -> Bool {
            let length = CivilDate.length(of: date.month, in: date.year)
            let begin = first < 0 ? length + first + 1 : first
            let end = last < 0 ? length + last + 1 : last
            return begin <= date.day && date.day <= end
        }
    }

    package init(
        times: [Range<Int>] = [],
        weekdays: [ClosedRange<Int>] = [],
        daysOfMonth: [MonthDays] = [],
        months: [ClosedRange<Int>] = [],
        years: [ClosedRange<Int>] = [],
        firstDate: CivilDate? = nil,
        lastDate: CivilDate? = nil,
        zone: CivilZone = .utc
    ) {
        self.times = times
        self.weekdays = weekdays
        self.daysOfMonth = daysOfMonth
        self.months = months
        self.years = years
        self.firstDate = firstDate
        self.lastDate = lastDate
        self.zone = zone
    }

    /// Whether it is open at a number of seconds since 1970.
    func contains(_ seconds: Int) -> Bool {
        let local = zone.local(at: seconds)
        let yesterday = CivilDate(daysSinceEpoch: local.date.daysSinceEpoch - 1)
        return isOpen(on: local.date, second: local.secondOfDay)
            || isOpen(on: yesterday, second: local.secondOfDay + 86_400)
    }

    /// The next time at which it may open or close: no later than it does.
    func boundary(after seconds: Int) -> Int {
        let today = zone.local(at: seconds).date.daysSinceEpoch
        let minutes = times.flatMap { [$0.lowerBound, $0.upperBound] } + [0]
        let candidates = (today - 1...today + 2).flatMap { day in
            minutes.map { zone.seconds(of: CivilDate(daysSinceEpoch: day), secondOfDay: $0 * 60) }
        }
        let change = zone.firstChange(in: seconds..<seconds + 2 * 86_400)
        return (candidates + [change].compactMap(\.self)).filter { $0 > seconds }.min() ?? seconds + 86_400
    }

    /// Whether it is open so many seconds after the midnight on which a date began.
    private func isOpen(on date: CivilDate, second: Int) -> Bool {
        let isWithin =
            times.isEmpty
            ? second < 86_400 : times.contains { $0.lowerBound * 60 <= second && second < $0.upperBound * 60 }
        return isWithin && begins(on: date)
    }

    private func begins(on date: CivilDate) -> Bool {
        if let firstDate, date < firstDate { return false }
        if let lastDate, lastDate < date { return false }
        return Self.has(date.dayOfWeek, in: weekdays) && Self.has(date.month, in: months)
            && Self.has(date.year, in: years)
            && (daysOfMonth.isEmpty || daysOfMonth.contains { $0.contains(date) })
    }

    private static func has(_ number: Int, in ranges: [ClosedRange<Int>]) -> Bool {
        ranges.isEmpty || ranges.contains { $0.contains(number) }
    }
}
