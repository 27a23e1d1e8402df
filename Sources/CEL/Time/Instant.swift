internal import CivilTime

/// A point on the wall clock with nanoseconds: CEL's `google.protobuf.Timestamp`.
///
/// Values made by expressions stay between the years 1 and 9999.
package struct Instant: Hashable, Comparable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package let seconds: Int
    /// What is left of the second, 0 to 999,999,999.
    package let nanoseconds: Int32

    package init(seconds: Int, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    package init(microseconds: Int64) {
        let (seconds, rest) = Int(microseconds).flooredDivision(by: 1_000_000)
        self.init(seconds: seconds, nanoseconds: Int32(rest * 1_000))
    }

    package static let epoch = Instant(seconds: 0)

    /// Seconds of 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    package static let range = -62_135_596_800...253_402_300_799

    package static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The point a span later; nil beyond the years 1 to 9999.
    func advanced(by span: TimeSpan) -> Instant? {
        let (whole, rest) = span.nanoseconds.flooredDivision(by: TimeSpan.perSecond)
        var nanoseconds = Int(self.nanoseconds) + rest
        var seconds = self.seconds + whole
        if nanoseconds >= TimeSpan.perSecond {
            nanoseconds -= TimeSpan.perSecond
            seconds += 1
        }
        guard Self.range.contains(seconds) else { return nil }
        return Instant(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    /// The span from another point to this one; nil when it does not fit in 64 bits.
    func span(since other: Instant) -> TimeSpan? {
        let seconds = self.seconds - other.seconds
        let rest = Int(nanoseconds) - Int(other.nanoseconds)
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: TimeSpan.perSecond)
        let (sum, carry) = scaled.addingReportingOverflow(rest)
        if overflow || carry { return nil }
        return TimeSpan(nanoseconds: sum)
    }
}
