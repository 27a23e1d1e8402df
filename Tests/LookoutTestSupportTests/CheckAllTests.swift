import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@Suite struct `Random cases` {
    private struct Broken: Error {}

    @Test func `a generator draws the numbers of SplitMix64`() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in generator.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func `every case has a seed of its own`() async {
        let draws = Recorder<UInt64>()
        await checkAll(cases: 50) { draws.record($0.next()) }
        #expect(Set(draws.values).count == 50)
    }

    @Test func `a failing property is reported once, with its seed`() async {
        let tries = Recorder<Void>()
        await withKnownIssue {
            await checkAll(cases: 50) { generator in
                tries.record(())
                if Int.random(in: 0..<4, using: &generator) == 0 { throw Broken() }
            }
        } matching: { issue in
            issue.comments.contains { $0.rawValue.contains("CHECK_SEED=") }
        }
        #expect((1..<50).contains(tries.count))
    }
}
