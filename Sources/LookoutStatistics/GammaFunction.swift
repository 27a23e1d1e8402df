import Glibc

/// The gamma function in log space, for positive arguments.
package enum GammaFunction {
    /// ln Γ(x) for x > 0; the C library's, without the global sign that makes `lgamma` unsafe.
    package static func logarithm(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// ln Γ(x+1) − (x+½)·ln x + x − ½·ln 2π, what Stirling's formula leaves out.
    ///
    /// From 16 on by its asymptotic series (DLMF 5.11.1), whose first term left out is below 1e-16.
    package static func stirlingError(_ x: Double) -> Double {
        guard x >= 16 else {
            return logarithm(x + 1) - (x + 0.5) * log(x) + x - 0.918_938_533_204_672_8
        }
        let square = 1 / (x * x)
        let coefficients = [1.0 / 12, -1.0 / 360, 1.0 / 1_260, -1.0 / 1_680, 1.0 / 1_188, -691.0 / 360_360]
        return coefficients.reversed().reduce(0) { $0 * square + $1 } / x
    }
}
