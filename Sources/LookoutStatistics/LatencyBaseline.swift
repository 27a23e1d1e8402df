import Glibc

/// The latencies from before a change, ready to be compared with.
///
/// A timeout is +∞ seconds, so that slow failures cannot hide. Zero counts as one nanosecond, below
/// what any clock here resolves. A negative number or NaN is no measurement and is left out.
package struct LatencyBaseline: Equatable, Sendable {
    /// Ascending, timeouts last.
    package let sorted: [Double]
    /// r, the lag-1 autocorrelation of the logarithms, in 0…0.9.
    package let autocorrelation: Double
    /// How many were no measurements.
    package let ignored: Int

    /// Takes the latencies in the order of time, on which only `autocorrelation` depends.
    package init(_ seconds: some Sequence<Double>) {
        var measured: [Double] = []
        var ignored = 0
        for value in seconds {
            if let latency = Self.latency(value) { measured.append(latency) } else { ignored += 1 }
        }
        self.ignored = ignored
        sorted = measured.sorted()
        autocorrelation = Self.autocorrelation(of: measured, sorted: sorted)
    }

    /// The same again from what was stored of it: latencies ascending and positive, timeouts last.
    package init(sorted: [Double], autocorrelation: Double) {
        self.sorted = sorted
        self.autocorrelation = min(0.9, max(0, autocorrelation))
        ignored = 0
    }

    package var count: Int { sorted.count }

    /// V = (1+r)/(1−r), by how much consecutive samples say less than independent ones.
    ///
    /// Exact for an AR(1) process in the limit. The estimate of r is too small by about (1+4r)/m; down
    /// to m = 60 that does no harm, as `FalseAlarmTests` shows.
    package var varianceInflation: Double { (1 + autocorrelation) / (1 - autocorrelation) }

    /// #{y < value}·2 + #{y = value}, twice the mid-rank, found by two binary searches.
    func doubledRank(of value: Double) -> Int {
        sorted.withUnsafeBufferPointer { values in
            let below = Self.partition(values, from: 0) { $0 < value }
            guard below < values.count, values[below] == value else { return 2 * below }
            return below + Self.partition(values, from: below) { $0 <= value }
        }
    }

    /// A latency that can be ranked and has a logarithm; nil for what is no measurement.
    static func latency(_ seconds: Double) -> Double? {
        seconds >= 0 ? max(seconds, 1e-9) : nil
    }

    /// The first index from `start` on at which the condition ends.
    private static func partition(
        _ values: UnsafeBufferPointer<Double>,
        from start: Int,
        while condition: (Double) -> Bool
    ) -> Int {
        var (lower, upper) = (start, values.count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if condition(values[middle]) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }

    /// r clipped to 0…0.9; a timeout counts as the greatest latency measured, 0 without variance.
    private static func autocorrelation(of latencies: [Double], sorted: [Double]) -> Double {
        guard let greatest = sorted.last(where: \.isFinite), sorted[0] < greatest else { return 0 }
        var total = 0.0
        for latency in latencies { total += log(min(latency, greatest)) }
        let mean = total / Double(latencies.count)
        var (previous, products, squares) = (0.0, 0.0, 0.0)
        for latency in latencies {
            let deviation = log(min(latency, greatest)) - mean
            products += deviation * previous
            squares += deviation * deviation
            previous = deviation
        }
        return squares > 0 ? min(0.9, max(0, products / squares)) : 0
    }
}
