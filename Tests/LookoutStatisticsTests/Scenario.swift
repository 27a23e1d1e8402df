import Foundation
import LookoutStatistics

/// Baselines of one kind, each followed by one window of every kind, and a look after every sample.
///
/// All windows of a run share its baseline, of which sorting is the greater part of the work: another
/// spread of the logarithms only stretches it. The windows depend on each other through it; those of
/// one kind, of different runs, do not.
struct Scenario {
    /// A kind of window after the change.
    struct Window {
        let name: String
        /// σ of the logarithms, before and after.
        var spread = 0.5
        /// ρ₀ of `LatencyTest`; that of `TailTest` is always the usual one.
        var margin = 1.1
        var ratio = 1.0
        /// The standard deviation of the logarithm by which a whole window drifts.
        var drift = 0.0
        /// So many of the latencies are so many times as long.
        var slow = (share: 0.0, factor: 1.0)
        /// How many follow each baseline.
        var repeats = 1
    }

    /// Which runs of one kind alarmed, and when.
    struct Outcome: CustomStringConvertible {
        let runs: Int
        /// The sample of the alarm, of those runs that have one.
        var firstAlarms: [Int] = []

        var count: Int { firstAlarms.count }
        var share: Double { Double(count) / Double(runs) }

        var description: String {
            guard count > 0 else { return "0 of \(runs)" }
            return "\(count) of \(runs), half of them by sample \(firstAlarms.sorted()[count / 2])"
        }
    }

    static let samples = 180
    static let threshold = log(100.0)

    let autocorrelation: Double
    let baseline: Int
    let windows: [Window]

    /// What `LatencyTest` and `TailTest` say of each kind of window, after so many baselines.
    func outcomes(
        after baselines: Int,
        seed: UInt64
    ) -> [(window: Window, latency: Outcome, tail: Outcome)] {
        var source = LatencySource(seed: seed)
        var results = windows.map { window in
            let nothing = Outcome(runs: baselines * window.repeats)
            return (window, latency: nothing, tail: nothing)
        }
        var boundary = TailBoundary(baseline: baseline)
        for _ in 0..<baselines {
            // σ = 1 around 1 s; r does not depend on either.
            let standard = LatencyBaseline(
                source.latencies(baseline, spread: 1, autocorrelation: autocorrelation, level: 1)
            )
            var stretched: (spread: Double, baseline: LatencyBaseline) = (1, standard)
            for (index, window) in windows.enumerated() {
                if stretched.spread != window.spread {
                    stretched = (window.spread, standard.stretched(by: window.spread))
                }
                let before = stretched.baseline
                for _ in 0..<window.repeats {
                    let latencies = latencies(of: window, from: &source)
                    let first = Self.firstAlarm(in: latencies, margin: window.margin, after: before)
                    if let first { results[index].latency.firstAlarms.append(first) }
                    let slow = boundary.firstAlarm(in: latencies, after: before)
                    if let slow { results[index].tail.firstAlarms.append(slow) }
                }
            }
        }
        return results
    }

    private func latencies(of window: Window, from source: inout LatencySource) -> [Double] {
        let drift = window.drift > 0 ? exp(window.drift * source.normal()) : 1
        var latencies = source.latencies(
            Self.samples,
            spread: window.spread,
            autocorrelation: autocorrelation,
            level: 0.2 * window.ratio * drift
        )
        if window.slow.share > 0 {
            for index in latencies.indices where source.uniform() < window.slow.share {
                latencies[index] *= window.slow.factor
            }
        }
        return latencies
    }

    private static func firstAlarm(
        in latencies: [Double],
        margin: Double,
        after baseline: LatencyBaseline
    ) -> Int? {
        var test = LatencyTest(baseline: baseline, margin: margin)
        for latency in latencies {
            test.observe(latency)
            // Without an effect E is at most 1: no need to take logarithms.
            guard test.count >= LatencyTest.leastSamples, test.effect > 0 else { continue }
            if test.logEvidence >= threshold { return test.count }
        }
        return nil
    }
}

extension LatencyBaseline {
    /// Around 200 ms, with σ times the spread of the logarithms.
    fileprivate func stretched(by spread: Double) -> LatencyBaseline {
        LatencyBaseline(
            sorted: sorted.map { 0.2 * exp(spread * log($0)) },
            autocorrelation: autocorrelation
        )
    }
}
