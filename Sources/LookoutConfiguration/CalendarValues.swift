internal import CivilTime
import LookoutSettings

/// A zone by its IANA name, such as `Europe/Berlin`.
struct ZoneSettings: SettingsValue {
    static var shape: Shape { .string(pattern: nil) }

    let zone: CivilZone

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let name = node.text(&context, expecting: "a time zone such as Europe/Berlin") else {
            return nil
        }
        guard let zone = TimeZones.shared.zone(name) else {
            let known = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Tokyo"]
            let guess = Spelling.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
            context.error(
                "there is no time zone \"\(name.shortened)\"",
                at: node,
                hint: guess ?? "IANA names such as Europe/Berlin, where the system has tzdata"
            )
            return nil
        }
        self.zone = zone
    }
}

/// A span of a day such as `09:00-17:00`, or Alertmanager's `{start_time: "09:00", end_time: "17:00"}`; one
/// that ends no later than it begins ends on the next day.
struct ClockSpanSettings: SettingsValue {
    /// A span in Alertmanager's words.
    private struct Parts: Settings {
        var begin = ""
        var end = ""

        static var fields: [Field<Parts>] {
            [
                Field("start_time", \.begin, "When it begins, such as 09:00.", required: true),
                Field("end_time", \.end, "When it ends, itself not included.", required: true),
            ]
        }
    }

    static var shape: Shape {
        .oneOf([.string(pattern: "^[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$"), Parts.shape])
    }

    /// In minutes from the midnight on which it begins.
    let minutes: Range<Int>

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        let ends: [String]
        if case .mapping = node.content {
            guard let parts = Parts(node, &context) else { return nil }
            ends = [parts.begin, parts.end]
        } else {
            guard let text = node.text(&context, expecting: "times such as 09:00-17:00") else { return nil }
            ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        }
        guard ends.count == 2, let begin = Self.minute(ends[0]), let end = Self.minute(ends[1]),
            begin < 1_440, begin != end, end > 0
        else {
            context.error(
                "expected times such as 09:00-17:00, found \(node.kindForPeople)",
                at: node,
                hint: "from 00:00 to 24:00; 22:00-02:00 ends on the next day"
            )
            return nil
        }
        minutes = begin..<(end > begin ? end : end + 1_440)
    }

    /// The minute of the day of `09:00`; nil for anything else.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60,
            hours * 60 + minutes <= 1_440
        else { return nil }
        return hours * 60 + minutes
    }
}

/// A date such as `2026-12-24`.
struct DateSettings: SettingsValue {
    static var shape: Shape { .string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") }

    let date: CivilDate

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a date such as 2026-12-24") else { return nil }
        guard let date = CivilDate(text) else {
            context.error("\"\(text.shortened)\" is not a date", at: node, hint: "write it as 2026-12-24")
            return nil
        }
        self.date = date
    }
}

extension CivilDate {
    /// Reads `2026-12-24`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
