import Foundation
import LookoutSimulation
import LookoutStatistics
import LookoutTestSupport
import Testing

struct SpecialFunctionTests {
    private let reference: ReferenceValues.Special

    init() throws {
        reference = try ReferenceValues.read().special
    }

    @Test func `the normal distribution agrees with mpmath to 1e-14, also far in the tail`() {
        for row in reference.logCumulativeNormal {
            let value = NormalDistribution.logCumulative(row[0])
            #expect(abs(value - row[1]) <= 1e-14 * abs(row[1]), "ln Φ(\(row[0])) = \(value)")
        }
        for row in reference.normalQuantile {
            #expect(distance(NormalDistribution.quantile(row[0]), from: row[1]) < 1e-14, "at \(row[0])")
        }
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(0.5).magnitude < 1e-16)
    }

    @Test func `what cancels in the tail is left whole`() {
        // ln(Φ(x)·exp(x²/2)) → −ln(|x|·√2π) for x → −∞.
        for x in [-1e3, -1e6, -1e12] {
            let expected = -log(-x * (2 * Double.pi).squareRoot()) + log1p(-1 / (x * x))
            #expect(distance(NormalDistribution.logScaledCumulative(x), from: expected) < 1e-11)
        }
        let (left, right) = (-5.0.nextDown, -5.0)
        let step =
            NormalDistribution.logScaledCumulative(right) - NormalDistribution.logScaledCumulative(left)
        #expect(abs(step) < 1e-13, "the two ways meet")
    }

    @Test func `the incomplete beta function agrees with mpmath to 1e-12 relative`() {
        for row in reference.incompleteBeta {
            let value = BetaDistribution(alpha: row[0], beta: row[1]).cumulative(row[2])
            #expect(abs(value - row[3]) <= 1e-12 * row[3], "I(\(row)) = \(value)")
        }
    }

    @Test func `beta quantiles agree with mpmath to 1e-12 relative`() {
        for row in reference.betaQuantile {
            let value = BetaDistribution(alpha: row[0], beta: row[1]).quantile(row[2])
            #expect(abs(value - row[3]) <= 1e-12 * row[3], "at \(row): \(value)")
        }
    }

    @Test func `a beta quantile is the inverse of the distribution`() async {
        await checkAll(cases: 300) { generator in
            let distribution = BetaDistribution(
                alpha: exp(Double.random(in: -1...9, using: &generator)),
                beta: exp(Double.random(in: -1...9, using: &generator))
            )
            let p = Double.random(in: 1e-6..<1, using: &generator)
            let x = distribution.quantile(p)
            // As near as neighbouring doubles of x allow.
            let nearest = max(
                abs(distribution.cumulative(x.nextUp) - distribution.cumulative(x)),
                abs(distribution.cumulative(x) - distribution.cumulative(x.nextDown))
            )
            try #require(
                abs(distribution.cumulative(x) - p) <= 1e-12 + 4 * nearest,
                "\(distribution) at \(p): \(x)"
            )
        }
    }

    @Test func `beta quantiles exist down to the smallest numbers`() {
        let distribution = BetaDistribution(alpha: 0.5, beta: 2)
        let x = distribution.quantile(1e-40)
        // I_x(½, 2) → ¾·2·√x for small x.
        #expect(distance(x / 1e-80 * 2.25, from: 1) < 1e-9)
        #expect(BetaDistribution(alpha: 2, beta: 3).quantile(0) == 0)
        #expect(BetaDistribution(alpha: 2, beta: 3).quantile(1) == 1)
        #expect(BetaDistribution(alpha: 2, beta: 3).quantile(.nan) == 0)
    }

    @Test func `ln gamma agrees with mpmath`() {
        for row in reference.logGamma {
            #expect(distance(GammaFunction.logarithm(row[0]), from: row[1]) < 1e-14)
        }
        let step = GammaFunction.stirlingError(16.0.nextDown) - GammaFunction.stirlingError(16)
        #expect(abs(step) < 1e-14, "the series meets the function")
    }

    @Test func `sums of logarithms neither overflow nor lose the small`() {
        #expect(LogSpace.sum([1_000, 1_000]) == 1_000 + log(2))
        #expect(LogSpace.sum([-1e5, -1e5 + log(3)]) == -1e5 + log(4))
        #expect(LogSpace.sum([]) == -.infinity)
        #expect(LogSpace.sum([-.infinity, 0]) == 0)
        #expect(LogSpace.mean([]) == 0)
        #expect(distance(LogSpace.mean([log(1), log(3)]), from: log(2)) < 1e-15)
    }
}
