extension Collection<Double> {
    /// The middle value, or the mean of the two middle ones; NaN of nothing.
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The value that the given fraction of all does not exceed (nearest rank); NaN of nothing.
    func quantile(_ fraction: Double) -> Double {
        let sorted = sorted()
        let rank = Int((fraction * Double(sorted.count)).rounded(.up))
        return sorted.isEmpty ? .nan : sorted[Swift.min(Swift.max(rank, 1), sorted.count) - 1]
    }
}
