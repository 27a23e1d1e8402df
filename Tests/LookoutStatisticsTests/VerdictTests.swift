import Foundation
import LookoutStatistics
import Testing

/// Whole comparisons with drift, autocorrelation and failures; each prints its counts.
struct VerdictTests {
    /// A kind of window after the change, with what is wrong with it.
    private struct Kind {
        let name: String
        var ratio = 1.0
        var failing = 0.01
    }

    @Test func `unchanged checks are hardly ever called regressed`() {
        let runs = 1_000
        var source = LatencySource(seed: 61)
        var byTest: [ComparisonTest: Int] = [:]
        var total = 0
        for _ in 0..<runs {
            let baseline = window(of: 240, from: &source, Kind(name: "before"), drift: 0, start: -2_400)
            var comparison = CheckComparison(baseline: baseline)
            for sample in window(of: 180, from: &source, Kind(name: "after"), drift: 0.1, start: 0) {
                comparison.observe(sample)
            }
            let regressions = comparison.regressions
            for test in regressions { byTest[test, default: 0] += 1 }
            total += regressions.isEmpty ? 0 : 1
        }
        let parts = ComparisonTest.allCases.map { "\($0.rawValue) \(byTest[$0] ?? 0)" }
        print(
            "AR(1) 0.3, sigma 0.5, 1 % failures, drift 10 %, m = 240: \(total) of \(runs) regressed,",
            parts.joined(separator: ", ")
        )
        #expect(total <= runs / 100)
    }

    @Test func `verdicts are given as they should be`() {
        let kinds = [
            Kind(name: "unchanged"), Kind(name: "x 1.3", ratio: 1.3), Kind(name: "x 1.5", ratio: 1.5),
            Kind(name: "10 % failures", failing: 0.1),
        ]
        let runs = 40
        var source = LatencySource(seed: 62)
        var verdicts = kinds.map { _ in (passed: 0, regressed: 0, inconclusive: 0) }
        for _ in 0..<runs {
            let baseline = window(of: 1_080, from: &source, Kind(name: "before"), drift: 0, start: -10_800)
            for (index, kind) in kinds.enumerated() {
                let after = window(of: 180, from: &source, kind, drift: 0.05, start: 0)
                switch CheckComparison.findings(baseline: baseline, window: after).verdict {
                case .pass: verdicts[index].passed += 1
                case .regressed: verdicts[index].regressed += 1
                case .inconclusive: verdicts[index].inconclusive += 1
                }
            }
        }
        for (kind, verdict) in zip(kinds, verdicts) {
            print("\(kind.name): of \(runs)", verdict)
        }
        #expect(verdicts[0].passed >= runs / 2)
        #expect(verdicts[0].regressed <= 1)
        // Beyond what is tolerated, and not always beyond doubt.
        #expect(verdicts[1].passed <= runs / 10)
        #expect(verdicts[2].regressed >= runs * 3 / 4)
        #expect(verdicts[2].passed == 0)
        #expect(verdicts[3].regressed >= runs * 3 / 4)
        #expect(verdicts[3].passed == 0)
    }

    private func window(
        of count: Int,
        from source: inout LatencySource,
        _ kind: Kind,
        drift: Double,
        start: Double
    ) -> [CheckSample] {
        let level = 0.2 * kind.ratio * (drift > 0 ? exp(drift * source.normal()) : 1)
        let failed = Set(source.events(kind.failing, of: count))
        return source.latencies(count, spread: 0.5, autocorrelation: 0.3, level: level).enumerated()
            .map { index, seconds in
                CheckSample(
                    time: start + Double(index * 10),
                    isOK: !failed.contains(index + 1),
                    seconds: seconds
                )
            }
    }
}
