import LookoutStatistics
import Testing

/// The interval of the 95th percentile against a bootstrap that draws every latency.
struct PercentileRatioTests {
    private static func latencies(_ count: Int, level: Double, seed: UInt64) -> [Double] {
        var source = LatencySource(seed: seed)
        return source.latencies(count, spread: 0.5, level: level)
    }

    @Test(arguments: [(60, 100), (180, 180), (2160, 180)])
    func `the interval is that of resamples drawn latency by latency`(before: Int, after: Int) throws {
        let baseline = Self.latencies(before, level: 0.2, seed: 1)
        let window = Self.latencies(after, level: 0.3, seed: 2)
        var drawn: [Double] = []
        var source = LatencySource(seed: 3)
        for _ in 0..<1_000 {
            drawn.append(Self.drawn(window, &source) / Self.drawn(baseline, &source))
        }
        drawn.sort()
        // 20 seeds of 400 resamples each together are as many as it takes.
        let ratios = try (1...20).map { seed in
            try #require(
                PercentileRatio(window: window, baseline: LatencyBaseline(baseline), seed: UInt64(seed))
            )
        }
        let lower = ratios.map(\.lower).reduce(0, +) / 20
        let upper = ratios.map(\.upper).reduce(0, +) / 20
        #expect(abs(lower / drawn[25] - 1) < 0.06)
        #expect(abs(upper / drawn[975] - 1) < 0.06)
        #expect(ratios.allSatisfy { $0.lower <= $0.estimate && $0.estimate <= $0.upper })
    }

    private static func drawn(_ latencies: [Double], _ source: inout LatencySource) -> Double {
        let resample = latencies.indices
            .map { _ in latencies[min(latencies.count - 1, Int(source.uniform() * Double(latencies.count)))] }
            .sorted()
        return resample[(19 * latencies.count + 19) / 20 - 1]
    }

    @Test func `a slowdown moves the estimate by its factor`() throws {
        let baseline = Self.latencies(400, level: 0.2, seed: 4)
        let ratio = try #require(
            PercentileRatio(window: baseline.map { $0 * 1.5 }, baseline: LatencyBaseline(baseline))
        )
        #expect(abs(ratio.estimate - 1.5) < 1e-12)
        #expect(ratio.before == baseline.sorted()[379])
    }

    @Test func `the order changes nothing, and the same seed gives the same`() throws {
        let baseline = Self.latencies(200, level: 0.2, seed: 5)
        let window = Self.latencies(100, level: 0.2, seed: 6)
        let first = PercentileRatio(window: window, baseline: LatencyBaseline(baseline))
        let second = PercentileRatio(
            window: Array(window.reversed()),
            baseline: LatencyBaseline(baseline.reversed())
        )
        #expect(first == second)
        #expect(first != PercentileRatio(window: window, baseline: LatencyBaseline(baseline), seed: 2))
    }

    @Test func `timeouts, equal latencies and too few of them`() throws {
        let equal = Array(repeating: 0.2, count: 50)
        let timeouts = Array(repeating: Double.infinity, count: 50)
        let slow = try #require(PercentileRatio(window: timeouts, baseline: LatencyBaseline(equal)))
        #expect(slow.estimate == .infinity && slow.lower == .infinity)
        let both = try #require(PercentileRatio(window: timeouts, baseline: LatencyBaseline(timeouts)))
        #expect(both.estimate == 1 && both.lower == 1 && both.upper == 1)
        let same = try #require(PercentileRatio(window: equal, baseline: LatencyBaseline(equal)))
        #expect(same.lower == 1 && same.upper == 1)
        #expect(PercentileRatio(window: equal.prefix(19), baseline: LatencyBaseline(equal)) == nil)
    }
}
