import LookoutModel
import LookoutRules
import LookoutSimulation

/// All conclusive samples in a list, and every answer by a walk over it: slow and plainly right.
struct NaiveHistory {
    private(set) var samples: [Sample] = []

    /// A sample older than the newest one shifts all before it, as after a step of the wall clock.
    mutating func append(_ sample: Sample) {
        guard sample.outcome.isConclusive else { return }
        if let newest = samples.last, sample.startedAt < newest.startedAt {
            let step = sample.startedAt - newest.startedAt
            for index in samples.indices { samples[index].startedAt = samples[index].startedAt + step }
        }
        samples.append(sample)
    }

    /// The window's samples; none where a window in samples is not full.
    func slice(_ window: SampleWindow) -> [Sample] {
        switch window {
        case .samples(let count): samples.count < count ? [] : Array(samples.suffix(count))
        case .time(let length): samples.last.map { slice(over: length, endingAt: $0.startedAt) } ?? []
        }
    }

    func slice(over length: Duration, endingAt end: Timestamp) -> [Sample] {
        samples.filter { $0.startedAt > end - length && $0.startedAt <= end }
    }

    var consecutiveFailures: Int { samples.reversed().prefix { $0.outcome.failure != nil }.count }
}

extension [Sample] {
    var failureCount: Int { filter { $0.outcome.failure != nil }.count }

    var meanDuration: Duration { map(\.timings.total).reduce(.zero, +) / count }

    /// The smallest duration that at least so large a share of all does not exceed.
    func quantile(_ share: Double) -> Duration? {
        map(\.timings.total).sorted().enumerated().first { Double($0.offset + 1) >= share * Double(count) }?
            .element
    }

    /// The slope by the textbook's formula, in seconds per second.
    var slope: Double? {
        guard let first else { return nil }
        let points = map { (x: ($0.startedAt - first.startedAt).inSeconds, y: $0.timings.total.inSeconds) }
        let n = Double(count)
        let (sumX, sumY) = (points.map(\.x).reduce(0, +), points.map(\.y).reduce(0, +))
        let sumXY = points.map { $0.x * $0.y }.reduce(0, +)
        let sumXX = points.map { $0.x * $0.x }.reduce(0, +)
        let divisor = n * sumXX - sumX * sumX
        return divisor == 0 ? nil : (n * sumXY - sumX * sumY) / divisor
    }

    /// Random samples of one check: with gaps, failures, errors and changes of the version.
    static func random(
        _ count: Int,
        gap: ClosedRange<Int64> = 0...30,
        using random: inout SeededGenerator
    ) -> [Sample] {
        var clock: Int64 = 1_000_000_000
        return (0..<count).map { _ in
            clock += Int64.random(in: gap, using: &random) * 1_000_000
            let outcome: Outcome =
                switch Int.random(in: 0..<10, using: &random) {
                case 0: .error("no descriptors")
                case 1: .inconclusive("offline")
                case 2...4: RuleFixture.refused
                default: .ok
                }
            return Sample(
                check: CheckID(environment: "production", probe: "backend-health"),
                startedAt: Timestamp(microseconds: clock),
                outcome: outcome,
                timings: Timings(total: .microseconds(Int64.random(in: 0...5_000_000, using: &random))),
                statusCode: outcome == .ok ? 200 : nil,
                version: Bool.random(using: &random) ? "1.\(Int.random(in: 1...3, using: &random))" : nil
            )
        }
    }
}
