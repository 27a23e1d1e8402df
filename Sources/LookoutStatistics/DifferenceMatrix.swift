/// All differences xᵢ − yⱼ of two sorted lists, of which single order statistics are wanted.
///
/// Never held: the differences fall along the columns and rise along the rows, so how many are at
/// most a value is counted along one staircase in n + m steps. The k-th smallest is found by halving
/// the range of bit patterns of doubles, exactly, with at most 64 such counts (in the manner of Johnson
/// & Mizoguchi, "Selecting the Kth element in X + Y", 1978). Rounding keeps the order, so it is exact
/// for the differences as computed too.
struct DifferenceMatrix {
    /// Ascending, without NaN; an infinity is a latency of which only a bound is known.
    let minuends: [Double]
    let subtrahends: [Double]

    var count: Int { minuends.count * subtrahends.count }

    /// The k-th smallest difference, k from 1 to `count`.
    func orderStatistic(_ rank: Int) -> Double {
        var lower = Self.orderedBits(-.infinity)
        var upper = Self.orderedBits(.infinity)
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            if countUpTo(Self.value(middle)) >= rank { upper = middle } else { lower = middle + 1 }
        }
        return Self.value(lower)
    }

    /// The mean of the two middle ones, or the middle one.
    ///
    /// These are never −∞ and +∞: where there are both, a finite latency on each side has its pair
    /// between them.
    var median: Double {
        let lower = orderStatistic((count + 1) / 2)
        let upper = count.isMultiple(of: 2) ? orderStatistic(count / 2 + 1) : lower
        return lower / 2 + upper / 2
    }

    /// How many differences are at most the value.
    private func countUpTo(_ limit: Double) -> Int {
        minuends.withUnsafeBufferPointer { minuends in
            subtrahends.withUnsafeBufferPointer { subtrahends in
                var total = 0
                var first = 0
                for minuend in minuends {
                    while first < subtrahends.count, Self.difference(minuend, subtrahends[first]) > limit {
                        first += 1
                    }
                    total += subtrahends.count - first
                }
                return total
            }
        }
    }

    /// 0 between two unknown ones.
    private static func difference(_ minuend: Double, _ subtrahend: Double) -> Double {
        minuend == subtrahend ? 0 : minuend - subtrahend
    }

    /// Integers in the order of the doubles.
    private static func orderedBits(_ value: Double) -> UInt64 {
        let bits = value.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func value(_ ordered: UInt64) -> Double {
        Double(bitPattern: ordered >> 63 == 0 ? ~ordered : ordered & ~(1 << 63))
    }
}
