/// Quantiles by nearest rank: always a value that was measured, never one between two.
package enum NearestRank {
    /// The smallest value that at least the share `quantile` (0 to 1) of all values do not exceed.
    ///
    /// Takes linear time by selection; a run of bad pivots ends in a sort of what is left, so no
    /// data can make it quadratic. The values must not be empty.
    package static func quantile(_ quantile: Double, of values: consuming [Int64]) -> Int64 {
        let rank = (Double(values.count) * quantile).rounded(.up)
        let index = min(max(Int(rank) - 1, 0), values.count - 1)
        return select(index, from: values)
    }

    private static func select(_ index: Int, from values: consuming [Int64]) -> Int64 {
        var low = 0
        var high = values.count - 1
        var patience = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
        while low < high {
            guard patience > 0, high - low > 16 else {
                values[low...high].sort()
                break
            }
            patience -= 1
            let boundary = partition(&values, low, high)
            if index <= boundary { high = boundary } else { low = boundary + 1 }
        }
        return values[index]
    }

    /// Hoare's partition around the median of three: afterwards nothing up to the returned index
    /// is greater than anything behind it.
    private static func partition(_ values: inout [Int64], _ low: Int, _ high: Int) -> Int {
        let (first, middle, last) = (values[low], values[low + (high - low) / 2], values[high])
        let pivot = max(min(first, middle), min(max(first, middle), last))
        var left = low
        var right = high
        while true {
            while values[left] < pivot { left += 1 }
            while values[right] > pivot { right -= 1 }
            if left >= right { return min(right, high - 1) }
            values.swapAt(left, right)
            left += 1
            right -= 1
        }
    }
}
