import LookoutStatistics
import Testing

/// ln E and ratios against the Python of the research, to 1e-9.
struct ReferenceEvidenceTests {
    @Test(arguments: try ReferenceValues.read().latency)
    func `evidence of latencies is that of the research`(_ reference: ReferenceValues.Latency) {
        let baseline = LatencyBaseline(reference.baseline.map { $0 ?? .infinity })
        #expect(distance(baseline.autocorrelation, from: reference.autocorrelation) < 1e-12)
        var test = LatencyTest(baseline: baseline, margin: reference.margin)
        for (seconds, expected) in zip(reference.window, reference.logEvidence) {
            test.observe(seconds ?? .infinity)
            #expect(distance(test.logEvidence, from: expected) < 1e-9, "after \(test.count) samples")
        }
        #expect(test.count == reference.logEvidence.count)
    }

    @Test func `evidence of failures is that of the research`() throws {
        for reference in try ReferenceValues.read().failures {
            var test = FailureTest(baselineFailures: reference.baselineFailures, of: reference.baselineCount)
            #expect(distance(test.nullRatio, from: reference.nullRatio) < 1e-12)
            for (isOK, expected) in zip(reference.ok, reference.logEvidence) {
                test.observe(isOK: isOK)
                #expect(distance(test.logEvidence, from: expected) < 1e-9, "after \(test.count) samples")
            }
            #expect(test.count == 180)
        }
    }

    @Test func `evidence of the tail is that of the research`() throws {
        for reference in try ReferenceValues.read().tail {
            var test = TailTest(baseline: LatencyBaseline(reference.baseline), margin: 1)
            #expect(test.threshold == reference.threshold)
            #expect(distance(test.nullRatio, from: reference.nullRatio) < 1e-12)
            for (seconds, expected) in zip(reference.window, reference.logEvidence) {
                test.observe(seconds)
                #expect(distance(test.logEvidence, from: expected) < 1e-9, "after \(test.count) samples")
            }
            #expect(test.count == 180)
        }
    }

    @Test(arguments: try ReferenceValues.read().hodgesLehmann)
    func `the ratio and its interval are those of the whole matrix`(_ reference: ReferenceValues.Ratio) throws
    {
        let ratio = try #require(
            LatencyRatio(
                window: reference.window,
                baseline: LatencyBaseline(reference.baseline),
                inflation: 1
            )
        )
        #expect(distance(ratio.estimate, from: reference.ratio) < 1e-12)
        #expect(distance(ratio.lower, from: reference.lower) < 1e-12)
        #expect(distance(ratio.upper, from: reference.upper) < 1e-12)
    }
}
