import Glibc

/// Sums of numbers that are kept as their logarithms.
package enum LogSpace {
    /// ln Σ exp(terms), −∞ for none.
    package static func sum(_ terms: [Double]) -> Double {
        guard let greatest = terms.max(), greatest > -.infinity else { return -.infinity }
        var total = 0.0
        for term in terms { total += exp(term - greatest) }
        return greatest + log(total)
    }

    /// The logarithm of the mean, 0 for none.
    ///
    /// The mean of e-values is an e-value again, however they depend on each other (Vovk & Wang,
    /// "E-values: calibration, combination and applications", 2021): so are all checks of a deployment
    /// judged together.
    package static func mean(_ terms: [Double]) -> Double {
        terms.isEmpty ? 0 : sum(terms) - log(Double(terms.count))
    }
}
