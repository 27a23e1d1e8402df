import LookoutStatistics
import Testing

/// Against `scipy.stats.brunnermunzel` (1.17), and where there is nothing to say.
struct BrunnerMunzelTests {
    private static let spread = (
        before: [148.5, 167.3, 133.0, 103.9, 123.7, 99.8, 152.0, 253.7, 121.9, 115.8, 180.5, 171.2],
        after: [218.0, 95.2, 195.7, 349.4, 68.3, 138.9, 43.8, 71.4, 45.9]
    )
    /// Many ties; the example of scipy's documentation.
    private static let ties = (
        before: [1.0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1],
        after: [3.0, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    )

    @Test func `effect, statistic, degrees of freedom and probability are those of scipy`() throws {
        let spread = try #require(
            BrunnerMunzel(window: Self.spread.after, baseline: LatencyBaseline(Self.spread.before))
        )
        #expect(distance(spread.effect, from: 0.3703703703703704) < 1e-14)
        #expect(distance(try #require(spread.statistic), from: -0.8304481575288504) < 1e-13)
        #expect(distance(try #require(spread.degreesOfFreedom), from: 8.552690793529035) < 1e-13)
        #expect(distance(try #require(spread.probability), from: 0.42885680809068716) < 1e-12)

        let ties = try #require(
            BrunnerMunzel(window: Self.ties.after, baseline: LatencyBaseline(Self.ties.before))
        )
        #expect(distance(ties.effect, from: 0.788961038961039) < 1e-14)
        #expect(distance(try #require(ties.statistic), from: 3.1374674823029505) < 1e-13)
        #expect(distance(try #require(ties.degreesOfFreedom), from: 17.682841979481545) < 1e-13)
        #expect(distance(try #require(ties.probability), from: 0.005786208666151469) < 1e-12)
    }

    @Test func `the sides change places, and with them the sign alone`() throws {
        let forth = try #require(
            BrunnerMunzel(window: Self.spread.after, baseline: LatencyBaseline(Self.spread.before))
        )
        let back = try #require(
            BrunnerMunzel(window: Self.spread.before, baseline: LatencyBaseline(Self.spread.after))
        )
        #expect(distance(try #require(back.statistic), from: -(try #require(forth.statistic))) < 1e-14)
        #expect(back.probability == forth.probability)
        #expect(distance(back.effect, from: 1 - forth.effect) < 1e-15)
    }

    @Test func `a timeout is the longest of all`() throws {
        let before = [1.0, 2, 3, 4]
        let timeouts = try #require(
            BrunnerMunzel(window: [2.0, 3, .infinity, .infinity], baseline: LatencyBaseline(before))
        )
        let long = try #require(
            BrunnerMunzel(window: [2.0, 3, 90, 90], baseline: LatencyBaseline(before))
        )
        #expect(timeouts == long)
    }

    @Test func `without scatter there is an effect and no probability`() throws {
        let apart = try #require(BrunnerMunzel(window: [5.0, 6, 7], baseline: LatencyBaseline([1.0, 2])))
        #expect(apart.effect == 1)
        #expect(apart.probability == nil)
        let equal = try #require(BrunnerMunzel(window: [1.0, 1, 1], baseline: LatencyBaseline([1.0, 1])))
        #expect(equal.effect == 0.5)
        #expect(equal.statistic == nil)
        #expect(BrunnerMunzel(window: [1.0], baseline: LatencyBaseline([1.0, 2])) == nil)
        #expect(BrunnerMunzel(window: [], baseline: LatencyBaseline([])) == nil)
    }
}
