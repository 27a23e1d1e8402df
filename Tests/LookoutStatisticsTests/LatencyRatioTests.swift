import Foundation
import LookoutSimulation
import LookoutStatistics
import LookoutTestSupport
import Testing

struct LatencyRatioTests {
    @Test func `the estimate is the middle of all pairs, also with ties and timeouts`() async {
        await checkAll(cases: 200) { generator in
            let palette = [0.1, 0.2, 0.2, 0.4, 0.7, 3, .infinity]
            func draw(_ generator: inout SeededGenerator) -> [Double] {
                (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                    palette.randomElement(using: &generator) ?? 1
                }
            }
            let (window, before) = (draw(&generator), draw(&generator))
            let ratio = try #require(LatencyRatio(window: window, baseline: LatencyBaseline(before)))
            let pairs = window.flatMap { x in before.map { x == $0 ? 0 : log(x) - log($0) } }.sorted()
            let (low, high) = (pairs[(pairs.count - 1) / 2], pairs[pairs.count / 2])
            let middle = low == -.infinity && high == .infinity ? 0 : (low + high) / 2
            try #require(distance(ratio.estimate, from: exp(middle)) < 1e-12, "\(window) \(before)")
            try #require(ratio.lower <= ratio.estimate && ratio.estimate <= ratio.upper)
        }
    }

    @Test func `too few samples bound nothing`() throws {
        let ratio = try #require(LatencyRatio(window: [0.2], baseline: LatencyBaseline([0.1, 0.1])))
        #expect(distance(ratio.estimate, from: 2) < 1e-15)
        #expect(ratio.lower == 0)
        #expect(ratio.upper == .infinity)
        #expect(LatencyRatio(window: [], baseline: LatencyBaseline([0.1])) == nil)
        #expect(LatencyRatio(window: [0.1], baseline: LatencyBaseline([])) == nil)
    }

    @Test func `many samples are no matter of memory or time`() throws {
        var source = LatencySource(seed: 1)
        let before = LatencyBaseline(source.latencies(20_000, spread: 0.5))
        // 400 million pairs.
        let ratio = try #require(
            LatencyRatio(window: source.latencies(20_000, spread: 0.5, level: 0.3), baseline: before)
        )
        #expect(abs(ratio.estimate - 1.5) < 0.03)
        #expect(ratio.lower < 1.5 && 1.5 < ratio.upper)
    }

    /// The interval of §2.2: "n = m = 180, σ = 0.5, r = 0.3: half-width about 14 %".
    @Test func `the interval holds the truth in 95 % of the cases, also with autocorrelation`() {
        for autocorrelation in [0, 0.3] {
            var source = LatencySource(seed: 5)
            let runs = 250
            var (held, width) = (0, 0.0)
            for _ in 0..<runs {
                let before = LatencyBaseline(
                    source.latencies(180, spread: 0.5, autocorrelation: autocorrelation)
                )
                let after = source.latencies(
                    180,
                    spread: 0.5,
                    autocorrelation: autocorrelation,
                    level: 0.24
                )
                guard let ratio = LatencyRatio(window: after, baseline: before) else { continue }
                held += ratio.lower <= 1.2 && 1.2 <= ratio.upper ? 1 : 0
                width += log(ratio.upper / ratio.lower) / 2 / Double(runs)
            }
            print("AR(1) \(autocorrelation): \(held) of \(runs) intervals hold the truth, ± \(width)")
            #expect(held >= runs * 92 / 100)
            #expect(width < 0.16)
        }
    }

    @Test func `the upper bound of a failure ratio is that of Clopper and Pearson`() {
        // Without failures the bound solves (1−p)^n = 0.05.
        #expect(distance(FailureBound.upper(failures: 0, of: 100), from: 1 - pow(0.05, 0.01)) < 1e-14)
        #expect(distance(FailureBound.upper(failures: 0, of: 1), from: 0.95) < 1e-14)
        #expect(FailureBound.upper(failures: 0, of: 0) == 1)
        #expect(FailureBound.upper(failures: 7, of: 7) == 1)
        // At the bound, as few failures as were seen have a probability of 5 %.
        let bound = FailureBound.upper(failures: 2, of: 50)
        let tail = (0...2).map { k in
            [1, 50, 1_225][k] * pow(bound, Double(k)) * pow(1 - bound, Double(50 - k))
        }
        #expect(distance(tail.reduce(0, +), from: 0.05) < 1e-12)
    }
}
