import LookoutProbing
import LookoutTestSupport
import Testing

@Suite struct `A histogram of durations` {
    @Test func `says nothing of nothing`() {
        #expect(DurationHistogram().quantile(0.5) == nil)
    }

    @Test func `quantiles are off by an eighth at most`() async {
        await checkAll { generator in
            var histogram = DurationHistogram()
            var durations: [Duration] = []
            for _ in 0..<Int.random(in: 1...200, using: &generator) {
                let magnitude = Int64(1) << Int64.random(in: 0...40, using: &generator)
                let duration = Duration.microseconds(Int64.random(in: 0...magnitude, using: &generator))
                durations.append(duration)
                histogram.add(duration)
            }
            durations.sort()
            for percent in [1, 50, 90, 99, 100] {
                let exact = durations[max(0, (durations.count * percent + 99) / 100 - 1)]
                let estimate = try #require(histogram.quantile(Double(percent) / 100))
                let distance = estimate > exact ? estimate - exact : exact - estimate
                try #require(distance <= exact / 8 + .microseconds(1), "\(exact) \(estimate)")
            }
            try #require(histogram.maximum == durations.last && histogram.count == durations.count)
        }
    }

    @Test(arguments: [-1, 0])
    func `what is early counts as on time`(seconds: Int) {
        var histogram = DurationHistogram()
        histogram.add(.seconds(seconds))
        #expect(histogram.quantile(1) == .zero)
    }

    @Test func `holds the longest durations`() {
        var histogram = DurationHistogram()
        histogram.add(.seconds(Int64.max / 2_000_000_000))
        #expect(histogram.quantile(0.5).map { $0 > .seconds(1_000_000) } == true)
    }
}
