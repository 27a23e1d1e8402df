import CivilTime
import LookoutAlerting
import LookoutModel
import Testing

/// Windows of maintenance around now, at every hour of a day.
///
/// The rows re-express those of Gatus's `config/maintenance/maintenance_test.go` (TestConfig_IsUnderMaintenance;
/// Copyright TwiN, Apache License 2.0) as data; there "now" is whenever the test runs. One that is disabled has no
/// counterpart: what is not planned is not in the configuration.
struct MaintenanceTableTests {
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        /// How many hours before the hour that a clock in the zone shows now it begins.
        var hoursAgo = 0
        /// In hours.
        var length: Int
        var zone = "UTC"
        /// The zone whose clock shows now.
        var clock: String?
        /// The days on which it begins, seen from today (0); nil is each day.
        var days: [Int]?
        var isUnderMaintenance: Bool
    }

    static let rows = [
        Row(testDescription: "from now on for 2 h", length: 2, isUnderMaintenance: true),
        Row(testDescription: "from now on for 8 h", length: 8, isUnderMaintenance: true),
        Row(
            testDescription: "from now on for 8 h, on all days by name",
            length: 8,
            days: Array(0..<7),
            isUnderMaintenance: true
        ),
        Row(
            testDescription: "from now on for 23 h, on all days by name",
            length: 23,
            days: Array(0..<7),
            isUnderMaintenance: true
        ),
        Row(testDescription: "since 4 h for 8 h", hoursAgo: 4, length: 8, isUnderMaintenance: true),
        Row(testDescription: "since 22 h for 23 h", hoursAgo: 22, length: 23, isUnderMaintenance: true),
        Row(testDescription: "since 22 h for 24 h", hoursAgo: 22, length: 24, isUnderMaintenance: true),
        Row(
            testDescription: "from now on in Amsterdam for 2 h",
            length: 2,
            zone: "Europe/Amsterdam",
            isUnderMaintenance: true
        ),
        Row(
            testDescription: "from now on in Perth for 2 h",
            length: 2,
            zone: "Australia/Perth",
            isUnderMaintenance: true
        ),
        Row(
            testDescription: "in Los Angeles, when clocks there show what those in London do now",
            length: 2,
            zone: "America/Los_Angeles",
            clock: "UTC",
            days: [0],
            isUnderMaintenance: false
        ),
        Row(testDescription: "since 4 h for 3 h", hoursAgo: 4, length: 3, isUnderMaintenance: false),
        Row(testDescription: "since 5 h for 1 h", hoursAgo: 5, length: 1, isUnderMaintenance: false),
        Row(testDescription: "not today", length: 1, days: [2], isUnderMaintenance: false),
        Row(testDescription: "not today, for 24 h", length: 24, days: [2], isUnderMaintenance: false),
    ]

    /// Days on which clocks in Amsterdam are left alone, set forward and set back.
    private static let midnights = ["2026-11-22", "2026-03-29", "2026-10-25"]

    @Test(arguments: rows, midnights)
    func `maintenance holds back what fires within it`(row: Row, midnight: String) throws {
        for hour in 0..<24 {
            let clock = hour < 10 ? "0\(hour)" : "\(hour)"
            let now = try #require(Timestamp(rfc3339: "\(midnight)T\(clock):30:00Z"))
            let work = Maintenance(
                name: "work",
                matchers: [LabelMatcher("alertname", .equal("down"))],
                windows: [.recurring(try Self.window(row, at: now))]
            )
            #expect(work.isInForce(at: now) == row.isUnderMaintenance, "at \(clock):30")
            var crowd = AlertCrowd(["down"], policy: AlertPolicy(maintenance: [work]), at: now)
            #expect(crowd.judge(["down": "2"], at: 0).isEmpty == row.isUnderMaintenance, "at \(clock):30")
        }
    }

    private static func window(_ row: Row, at now: Timestamp) throws -> RecurringWindow {
        let zone = try #require(TimeZones.shared.zone(row.zone))
        let clock = try #require(TimeZones.shared.zone(row.clock ?? row.zone))
        let local = clock.local(at: Int(now.microseconds / 1_000_000))
        let begin = (local.secondOfDay / 3_600 - row.hoursAgo + 24) % 24 * 60
        let weekdays = row.days?.map { (local.date.dayOfWeek + $0) % 7 }
        return RecurringWindow(
            times: [begin..<begin + row.length * 60],
            weekdays: (weekdays ?? []).map { $0...$0 },
            zone: zone
        )
    }
}
