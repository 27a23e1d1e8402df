import CivilTime
package import LookoutModel

/// The name of a backup branch: a prefix and `YYYYMMDD-HHMMSS`.
///
/// `date` writes what the clock on somebody's wall shows, so names say nothing of an order; commits do.
package struct BackupBranchName: Hashable, Sendable {
    package let text: String

    /// The name for a branch that is made now, in UTC.
    package init(prefix: String, at time: Timestamp) {
        let local = CivilZone.utc.local(at: Int(time.microseconds.flooredSeconds))
        let clock = [local.hour, local.minute, local.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
        text = prefix + local.dateText.filter { $0 != "-" } + "-" + clock.joined()
    }

    /// Nil for a name that has not this form, or a time that no clock shows.
    package init?(_ text: String, prefix: String) {
        guard text.hasPrefix(prefix) else { return nil }
        let stamp = text.dropFirst(prefix.count)
        let parts = stamp.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8, parts[1].utf8.count == 6,
            let day = Self.numbers(parts[0], [4, 2, 2]), let clock = Self.numbers(parts[1], [2, 2, 2]),
            CivilDate(year: day[0], month: day[1], day: day[2]) != nil,
            clock[0] < 24, clock[1] < 60, clock[2] < 60
        else { return nil }
        self.text = text
    }

    private static func numbers(_ text: Substring, _ widths: [Int]) -> [Int]? {
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        var rest = text
        return widths.map { width in
            defer { rest = rest.dropFirst(width) }
            return Int(rest.prefix(width)) ?? 0
        }
    }
}

extension Int64 {
    /// Whole seconds of so many microseconds, rounded towards minus infinity.
    fileprivate var flooredSeconds: Int64 {
        self >= 0 ? self / 1_000_000 : (self - 999_999) / 1_000_000
    }
}
