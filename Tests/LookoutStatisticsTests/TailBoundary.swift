import Foundation
import LookoutStatistics

/// With how many exceedances `TailTest` with its usual margin alarms, in tables instead of 200
/// exponentials a sample.
///
/// The bets depend on m and r alone. r is rounded down to a fiftieth, so that the tables are few; that
/// makes for more alarms, never fewer.
struct TailBoundary {
    private let count: Int
    private let rank: Int
    private var tables: [Int: [Int]] = [:]

    init(baseline count: Int) {
        self.count = count
        rank = TailTest.thresholdRank(baseline: count)
    }

    /// The sample at which it alarms.
    mutating func firstAlarm(in latencies: [Double], after baseline: LatencyBaseline) -> Int? {
        let fewest = table(fiftieths: Int(baseline.autocorrelation * 50))
        let limit = baseline.sorted[rank - 1] * 1.1
        var (count, exceedances) = (0, 0)
        for latency in latencies {
            count += 1
            guard latency > limit else { continue }
            exceedances += 1
            if exceedances >= fewest[count] { return count }
        }
        return nil
    }

    private mutating func table(fiftieths: Int) -> [Int] {
        if let table = tables[fiftieths] { return table }
        let baseline = LatencyBaseline(
            sorted: (1...count).map(Double.init),
            autocorrelation: Double(fiftieths) / 50
        )
        let test = TailTest(baseline: baseline)
        let table = test.discountedMixture.fewestEvents(
            upTo: Scenario.samples,
            reaching: Scenario.threshold,
            inflation: test.varianceInflation
        )
        tables[fiftieths] = table
        return table
    }
}

extension BetaMixture {
    /// For each number of samples the fewest events with which ln E reaches the threshold.
    ///
    /// More than there can be where it never does. They only grow with the samples, so one or two looks
    /// each are enough.
    func fewestEvents(upTo count: Int, reaching threshold: Double, inflation: Double = 1) -> [Int] {
        var fewest = [1]
        for samples in 1...count {
            var events = fewest[samples - 1]
            while events <= samples,
                logEvidence(events: events, of: samples, inflation: inflation) < threshold
            {
                events += 1
            }
            fewest.append(events)
        }
        return fewest
    }
}
