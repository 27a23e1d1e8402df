internal import CivilTime
import LookoutAlerting
import LookoutModel
import LookoutSettings

/// One entry of a time interval: times that come again, or a span from a time to another.
struct TimeIntervalSettings: Settings {
    var times: [ClockSpanSettings] = []
    var weekdays: [CalendarRange<Weekday>] = []
    var daysOfMonth: [CalendarRange<MonthDay>] = []
    var months: [CalendarRange<Month>] = []
    var years: [CalendarRange<Year>] = []
    var firstDate: DateSettings?
    var lastDate: DateSettings?
    var begin: Located<String>?
    var end: Located<String>?
    var location: ZoneSettings?

    static var fields: [Field<TimeIntervalSettings>] {
        [
            Field("times", \.times, "Spans of the day such as 09:00-17:00; 22:00-02:00 is over midnight."),
            Field("weekdays", \.weekdays, "Such as saturday or monday:friday."),
            Field("days_of_month", \.daysOfMonth, "Such as 1 or 1:7; -1 is the last day."),
            Field("months", \.months, "Such as december or june:august."),
            Field("years", \.years, "Such as 2027 or 2027:2029."),
            Field("first_date", \.firstDate, "The first day on which it begins, such as 2026-12-24."),
            Field("last_date", \.lastDate, "The last day on which it begins."),
            Field("starts_at", \.begin, "For once only: when it begins, such as 2026-12-24T22:00."),
            Field("ends_at", \.end, "For once only: when it ends."),
            Field("location", \.location, "The time zone of all that, such as Europe/Berlin. Default: UTC."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        let isOnce = begin != nil || end != nil
        if isOnce, begin == nil || end == nil {
            context.error("\"starts_at\" and \"ends_at\" belong together", at: node)
        }
        let recurring = Self.recurringKeys.first { node[$0] != nil }
        if isOnce, let recurring {
            context.error(
                "what happens once has no \"\(recurring)\"",
                at: node[recurring] ?? node,
                hint: "leave it out, or make it another entry of the list"
            )
        } else if !isOnce, recurring == nil {
            context.error(
                "the time interval is empty, so it would be always",
                at: node,
                hint: "say times, weekdays, days_of_month, months, years, or starts_at and ends_at"
            )
        }
        if let first = firstDate?.date, let last = lastDate?.date, last < first {
            context.error("the last date is before the first", at: node["last_date"] ?? node)
        }
        let times = (begin: time(begin, &context), end: time(end, &context))
        if let begin = times.begin, let end = times.end, end <= begin {
            context.error("it ends before it begins", at: node["ends_at"] ?? node)
        }
    }

    /// The window that this says; nil where it was reported to be wrong.
    var window: TimeWindow? {
        var unheard = SettingsContext()
        if begin != nil || end != nil {
            guard let begin = time(begin, &unheard), let end = time(end, &unheard) else { return nil }
            return .once(from: begin, to: end)
        }
        return .recurring(
            RecurringWindow(
                times: times.map(\.minutes),
                weekdays: weekdays.map(\.closed),
                daysOfMonth: daysOfMonth.map { RecurringWindow.MonthDays($0.first, through: $0.last) },
                months: months.map(\.closed),
                years: years.map(\.closed),
                firstDate: firstDate?.date,
                lastDate: lastDate?.date,
                zone: zone
            )
        )
    }

    private static let recurringKeys = [
        "times", "weekdays", "days_of_month", "months", "years", "first_date", "last_date",
    ]

    private var zone: CivilZone { location?.zone ?? .utc }

    /// A time with an offset, or one of the location; nil after reporting that it is neither.
    private func time(_ text: Located<String>?, _ context: inout SettingsContext) -> Timestamp? {
        guard let text else { return nil }
        if let time = Timestamp(rfc3339: text.value) { return time }
        let parts = text.value.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, let date = CivilDate(parts[0]), let minute = ClockSpanSettings.minute(parts[1]) {
            return Timestamp(seconds: Int64(zone.seconds(of: date, secondOfDay: minute * 60)))
        }
        context.diagnostics.error(
            "\"\(text.value.shortened)\" is not a time",
            at: text.position,
            hint:
                "write 2026-12-24T22:00 for the location's clocks, or with an offset 2026-12-24T22:00:00+01:00"
        )
        return nil
    }
}
