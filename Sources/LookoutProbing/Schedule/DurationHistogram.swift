/// Counts durations in buckets that grow with them: four to each doubling, from a microsecond up.
///
/// A quantile is off by an eighth at most. Adding costs a few instructions and no memory.
package struct DurationHistogram: Hashable, Sendable {
    private static let bucketCount = 160

    private var buckets = [Int](repeating: 0, count: bucketCount)
    package private(set) var count = 0
    package private(set) var maximum = Duration.zero

    package init() {}

    package mutating func add(_ duration: Duration) {
        buckets[Self.bucket(of: duration)] += 1
        count += 1
        maximum = max(maximum, duration)
    }

    /// The duration that the given fraction of all does not exceed; nil if there is none.
    package func quantile(_ fraction: Double) -> Duration? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((fraction * Double(count)).rounded(.up)))
        var seen = 0
        for (index, bucket) in buckets.enumerated() {
            seen += bucket
            if seen >= rank { return min(Self.middle(of: index), maximum) }
        }
        return maximum
    }

    /// Microseconds below 4 have a bucket each; above, the two bits after the highest one count.
    private static func bucket(of duration: Duration) -> Int {
        let microseconds = UInt64(max(0, duration.nanoseconds / 1000))
        guard microseconds >= 4 else { return Int(microseconds) }
        let exponent = 63 - microseconds.leadingZeroBitCount
        let quarter = Int(microseconds >> UInt64(exponent - 2)) & 3
        return min((exponent - 1) * 4 + quarter, bucketCount - 1)
    }

    private static func middle(of bucket: Int) -> Duration {
        guard bucket >= 4 else { return .microseconds(bucket) }
        let (exponent, quarter) = (bucket / 4 + 1, bucket % 4)
        let width = Int64(1) << Int64(exponent - 2)
        return .microseconds(Int64(4 + quarter) * width + width / 2)
    }
}
