/// A signed length of time in nanoseconds: CEL's `google.protobuf.Duration`.
///
/// As in cel-go the range is that of 64 bits, about 292 years.
package struct TimeSpan: Hashable, Comparable, Sendable {
    package let nanoseconds: Int

    package init(nanoseconds: Int) {
        self.nanoseconds = nanoseconds
    }

    /// The span of a Swift duration, nil beyond the range; digits below the nanosecond are dropped.
    package init?(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = Int(seconds).multipliedReportingOverflow(by: Self.perSecond)
        let (sum, carry) = whole.addingReportingOverflow(Int(attoseconds / 1_000_000_000))
        if overflow || carry { return nil }
        self.init(nanoseconds: sum)
    }

    package var duration: Duration { .nanoseconds(nanoseconds) }

    package static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    static let perSecond = 1_000_000_000
}
