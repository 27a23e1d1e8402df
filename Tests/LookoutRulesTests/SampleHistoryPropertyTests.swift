import LookoutModel
import LookoutRules
import LookoutSimulation
import Testing

/// Histories against a naive model, on random samples.
@Suite struct SampleHistoryPropertyTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `windows agree with a naive model`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let age = Duration.seconds(Int64.random(in: 1...2000, using: &random))
        var history = SampleHistory(demand: HistoryDemand(age: age, count: 20), interval: .seconds(10))
        var model = NaiveHistory()
        for sample in [Sample].random(300, using: &random) {
            history.append(sample)
            model.append(sample)
            let window: SampleWindow =
                Bool.random(using: &random)
                ? .samples(Int.random(in: 1...20, using: &random))
                : .time(min(age, .seconds(Int64.random(in: 1...2000, using: &random))))
            expect(history, model, on: window, atLeast: Int.random(in: 1...8, using: &random))
        }
    }

    private func expect(
        _ history: SampleHistory,
        _ model: NaiveHistory,
        on window: SampleWindow,
        atLeast: Int
    ) {
        let expected = model.slice(window)
        #expect(history.consecutiveFailures == model.consecutiveFailures)
        let versions = Set(expected.compactMap(\.version))
        if !expected.isEmpty { #expect((try? history.changed(\.versions, window)) == (versions.count > 1)) }
        let samples = try? history.samples(in: window, atLeast: atLeast)
        let total = try? history.total(in: window, atLeast: atLeast)
        guard expected.count >= atLeast else {
            #expect(samples == nil && total == nil)
            return
        }
        #expect(total?.samples == expected.count && total?.failures == expected.failureCount)
        #expect(samples?.count == expected.count && samples?.failures == expected.failureCount)
        #expect(samples?.average == expected.meanDuration)
        #expect(samples?.minimum == expected.map(\.timings.total).min())
        #expect(samples?.maximum == expected.map(\.timings.total).max())
        #expect(samples?.newest == expected.last?.startedAt)
        for share in [0, 0.5, 0.95, 0.99, 1] { #expect(samples?.quantile(share) == expected.quantile(share)) }
        expectClose(samples?.slope, expected.slope)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `earlier windows agree with a naive model`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var history = SampleHistory(demand: HistoryDemand(age: .seconds(4000)), interval: .seconds(10))
        var model = NaiveHistory()
        for sample in [Sample].random(300, using: &random) {
            history.append(sample)
            model.append(sample)
            guard let newest = model.samples.last?.startedAt else { continue }
            let length = Duration.seconds(Int64.random(in: 1...2000, using: &random))
            let end = newest - .seconds(Int64.random(in: 0...2000, using: &random))
            let expected = model.slice(over: length, endingAt: end)
            let samples = try? history.samples(over: length, endingAt: end, atLeast: 1)
            #expect(samples?.count ?? 0 == expected.count)
            #expect(samples?.failures ?? 0 == expected.failureCount)
            if !expected.isEmpty { #expect(samples?.quantile(0.5) == expected.quantile(0.5)) }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `the clock may step in the middle of it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var history = SampleHistory(
            demand: HistoryDemand(age: .seconds(600), count: 9),
            interval: .seconds(10)
        )
        var model = NaiveHistory()
        var offset = Duration.zero
        for var sample in [Sample].random(200, using: &random) {
            if Int.random(in: 0..<20, using: &random) == 0 {
                offset += .seconds(Int64.random(in: -100_000...100_000, using: &random))
            }
            sample.startedAt = sample.startedAt + offset
            history.append(sample)
            model.append(sample)
            for window in [SampleWindow.time(.seconds(600)), .time(.seconds(60)), .samples(9)] {
                expect(history, model, on: window, atLeast: 1)
            }
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `a history that was seeded says what one that watched says`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let samples = [Sample].random(200, using: &random)
        var watched = SampleHistory(
            demand: HistoryDemand(age: .seconds(900), count: 5),
            interval: .seconds(10)
        )
        var seeded = watched
        for sample in samples { watched.append(sample) }
        seeded.seed(samples.shuffled(using: &random).sorted { $0.startedAt < $1.startedAt })
        for window in [SampleWindow.time(.seconds(900)), .time(.seconds(30)), .samples(5)] {
            #expect((try? seeded.total(in: window)) == (try? watched.total(in: window)))
            #expect(
                (try? seeded.samples(in: window).quantile(0.9))
                    == (try? watched.samples(in: window).quantile(0.9))
            )
        }
        #expect(seeded.consecutiveFailures == watched.consecutiveFailures)
    }

    private func expectClose(_ found: Double?, _ expected: Double?) {
        guard let found, let expected else {
            #expect(found == nil && expected == nil)
            return
        }
        #expect(abs(found - expected) <= 1e-9 + 1e-6 * abs(expected), "\(found) instead of \(expected)")
    }
}

extension SampleHistoryPropertyTests {
    @Test(arguments: 0..<10 as Range<UInt64>)
    func `a past that is read later is as good as one that was always known`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let samples = [Sample].random(200, gap: 1...30, using: &random)
        let wide = HistoryDemand(age: .seconds(2000), count: 30)
        var watched = SampleHistory(demand: wide, interval: .seconds(10))
        for sample in samples { watched.append(sample) }
        var deepened = SampleHistory(demand: HistoryDemand(count: 4), interval: .seconds(10))
        for sample in samples.dropLast(10) { deepened.append(sample) }
        deepened.adapt(to: wide, interval: .seconds(10))
        deepened.deepen(samples.dropLast(Int.random(in: 10...14, using: &random)).shuffled(using: &random))
        for sample in samples.suffix(10) { deepened.append(sample) }
        for window in [SampleWindow.time(.seconds(2000)), .time(.seconds(100)), .samples(30), .samples(3)] {
            #expect((try? deepened.total(in: window)) == (try? watched.total(in: window)))
            #expect((try? deepened.samples(in: window).average) == (try? watched.samples(in: window).average))
            #expect((try? deepened.changed(\.versions, window)) == (try? watched.changed(\.versions, window)))
            #expect((try? deepened.versionWentBack(window)) == (try? watched.versionWentBack(window)))
        }
        #expect(deepened.consecutiveFailures == watched.consecutiveFailures)
        #expect(deepened.versions.newest == watched.versions.newest)
    }
}
