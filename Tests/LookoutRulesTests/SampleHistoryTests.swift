import LookoutModel
import LookoutRules
import Testing

@Suite struct SampleHistoryTests {
    private static let check = CheckID(environment: "production", probe: "backend-health")

    private static func sample(
        _ seconds: Int64,
        _ outcome: Outcome = .ok,
        milliseconds: Int64 = 100,
        version: String? = nil,
        status: Int? = nil
    ) -> Sample {
        Sample(
            check: check,
            startedAt: Timestamp(seconds: seconds),
            outcome: outcome,
            timings: Timings(total: .milliseconds(milliseconds)),
            statusCode: status,
            version: version
        )
    }

    private static let failure = Outcome.failed(Failure(.connect, "refused"))

    private static func history(
        keeping demand: HistoryDemand = HistoryDemand(age: .seconds(3600), count: 10),
        _ samples: Sample...
    ) -> SampleHistory {
        var history = SampleHistory(demand: demand, interval: .seconds(30))
        for sample in samples { history.append(sample) }
        return history
    }

    @Test func `a window in time begins behind its length and ends at the newest sample`() throws {
        let history = Self.history(
            Self.sample(0, Self.failure),
            Self.sample(30, Self.failure),
            Self.sample(60),
            Self.sample(90)
        )
        #expect(try history.count(.time(.seconds(60))) == 2)
        #expect(try history.count(.time(.seconds(61))) == 3)
        #expect(try history.failures(.time(.seconds(61))) == 1)
    }

    @Test func `only conclusive samples count`() throws {
        let history = Self.history(
            Self.sample(0, Self.failure),
            Self.sample(30, .error("out of descriptors")),
            Self.sample(60, .inconclusive("offline")),
            Self.sample(90, Self.failure)
        )
        #expect(try history.count(.time(.seconds(600))) == 2)
        #expect(history.consecutiveFailures == 2)
    }

    @Test func `an empty history has no data rather than zero`() {
        let history = Self.history()
        let none = TooFewSamples(found: 0, needed: 1)
        #expect(throws: none) { try history.count(.time(.seconds(60))) }
        #expect(throws: none) { try history.failures(.time(.seconds(60))) }
        #expect(throws: TooFewSamples(found: 0, needed: 5)) { try history.failures(.samples(5)) }
    }

    @Test func `a window in samples must be full`() throws {
        let history = Self.history(
            Self.sample(0, Self.failure),
            Self.sample(30),
            Self.sample(60, Self.failure)
        )
        #expect(try history.failures(.samples(3)) == 2)
        #expect(throws: TooFewSamples(found: 3, needed: 4)) { try history.failures(.samples(4)) }
    }

    @Test func `ratios and quantiles need half of the window or what the rule says`() throws {
        let history = Self.history(Self.sample(0, Self.failure), Self.sample(30), Self.sample(60))
        let window = SampleWindow.time(.seconds(300))
        #expect(throws: TooFewSamples(found: 3, needed: 5)) { try history.successRatio(window) }
        #expect(throws: TooFewSamples(found: 3, needed: 5)) { try history.quantile(0.95, window) }
        #expect(throws: TooFewSamples(found: 3, needed: 5)) { try history.average(window) }
        #expect(try history.successRatio(window, atLeast: 3) == 1 - 1.0 / 3)
    }

    @Test func `a value that only failed samples lack has not changed`() throws {
        let history = Self.history(
            Self.sample(0, version: "2.0.3"),
            Self.sample(30, Self.failure),
            Self.sample(60, version: "2.0.3")
        )
        #expect(try !history.changed(\.versions, .time(.seconds(600))))
    }

    @Test func `a change counts while both values are inside the window`() throws {
        let history = Self.history(
            Self.sample(0, version: "2.0.3", status: 200),
            Self.sample(30, version: "2.0.4", status: 200),
            Self.sample(60, version: "2.0.4", status: 200)
        )
        #expect(try history.changed(\.versions, .time(.seconds(61))))
        #expect(try !history.changed(\.versions, .time(.seconds(60))))
        #expect(try !history.changed(\.statuses, .time(.seconds(61))))
    }

    @Test func `when the wall clock is stepped back the past keeps its spacing`() throws {
        let history = Self.history(
            Self.sample(10_000, Self.failure),
            Self.sample(10_030, Self.failure),
            Self.sample(6400, Self.failure),
            Self.sample(6430)
        )
        #expect(try history.count(.time(.seconds(60))) == 3)
        #expect(try history.count(.time(.seconds(61))) == 4)
    }

    @Test func `what no window asks for is forgotten`() {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(60), count: 3), interval: .seconds(1))
        for second in 0..<1000 { history.append(Self.sample(Int64(second), version: "\(second)")) }
        #expect(history.count == 60)
        #expect(history.versions.runs.count == 60)
        history.demand = HistoryDemand(age: .zero, count: 3)
        history.append(Self.sample(1000))
        #expect(history.count == 3)
    }

    @Test func `no rule can make a history grow without end`() {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(1_000_000)), interval: .seconds(1))
        for second in 0..<6000 { history.append(Self.sample(Int64(second))) }
        #expect(history.count == SampleHistory.capacity)
    }

    @Test func `stored samples may come in any order`() throws {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(600)), interval: .seconds(30))
        history.seed([Self.sample(60), Self.sample(0, Self.failure), Self.sample(30, Self.failure)])
        #expect(history.consecutiveFailures == 0)
        #expect(try history.failures(.time(.seconds(61))) == 2)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `windows agree with a naive model on random samples`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let demand = HistoryDemand(age: .seconds(Int64.random(in: 1...2000, using: &random)), count: 20)
        var history = SampleHistory(demand: demand, interval: .seconds(10))
        var model = NaiveHistory()
        var clock: Int64 = 0
        for _ in 0..<400 {
            clock += Int64.random(in: 0...30, using: &random)
            let outcome: Outcome =
                switch Int.random(in: 0..<10, using: &random) {
                case 0: .error("e")
                case 1: .inconclusive("i")
                case 2...4: Self.failure
                default: .ok
                }
            let version = Bool.random(using: &random) ? "\(Int.random(in: 1...3, using: &random))" : nil
            let sample = Self.sample(
                clock,
                outcome,
                milliseconds: Int64.random(in: 0...50, using: &random),
                version: version
            )
            history.append(sample)
            model.append(sample)
            let window: SampleWindow =
                Bool.random(using: &random)
                ? .samples(Int.random(in: 1...20, using: &random))
                : .time(min(demand.age, .seconds(Int64.random(in: 1...2000, using: &random))))
            let atLeast = Int.random(in: 1...8, using: &random)
            model.expectAgreement(with: history, on: window, atLeast: atLeast)
        }
    }
}

/// All samples in a list and every answer by a walk over it: slow and plainly right.
private struct NaiveHistory {
    private var samples: [Sample] = []

    mutating func append(_ sample: Sample) {
        if sample.outcome.isConclusive { samples.append(sample) }
    }

    private func slice(_ window: SampleWindow) -> [Sample] {
        switch window {
        case .samples(let count):
            return samples.count < count ? [] : Array(samples.suffix(count))
        case .time(let length):
            guard let newest = samples.last else { return [] }
            return samples.filter { $0.startedAt > newest.startedAt - length }
        }
    }

    func expectAgreement(with history: SampleHistory, on window: SampleWindow, atLeast: Int) {
        let slice = slice(window)
        #expect((try? history.count(window)) == (slice.isEmpty ? nil : slice.count))
        let failures = slice.filter { $0.outcome.failure != nil }.count
        #expect((try? history.failures(window)) == (slice.isEmpty ? nil : failures))
        let streak = samples.reversed().prefix { $0.outcome.failure != nil }.count
        // Beyond what is kept, a streak may only have been longer.
        #expect(history.consecutiveFailures == streak)
        let versions = Set(slice.compactMap(\.version))
        if !slice.isEmpty { #expect((try? history.changed(\.versions, window)) == (versions.count > 1)) }
        let sorted = slice.map(\.timings.total).sorted()
        guard sorted.count >= atLeast else {
            #expect((try? history.successRatio(window, atLeast: atLeast)) == nil)
            #expect((try? history.quantile(0.95, window, atLeast: atLeast)) == nil)
            return
        }
        #expect(
            (try? history.successRatio(window, atLeast: atLeast)) == 1 - Double(failures)
                / Double(slice.count)
        )
        for quantile in [0, 0.5, 0.95, 0.99, 1] {
            let rank = max(Int((Double(sorted.count) * quantile).rounded(.up)), 1)
            #expect((try? history.quantile(quantile, window, atLeast: atLeast)) == sorted[rank - 1])
        }
        let sum = sorted.reduce(.zero, +)
        #expect((try? history.average(window, atLeast: atLeast)) == sum / sorted.count)
    }
}
