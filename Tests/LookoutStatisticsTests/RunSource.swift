import LookoutStatistics

/// Runs of a check, one each ten seconds.
struct RunSource {
    var latencies: LatencySource

    init(seed: UInt64) {
        latencies = LatencySource(seed: seed)
    }

    /// Of them the part `failing` fails, with an answer in the usual time.
    mutating func runs(
        _ count: Int,
        from start: Double = 0,
        spread: Double = 0.4,
        ratio: Double = 1,
        failing: Double = 0
    ) -> [CheckSample] {
        latencies.latencies(count, spread: spread, level: 0.2 * ratio).enumerated().map { index, seconds in
            let isOK = failing == 0 || latencies.uniform() >= failing
            return CheckSample(time: start + Double(index) * 10, isOK: isOK, seconds: seconds)
        }
    }
}
