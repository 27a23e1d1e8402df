import Foundation
import LookoutStatistics
import Testing

/// How often the tests alarm with a look after every sample, by simulation with fixed seeds.
///
/// Each prints its counts. `swift test --filter FalseAlarmTests` shows them alone.
@Suite(.serialized)
struct FalseAlarmTests {
    @Test func `latencies that did not change raise an alarm in at most 1 % of the runs`() {
        let runs = 2_000
        var total = 0
        print("nothing changed, rho0 = 1 (T3: 1.1), m = n = 180; alarms at E >= 100:")
        for autocorrelation in [0, 0.3, 0.6] {
            let scenario = Scenario(
                autocorrelation: autocorrelation,
                baseline: 180,
                windows: [0.3, 0.5, 0.8].map { .init(name: "sigma \($0)", spread: $0, margin: 1) }
            )
            for (window, latency, tail) in scenario.outcomes(after: runs, seed: UInt64(autocorrelation * 10))
            {
                print("  AR(1) \(autocorrelation), \(window.name): T1 \(latency); T3 \(tail)")
                total += latency.count
                #expect(latency.count <= limit(0.01, of: runs))
                #expect(tail.count <= limit(0.01, of: runs))
            }
        }
        print("  T1 together: \(total) of \(9 * runs)")
        #expect(total <= 9 * runs / 100)
    }

    @Test func `the shortest baseline is no worse`() {
        let scenario = Scenario(
            autocorrelation: 0.6,
            baseline: LatencyTest.leastBaseline,
            windows: [.init(name: "unchanged", margin: 1)]
        )
        let outcome = scenario.outcomes(after: 2_000, seed: 15)[0].latency
        print("nothing changed, AR(1) 0.6, sigma 0.5, rho0 = 1, m = 60, n = 180: T1 \(outcome)")
        #expect(outcome.count <= limit(0.01, of: 2_000))
    }

    @Test func `drift stays within the margin, and a real slowdown is found`() {
        for baseline in [180, 2_160] {
            let scenario = Scenario(
                autocorrelation: 0.3,
                baseline: baseline,
                windows: [
                    .init(name: "unchanged, drift 10 %", drift: 0.1, repeats: 4),
                    .init(name: "x 1.5, drift 5 %", ratio: 1.5, drift: 0.05, repeats: 2),
                    .init(name: "x 2, drift 5 %", ratio: 2, drift: 0.05, repeats: 2),
                ]
            )
            let results = scenario.outcomes(after: 500, seed: 20)
            print("AR(1) 0.3, sigma 0.5, rho0 = 1.1, m = \(baseline), n = 180; alarms at E >= 100:")
            for (window, latency, tail) in results {
                print("  \(window.name): T1 \(latency); T3 \(tail)")
            }
            #expect(results[0].latency.share <= 0.015)
            #expect(results[0].tail.count <= limit(0.015, of: 2_000))
            #expect(results[1].latency.share >= (baseline == 180 ? 0.76 : 0.93))
            #expect(results[2].latency.share >= 0.99)
        }
    }

    @Test func `a slow tail is found`() {
        let scenario = Scenario(
            autocorrelation: 0,
            baseline: 2_160,
            windows: [
                .init(name: "unchanged"),
                .init(name: "10 % of them x 5", slow: (0.1, 5)),
                .init(name: "20 % of them x 3", slow: (0.2, 3)),
            ]
        )
        let runs = 200
        let results = scenario.outcomes(after: runs, seed: 30)
        print("independent, sigma 0.5, rho0 = 1.1, m = 2160, n = 180; alarms at E >= 100:")
        for (window, latency, tail) in results {
            print("  \(window.name): T1 \(latency); T3 \(tail)")
        }
        #expect(results[0].tail.count <= limit(0.01, of: runs))
        #expect(results[1].tail.share >= 0.60)
        #expect(results[2].tail.share >= 0.90)
    }

    @Test func `failures raise an alarm when they rise and hardly when they do not`() {
        let runs = 2_000
        let cases: [(before: Double, after: Double, least: Double)] = [
            (0.001, 0.001, 0), (0.005, 0.005, 0), (0.01, 0.01, 0), (0.02, 0.02, 0), (0.05, 0.05, 0),
            (0, 0.05, 0.88), (0, 0.1, 0.99), (0.02, 0.1, 0.90), (0.02, 0.2, 0.99),
        ]
        for baseline in [180, 2_160] {
            print("T2, m = \(baseline), n = 180; alarms at E >= 100:")
            for (number, (before, after, least)) in cases.enumerated() {
                let outcome = failures(before, after, baseline, runs, UInt64(40 + number + baseline))
                print("  \(before) to \(after): \(outcome)")
                if before == after {
                    #expect(outcome.count <= limit(0.01, of: runs))
                } else {
                    // From 2 to 10 % the floor is for six hours of baseline.
                    let isShort = before > 0 && baseline == 180
                    #expect(outcome.share >= (isShort ? min(least, 0.78) : least))
                }
            }
        }
    }

    private func failures(
        _ before: Double,
        _ after: Double,
        _ baseline: Int,
        _ runs: Int,
        _ seed: UInt64
    ) -> Scenario.Outcome {
        var source = LatencySource(seed: seed)
        var outcome = Scenario.Outcome(runs: runs)
        var boundaries: [Int: [Int]] = [:]
        for _ in 0..<runs {
            let failed = source.events(before, of: baseline).count
            let fewest =
                boundaries[failed]
                ?? FailureTest(baselineFailures: failed, of: baseline).mixture
                .fewestEvents(upTo: Scenario.samples, reaching: Scenario.threshold)
            boundaries[failed] = fewest
            var events = 0
            for sample in source.events(after, of: Scenario.samples) {
                events += 1
                guard events >= fewest[sample] else { continue }
                outcome.firstAlarms.append(sample)
                break
            }
        }
        return outcome
    }

    /// A share of the runs with three standard deviations of chance.
    private func limit(_ share: Double, of runs: Int) -> Int {
        let mean = share * Double(runs)
        return Int(mean + 3 * (mean * (1 - share)).squareRoot())
    }
}
