import CivilTime
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct `Timestamps as RFC 3339` {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00Z"), (951_868_799_500_000, "2000-02-29T23:59:59.5Z"),
            (1_709_164_800_000_001, "2024-02-29T00:00:00.000001Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00Z"),
            (4_107_456_000_000_000, "2100-02-28T00:00:00Z"),
            (1_795_262_400_120_000, "2026-11-21T12:00:00.12Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func `a time and its text belong together`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        arguments: [
            ("2026-11-22T14:30:00+02:00", "2026-11-22T12:30:00Z"),
            ("2026-11-22T00:30:00+01:00", "2026-11-21T23:30:00Z"),
            ("2026-12-31T23:59:59-00:30", "2027-01-01T00:29:59Z"),
            ("2026-11-22t12:00:00z", "2026-11-22T12:00:00Z"),
            ("2026-11-22T12:00:00-00:00", "2026-11-22T12:00:00Z"),
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z"),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z"),
            ("1990-12-31T23:59:60Z", "1991-01-01T00:00:00Z"),
            ("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z"),
            ("2026-11-22T12:00:00.1234567899Z", "2026-11-22T12:00:00.123456Z"),
            ("2026-11-22T12:00:00.000Z", "2026-11-22T12:00:00Z"),
            ("2026-11-22T23:59:59+23:59", "2026-11-22T00:00:59Z"),
        ]
    )
    func `other ways to say a time are read`(text: String, normal: String) {
        #expect(Timestamp(rfc3339: text)?.rfc3339 == normal)
    }

    @Test(
        arguments: [
            "", "2026", "2026-11-22", "2026-11-22T12:00:00", "2026-11-22 12:00:00Z", "2026-11-22T12:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T12:60:00Z", "2026-11-22T12:00:61Z", "2026-11-22T12:00:60Z", "2026-11-22T23:59:60Z",
            "1990-12-31T23:59:60-08:00", "2026-11-22T12:00:00.Z", "2026-11-22T12:00:00,5Z",
            "2026-11-22T12:00:00+0100", "2026-11-22T12:00:00+24:00", "2026-11-22T12:00:00+01:60",
            "2026-11-22T12:00:00+01", "2026-11-22T12:00:00Zx", " 2026-11-22T12:00:00Z", "26-11-22T12:00:00Z",
            "12026-11-22T12:00:00Z", "+2026-11-22T12:00:00Z", "2026-1-22T12:00:00Z", "२०२६-11-22T12:00:00Z",
            "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        ]
    )
    func `what is no RFC 3339 time is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (999_999, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (1_755_691_748_073_300, "2025-08-20T12:09:08Z"),
    ])
    func `people are told times to the second, as clocks show them`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339Seconds == text)
    }

    @Test func `every time of four-digit years reads back from its text`() async {
        await checkAll(cases: 500) { generator in
            let range: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_999
            let time = Timestamp(microseconds: Int64.random(in: range, using: &generator))
            try #require(Timestamp(rfc3339: time.rfc3339) == time)
        }
    }

    @Test(arguments: [Int64.min, .max]) func `the farthest times have a text that is not read back`(
        edge: Int64
    ) {
        let text = Timestamp(microseconds: edge).rfc3339
        #expect(text == (edge < 0 ? "-290308-12-21T19:59:05.224192Z" : "+294247-01-10T04:00:54.775807Z"))
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `each day of eight centuries follows the one before it`() throws {
        var expected = try #require(CivilDate(year: 1600, month: 1, day: 1))
        for number in expected.daysSinceEpoch..<(expected.daysSinceEpoch + 2 * 146_097) {
            let date = CivilDate(daysSinceEpoch: number)
            guard date == expected, date.daysSinceEpoch == number else {
                Issue.record("day \(number) is \(date), not \(expected)")
                return
            }
            let isLastOfMonth = date.day == CivilDate.length(of: date.month, in: date.year)
            let isLastOfYear = isLastOfMonth && date.month == 12
            let next = CivilDate(
                year: date.year + (isLastOfYear ? 1 : 0),
                month: isLastOfYear ? 1 : date.month + (isLastOfMonth ? 1 : 0),
                day: isLastOfMonth ? 1 : date.day + 1
            )
            guard let next else {
                Issue.record("there is no day after \(date)")
                return
            }
            expected = next
        }
    }
}
