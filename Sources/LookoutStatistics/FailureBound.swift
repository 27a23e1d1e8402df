/// How great the failure ratio may be, given what was seen.
package enum FailureBound {
    /// The ratio that is not exceeded with the given confidence (one-sided, Clopper & Pearson 1934): the
    /// quantile of Beta(x+1, n−x); 1 without samples.
    ///
    /// Jeffreys' quantile of Beta(x+½, n−x+½) is nearer to the nominal confidence on average, but falls
    /// short of it for some ratios. This one never does, and the bound decides whether a deployment
    /// passes.
    package static func upper(failures: Int, of count: Int, confidence: Double = 0.95) -> Double {
        guard failures < count else { return 1 }
        return BetaDistribution(alpha: Double(failures + 1), beta: Double(count - failures))
            .quantile(confidence)
    }
}
