import Foundation
import LookoutStatistics
import Testing

/// "The smallest effect that could have been seen" is seen as often as it says.
struct DetectableEffectTests {
    private let threshold = log(300.0)

    @Test func `the smallest detectable slowdown is detected in about 80 % of the windows`() throws {
        var source = LatencySource(seed: 11)
        let runs = 200
        var detected = 0
        for _ in 0..<runs {
            let baseline = LatencyBaseline(source.latencies(360, spread: 0.5))
            var test = LatencyTest(baseline: baseline)
            for latency in source.latencies(180, spread: 0.5) { test.observe(latency) }
            let ratio = try #require(test.smallestDetectableRatio(reaching: threshold, power: 0.8))
            test = LatencyTest(baseline: baseline)
            for latency in source.latencies(180, spread: 0.5, level: 0.2 * ratio) {
                test.observe(latency)
                guard test.isJudgeable, test.effect > 0, test.logEvidence >= threshold else { continue }
                detected += 1
                break
            }
        }
        print("slowdowns as small as can be seen: \(detected) of \(runs) seen")
        #expect((150...190).contains(detected))
    }

    @Test func `the smallest detectable failure ratio is detected in about 80 % of the windows`() throws {
        let test = FailureTest(baselineFailures: 11, of: 2_160)
        let ratio = try #require(
            test.mixture.smallestDetectableRatio(of: 180, reaching: threshold, power: 0.8)
        )
        let fewest = test.mixture.fewestEvents(upTo: 180, reaching: threshold)
        var source = LatencySource(seed: 12)
        let detected = (0..<2_000).count { _ in
            source.events(ratio, of: 180).enumerated().contains { $0.offset + 1 >= fewest[$0.element] }
        }
        print("a failure ratio of \(ratio): \(detected) of 2000 seen")
        #expect((1_600...1_800).contains(detected))
    }

    @Test func `no effect can be seen with too little`() {
        var test = LatencyTest(baseline: LatencyBaseline(Array(repeating: 0.1, count: 200)))
        #expect(test.smallestDetectableRatio(reaching: threshold, power: 0.8) == nil)
        for _ in 0..<30 { test.observe(0.1) }
        let ratio = test.smallestDetectableRatio(reaching: threshold, power: 0.8)
        // Without variance whatever is above the margin is seen.
        #expect(distance(ratio ?? 0, from: 1.1) < 1e-6)
        let failures = FailureTest(baselineFailures: 0, of: 2_160).mixture
        #expect(failures.smallestDetectableRatio(of: 0, reaching: threshold, power: 0.8) == nil)
        #expect(failures.smallestDetectableRatio(of: 1, reaching: threshold, power: 0.8) == nil)
    }
}
