import LookoutModel
import LookoutRules
import LookoutSimulation
import Testing

/// Windows that are too long to keep each sample, which are answered from counts by the minute.
@Suite struct OutcomeCountsTests {
    private static func history(_ windows: Duration..., every interval: Duration) -> SampleHistory {
        var demand = HistoryDemand()
        for window in windows { demand.include(counted: .time(window)) }
        return SampleHistory(demand: demand, interval: interval)
    }

    private static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

    @Test(arguments: [
        (Duration.seconds(3600), Duration.seconds(60)), (days(1), .seconds(60)), (days(3), .seconds(60)),
        (days(7), .seconds(180)), (days(30), .seconds(600)),
    ])
    func `the further back is counted, the longer the stretches, at most 4320 of them`(
        age: Duration,
        width: Duration
    ) {
        #expect(OutcomeCounts.width(for: age) == width)
        #expect(age / width <= 4320)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `long windows agree with a naive model but for the stretch they begin in`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let longest = Self.days(Int64.random(in: 2...30, using: &random))
        let width = OutcomeCounts.width(for: longest)
        var history = Self.history(longest, every: .seconds(3600))
        var model = NaiveHistory()
        for sample in [Sample].random(600, gap: 0...20_000, using: &random) {
            history.append(sample)
            model.append(sample)
            guard let newest = model.samples.last?.startedAt else { continue }
            let length = Duration.seconds(
                Int64.random(in: 90_000...longest.components.seconds, using: &random)
            )
            let begin = newest - length
            let rounded = Timestamp(
                microseconds: begin.microseconds - begin.microseconds % width.microseconds
            )
            let expected = model.samples.filter { $0.startedAt >= rounded }
            let total = try history.total(in: .time(length), atLeast: 1)
            #expect(total.samples == expected.count && total.failures == expected.failureCount)
            let exact = model.slice(.time(length))
            let longer = model.slice(.time(length + width))
            #expect((exact.count...longer.count).contains(total.samples))
        }
    }

    @Test func `a window of which all samples can be kept is exact`() throws {
        var history = Self.history(.seconds(86_400), every: .seconds(30))
        for second in stride(from: 15 as Int64, through: 90_000, by: 30) {
            history.append(RuleFixture.sample(at: second))
        }
        #expect(try history.total(in: .time(.seconds(86_400))).samples == 2880)
        #expect(try history.total(in: .time(.seconds(90))).samples == 3)
    }

    @Test func `a window of which they cannot is counted by the minute`() throws {
        let interval = Duration.seconds(1)
        var history = Self.history(.seconds(86_400), every: interval)
        for second in 0..<100_000 as Range<Int64> { history.append(RuleFixture.sample(at: second)) }
        let total = try history.total(in: .time(.seconds(86_400)))
        #expect((86_400...86_460).contains(total.samples))
        #expect(history.count < 10)
    }

    @Test func `too few samples are no data for long windows too`() throws {
        var history = Self.history(Self.days(3), every: .seconds(60))
        let window = SampleWindow.time(Self.days(3))
        #expect(throws: TooFewSamples(found: 0, needed: 1)) { try history.total(in: window, atLeast: 1) }
        history.append(RuleFixture.sample(RuleFixture.refused))
        #expect(throws: TooFewSamples(found: 1, needed: 2160)) { try history.total(in: window) }
        #expect(throws: TooFewSamples(found: 1, needed: 10)) { try history.total(in: window, atLeast: 10) }
        #expect(try history.total(in: window, atLeast: 1).failures == 1)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `what the store counted and what was watched make one past`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let age = Self.days(10)
        let width = OutcomeCounts.width(for: age)
        let samples = [Sample].random(400, gap: 0...5000, using: &random)
        var watched = Self.history(age, every: .seconds(3600))
        for sample in samples { watched.append(sample) }
        let stored = samples.prefix(300)
        var resumed = Self.history(age, every: .seconds(3600))
        resumed.seed(Array(stored.suffix(20)), counts: Self.counts(Array(stored), every: width))
        for sample in samples.dropFirst(300) { resumed.append(sample) }
        for days in 2...10 as ClosedRange<Int64> {
            let window = SampleWindow.time(Self.days(days))
            #expect(
                try resumed.total(in: window, atLeast: 1) == watched.total(in: window, atLeast: 1)
            )
        }
    }

    private static func counts(_ samples: [Sample], every width: Duration) -> [OutcomeCount] {
        let conclusive = samples.filter(\.outcome.isConclusive)
        let groups = Dictionary(grouping: conclusive) { $0.startedAt.microseconds / width.microseconds }
        return groups.map { number, members in
            OutcomeCount(
                start: Timestamp(microseconds: number * width.microseconds),
                conclusive: members.count,
                failed: members.failureCount
            )
        }
    }

    @Test func `without counts the seeded samples are counted`() throws {
        var history = Self.history(Self.days(2), every: .seconds(3600))
        history.seed((0..<10).map { RuleFixture.sample(RuleFixture.refused, at: $0 * 3600) })
        #expect(try history.total(in: .time(Self.days(2)), atLeast: 1).failures == 10)
    }

    @Test func `a clock that is set back takes the counted past with it`() throws {
        var history = Self.history(Self.days(2), every: .seconds(3600))
        for hour in 100..<110 as Range<Int64> { history.append(RuleFixture.sample(at: hour * 3600)) }
        history.append(RuleFixture.sample(RuleFixture.refused, at: 50 * 3600))
        let total = try history.total(in: .time(Self.days(2)), atLeast: 1)
        #expect(total.samples == 11 && total.failures == 1)
    }

    @Test func `rules that begin to ask for a long window get what is known`() throws {
        var history = Self.history(.seconds(7200), every: .seconds(60))
        for minute in 0..<200 as Range<Int64> { history.append(RuleFixture.sample(at: minute * 60)) }
        var demand = HistoryDemand()
        demand.include(counted: .time(Self.days(5)))
        history.adapt(to: demand, interval: .seconds(60))
        #expect(try history.total(in: .time(Self.days(5)), atLeast: 1).samples >= 120)
        history.adapt(to: HistoryDemand(), interval: .seconds(60))
        #expect(!history.canCount(.time(Self.days(5))))
    }

    @Test func `no time and no number makes it crash`() throws {
        var history = Self.history(Self.days(30), .seconds(300), every: .zero)
        for time in [0, Int64.max, .min, 5, .max, -1] {
            var sample = RuleFixture.sample(RuleFixture.refused, total: .seconds(time))
            sample.startedAt = Timestamp(microseconds: time)
            history.append(sample)
        }
        history.seed(
            [],
            counts: [
                OutcomeCount(start: Timestamp(microseconds: .max), conclusive: .max, failed: .max),
                OutcomeCount(start: Timestamp(microseconds: .min), conclusive: -5, failed: 7),
                OutcomeCount(start: .epoch, conclusive: 3, failed: 12),
            ]
        )
        _ = try? history.total(in: .time(Self.days(30)), atLeast: 1)
        _ = try? history.samples(in: .time(.seconds(300)), atLeast: 1).average
        _ = try? history.samples(in: .samples(1), atLeast: 1).slope
    }
}
