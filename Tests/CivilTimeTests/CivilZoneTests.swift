import CivilTime
import Testing

@Suite struct `Clocks on the wall` {
    /// 2026-03-29T01:00:00Z, when clocks of Berlin go from 02:00 to 03:00.
    private static let spring = 1_774_746_000
    /// 2026-10-25T01:00:00Z, when they go from 03:00 back to 02:00.
    private static let autumn = 1_792_890_000

    @Test(
        arguments: [
            ("Europe/Berlin", 1_795_374_000, "2026-11-22 20:00 CET"),
            ("Europe/Berlin", spring - 1, "2026-03-29 01:59 CET"),
            ("Europe/Berlin", spring, "2026-03-29 03:00 CEST"),
            ("Europe/Berlin", autumn - 1, "2026-10-25 02:59 CEST"),
            ("Europe/Berlin", autumn, "2026-10-25 02:00 CET"),
            ("Asia/Kathmandu", 1_795_374_000, "2026-11-23 00:45 +0545"),
            ("America/New_York", 4_102_444_800, "2099-12-31 19:00 EST"),
            ("Australia/Lord_Howe", 1_795_374_000, "2026-11-23 06:00 +11"),
            ("UTC", 0, "1970-01-01 00:00 UTC"),
            ("+05:30", 0, "1970-01-01 05:30 +05:30"),
            ("-3:00", 0, "1969-12-31 21:00 -3:00"),
        ]
    )
    func `show the zone's time under its name`(_ zone: String, _ seconds: Int, _ text: String) {
        #expect(TimeZones.shared.zone(zone)?.local(at: seconds).text == text)
    }

    @Test(
        arguments: [
            "Europe/Berlni", "", "/etc/passwd", "../etc/passwd", "Europe", "Europe/", "+24:00", "+1:60",
            "+:00",
            "posixrules.bak", "Europe//Berlin",
        ]
    )
    func `know no zone of a wrong name`(_ zone: String) {
        #expect(TimeZones.shared.zone(zone) == nil)
        #expect(TimeZones.shared.offset(of: zone, at: 0) == nil)
    }

    @Test(
        arguments: [
            (3, 29, 1, 59, spring - 60), (3, 29, 2, 0, spring), (3, 29, 2, 30, spring), (3, 29, 3, 0, spring),
            (3, 29, 3, 1, spring + 60), (10, 25, 1, 59, autumn - 3_660), (10, 25, 2, 0, autumn - 3_600),
            (10, 25, 2, 30, autumn - 1_800), (10, 25, 3, 0, autumn + 3_600), (10, 24, 27, 0, autumn + 3_600),
            (11, 22, 20, 0, 1_795_374_000),
        ]
    )
    func `come to a time first before they are set back, and jump over it in spring`(
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        _ seconds: Int
    ) throws {
        let zone = try #require(TimeZones.shared.zone("Europe/Berlin"))
        let date = try #require(CivilDate(year: 2026, month: month, day: day))
        #expect(zone.seconds(of: date, secondOfDay: hour * 3_600 + minute * 60) == seconds)
    }

    @Test(arguments: ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
    func `never come to a time before they show it`(_ name: String) throws {
        let zone = try #require(TimeZones.shared.zone(name))
        for day in stride(from: 14_000, to: 21_000, by: 13) {
            for second in [0, 5_400, 9_000, 43_200, 86_399] {
                let date = CivilDate(daysSinceEpoch: day)
                let seconds = zone.seconds(of: date, secondOfDay: second)
                let (now, before) = (zone.local(at: seconds), zone.local(at: seconds - 1))
                #expect((now.date, now.secondOfDay) >= (date, second))
                #expect((before.date, before.secondOfDay) < (date, second))
            }
        }
    }

    @Test func `dates count days both ways`() {
        for day in stride(from: -800_000, to: 800_000, by: 997) {
            #expect(CivilDate(daysSinceEpoch: day).daysSinceEpoch == day)
        }
        #expect(CivilDate(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilDate(daysSinceEpoch: 20_779).dayOfWeek == 0)
    }
}
