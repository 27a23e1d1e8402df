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
        #expect(try history.samples(in: .time(.seconds(60)), atLeast: 1).count == 2)
        #expect(try history.samples(in: .time(.seconds(61)), atLeast: 1).count == 3)
        #expect(try history.samples(in: .time(.seconds(61)), atLeast: 1).failures == 1)
    }

    @Test func `only conclusive samples count`() throws {
        let history = Self.history(
            Self.sample(0, Self.failure),
            Self.sample(30, .error("out of descriptors")),
            Self.sample(60, .inconclusive("offline")),
            Self.sample(90, Self.failure)
        )
        #expect(try history.samples(in: .time(.seconds(600)), atLeast: 1).count == 2)
        #expect(history.consecutiveFailures == 2)
    }

    @Test func `an empty history has no data rather than zero`() {
        let history = Self.history()
        let none = TooFewSamples(found: 0, needed: 1)
        #expect(throws: none) { try history.samples(in: .time(.seconds(60)), atLeast: 1).count }
        #expect(throws: none) { try history.samples(in: .time(.seconds(60)), atLeast: 1).failures }
        #expect(throws: TooFewSamples(found: 0, needed: 5)) {
            try history.samples(in: .samples(5), atLeast: 1).failures
        }
    }

    @Test func `a window in samples must be full`() throws {
        let history = Self.history(
            Self.sample(0, Self.failure),
            Self.sample(30),
            Self.sample(60, Self.failure)
        )
        #expect(try history.samples(in: .samples(3), atLeast: 1).failures == 2)
        #expect(throws: TooFewSamples(found: 3, needed: 4)) {
            try history.samples(in: .samples(4), atLeast: 1).failures
        }
    }

    @Test func `ratios and quantiles need half of the window or what the rule says`() throws {
        let history = Self.history(Self.sample(0, Self.failure), Self.sample(30), Self.sample(60))
        let window = SampleWindow.time(.seconds(300))
        #expect(throws: TooFewSamples(found: 3, needed: 5)) { try history.total(in: window) }
        #expect(throws: TooFewSamples(found: 3, needed: 5)) { try history.samples(in: window) }
        #expect(try history.samples(in: window, atLeast: 3).successRatio == 1 - 1.0 / 3)
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
        #expect(try history.samples(in: .time(.seconds(60)), atLeast: 1).count == 3)
        #expect(try history.samples(in: .time(.seconds(61)), atLeast: 1).count == 4)
    }

    @Test func `what no window asks for is forgotten`() {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(60), count: 3), interval: .seconds(1))
        for second in 0..<1000 { history.append(Self.sample(Int64(second), version: "\(second)")) }
        #expect(history.count == 60)
        #expect(history.versions.runs.count == 60)
        history.adapt(to: HistoryDemand(age: .zero, count: 3), interval: .seconds(1))
        history.append(Self.sample(1000))
        #expect(history.count == 3)
    }

    @Test func `no rule can make a history grow without end`() {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(1_000_000)), interval: .seconds(1))
        for second in 0..<SampleHistory.capacity + 1000 { history.append(Self.sample(Int64(second))) }
        #expect(history.count == SampleHistory.capacity)
    }

    @Test func `stored samples may come in any order`() throws {
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(600)), interval: .seconds(30))
        history.seed([Self.sample(60), Self.sample(0, Self.failure), Self.sample(30, Self.failure)])
        #expect(history.consecutiveFailures == 0)
        #expect(try history.samples(in: .time(.seconds(61)), atLeast: 1).failures == 2)
    }
}
