import CivilTime
import LookoutAlerting
import LookoutModel
import Testing

/// When windows are open.
///
/// The rows of the first table re-express those of Alertmanager's
/// `timeinterval/timeinterval_test.go` (Copyright 2020 Prometheus Team, Apache License 2.0) as data.
struct TimeWindowTests {
    /// A window, times within it and times without.
    struct Row: CustomTestStringConvertible {
        var name: String
        var window: RecurringWindow
        var within: [String] = []
        var without: [String] = []

        var testDescription: String { name }
    }

    private static func zone(_ name: String) -> CivilZone { TimeZones.shared.zone(name) ?? .utc }

    private static let office = RecurringWindow(times: [540..<1020], weekdays: [1...5])

    private static func office(in zone: String, months: [ClosedRange<Int>] = []) -> RecurringWindow {
        RecurringWindow(times: [540..<1020], weekdays: [1...5], months: months, zone: self.zone(zone))
    }

    static let rows = [
        Row(name: "anything", window: RecurringWindow(), within: ["2006-01-02T15:04Z", "2007-01-03T10:04Z"]),
        Row(
            name: "9 to 17, monday to friday",
            window: office,
            within: ["2020-05-04T15:04Z", "2020-05-05T10:04Z", "2020-06-09T09:04Z", "2020-07-08T09:00Z"],
            without: ["2020-05-03T15:04Z", "2020-05-04T08:59Z", "2020-05-05T05:00Z", "2020-07-08T17:00Z"]
        ),
        Row(
            name: "Easter 2020",
            window: RecurringWindow(
                daysOfMonth: [.init(4, through: 6)],
                months: [4...4],
                years: [2020...2020]
            ),
            within: ["2020-04-04T15:04Z", "2020-04-05T00:00Z", "2020-04-06T23:05Z"],
            without: ["2018-05-03T15:04Z", "2020-04-03T23:59Z", "2019-04-06T23:59Z", "2020-04-07T00:00Z"]
        ),
        Row(
            name: "the last three days of each month",
            window: RecurringWindow(daysOfMonth: [.init(-3, through: -1)]),
            within: ["2020-01-31T15:04Z", "2020-01-29T15:04Z", "2020-06-30T00:00Z", "2020-02-29T23:05Z"],
            without: ["2020-01-27T15:04Z", "2020-04-07T00:00Z", "2020-03-01T00:00Z"]
        ),
        Row(
            name: "days beyond a month do not reach into others",
            window: RecurringWindow(daysOfMonth: [.init(-31, through: 31)], months: [6...6]),
            within: ["2020-06-30T00:00Z", "2020-06-01T00:00Z"],
            without: ["2020-05-31T00:00Z", "2020-07-01T00:00Z"]
        ),
        Row(
            name: "a first day beyond the month is no day of it",
            window: RecurringWindow(daysOfMonth: [.init(30, through: 31)], months: [2...2]),
            without: ["2021-02-28T13:00Z"]
        ),
        Row(
            name: "Sydney in winter",
            window: office(in: "Australia/Sydney"),
            within: ["2021-04-06T03:00Z"],
            without: ["2021-04-06T13:00Z"]
        ),
        Row(
            name: "Sydney in summer",
            window: office(in: "Australia/Sydney", months: [11...11]),
            within: ["2021-10-31T22:00Z"],
            without: ["2021-10-31T21:00Z"]
        ),
        Row(
            name: "several ranges of each",
            window: RecurringWindow(
                times: [780..<900],
                weekdays: [1...3, 6...6, 0...0],
                daysOfMonth: [.init(1, through: 1), .init(10, through: 10), .init(20, through: -1)],
                months: [1...3],
                years: [2020...2023]
            ),
            within: ["2021-01-10T13:00Z", "2021-01-30T14:24Z"],
            without: ["2021-01-09T13:00Z", "2021-01-20T12:59Z", "2021-02-02T13:00Z"]
        ),
        // From here on beyond Alertmanager: over midnight, first and last dates, hours that come twice.
        Row(
            name: "Friday night, over midnight",
            window: RecurringWindow(times: [1320..<1560], weekdays: [5...5]),
            within: ["2026-11-20T22:00Z", "2026-11-21T01:59Z"],
            without: ["2026-11-20T01:00Z", "2026-11-21T02:00Z", "2026-11-21T22:00Z"]
        ),
        Row(
            name: "Mondays from a date to another",
            window: RecurringWindow(
                weekdays: [1...1],
                firstDate: CivilDate(year: 2026, month: 11, day: 16),
                lastDate: CivilDate(year: 2026, month: 11, day: 23)
            ),
            within: ["2026-11-16T00:00Z", "2026-11-23T23:59Z"],
            without: ["2026-11-09T12:00Z", "2026-11-30T12:00Z"]
        ),
        Row(
            name: "an hour that is left out in spring",
            window: RecurringWindow(times: [120..<180], zone: zone("Europe/Berlin")),
            within: ["2026-03-28T01:00Z", "2026-03-30T00:30Z"],
            without: ["2026-03-29T00:59Z", "2026-03-29T01:00Z", "2026-03-29T01:59Z"]
        ),
        Row(
            name: "an hour that comes twice in autumn",
            window: RecurringWindow(times: [120..<180], zone: zone("Europe/Berlin")),
            within: ["2026-10-25T00:00Z", "2026-10-25T01:59Z"],
            without: ["2026-10-24T23:59Z", "2026-10-25T02:00Z"]
        ),
    ]

    private static func time(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text.replacing("Z", with: ":00Z")))
    }

    @Test(arguments: rows)
    func `a window is open at its times and at no others`(_ row: Row) throws {
        let window = TimeWindow.recurring(row.window)
        for text in row.within { #expect(window.contains(try Self.time(text)), "\(text)") }
        for text in row.without { #expect(!window.contains(try Self.time(text)), "\(text)") }
    }

    @Test(arguments: rows)
    func `no window opens or closes between two boundaries`(_ row: Row) throws {
        let windows = TimeWindows(name: row.name, [.recurring(row.window)])
        for text in (row.within + row.without).prefix(4) {
            var time = try Self.time(text) - .seconds(86_400)
            for _ in 0..<12 {
                let isOpen = windows.contains(time)
                let next = try #require(windows.boundary(after: time))
                #expect(next > time)
                for second in stride(from: 0, to: (next - time).components.seconds, by: 540) {
                    let between = time + .seconds(second)
                    #expect(windows.contains(between) == isOpen, "\(between.rfc3339)")
                }
                time = next
            }
        }
    }

    @Test func `what is once is once`() throws {
        let begin = try Self.time("2026-12-24T18:00Z")
        let end = try Self.time("2026-12-27T06:00Z")
        let windows = TimeWindows(name: "holidays", [.once(from: begin, to: end)])
        #expect(!windows.contains(begin - .seconds(1)))
        #expect(windows.contains(begin))
        #expect(!windows.contains(end))
        #expect(windows.boundary(after: begin - .seconds(1)) == begin)
        #expect(windows.end(after: begin) == end)
        #expect(windows.boundary(after: end) == nil)
    }

    @Test func `windows that touch close with the last of them`() throws {
        let nights = RecurringWindow(times: [1320..<1560], zone: Self.zone("Europe/Berlin"))
        let early = RecurringWindow(times: [120..<300], zone: Self.zone("Europe/Berlin"))
        let windows = TimeWindows(name: "work", [.recurring(nights), .recurring(early)])
        let end = windows.end(after: try Self.time("2026-10-24T21:00Z"))
        #expect(end == (try Self.time("2026-10-25T04:00Z")))
    }

    @Test func `what never closes is looked at again within weeks`() throws {
        let now = try Self.time("2026-11-22T12:00Z")
        let end = TimeWindows(name: "always", [.recurring(RecurringWindow())]).end(after: now)
        #expect(end > now + .seconds(7 * 86_400))
    }
}
