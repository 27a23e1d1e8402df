import Glibc

extension LatencyTest {
    /// The smallest slowdown with which ln E would have reached the threshold at the last sample up to
    /// now with the probability `power`; nil if none would, or if there is too little to judge.
    ///
    /// First θ: the one at which the formula gives the threshold, plus Φ⁻¹(power)/√I, since θ̂ scatters
    /// by 1/√I around the true one. Then the ratio whose θ it is: the baseline, slowed down by it, is
    /// ranked in itself, so no distribution is supposed. With 1/12 the variance of a rank is that of no
    /// change and greater than that after one, and alarms before the last sample come on top, so the
    /// true power is a little greater.
    package func smallestDetectableRatio(reaching threshold: Double, power: Double) -> Double? {
        guard isJudgeable else { return nil }
        let scatter = NormalDistribution.quantile(power) / information.squareRoot()
        let wanted = smallestEffect(reaching: threshold) + scatter
        // ln of the ratio, up to a thousandfold.
        var (lower, upper) = (log(margin), log(margin * 1_000))
        guard effect(ofRatio: exp(upper)) >= wanted else { return nil }
        for _ in 0..<30 {
            let middle = (lower + upper) / 2
            if effect(ofRatio: exp(middle)) >= wanted { upper = middle } else { lower = middle }
        }
        return exp(upper)
    }

    /// The θ̂ at which ln E is the threshold; beyond ½ where none is great enough.
    private func smallestEffect(reaching threshold: Double) -> Double {
        var (lower, upper) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (lower + upper) / 2
            let logEvidence = Self.logEvidence(effect: middle, information: information, prior: prior)
            if logEvidence >= threshold { upper = middle } else { lower = middle }
        }
        return upper
    }

    /// θ of the baseline slowed down by a ratio against the baseline itself.
    private func effect(ofRatio ratio: Double) -> Double {
        let ranks = baseline.sorted.reduce(0) { $0 + baseline.doubledRank(of: $1 * ratio / margin) }
        let pairs = Double(baseline.count) * Double(baseline.count)
        return Double(ranks) / (2 * pairs) - 0.5
    }
}
