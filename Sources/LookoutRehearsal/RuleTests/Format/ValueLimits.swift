/// How large a test may become: a few characters of a test file can ask for any number of samples.
enum ValueLimits {
    /// The most samples that all series of one test have together.
    static let samples = 4_000_000
    /// How often one value may be repeated.
    static let repeats = 1...samples
    /// The most values and runs of values that a file writes out.
    static let checks = 2000
    /// The longest test, in virtual time.
    static let length = Duration.seconds(2 * 366 * 86_400)
}
