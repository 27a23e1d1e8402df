/// The rule without statistics: so many failures in a row confirm an outage.
package struct ConsecutiveFailures: Equatable, Sendable {
    /// How many in a row it takes.
    package let required: Int
    /// How many have failed up to now without a success between.
    package private(set) var run = 0
    package private(set) var longestRun = 0

    package init(required: Int = 3) {
        precondition(required > 0, "at least one failure")
        self.required = required
    }

    package mutating func observe(isOK: Bool) {
        run = isOK ? 0 : run + 1
        longestRun = max(longestRun, run)
    }

    /// Whether it fails now.
    package var isConfirmed: Bool { run >= required }

    /// The probability of a confirmed outage within so many samples that fail independently with this
    /// ratio: with 3 in a row and 180 samples 0.14 % at 2 %, 2e-5 at 0.5 %.
    ///
    /// Exact, by the length of the run at the end of each sample.
    package static func falseAlarmRatio(required: Int, failureRatio: Double, samples: Int) -> Double {
        guard failureRatio > 0, required > 0 else { return required > 0 ? 0 : 1 }
        guard failureRatio < 1 else { return samples >= required ? 1 : 0 }
        var runs = Array(repeating: 0.0, count: required)
        runs[0] = 1
        var confirmed = 0.0
        for _ in 0..<max(0, samples) {
            let ended = runs.reduce(0, +) * (1 - failureRatio)
            confirmed += runs[required - 1] * failureRatio
            for length in stride(from: required - 1, to: 0, by: -1) {
                runs[length] = runs[length - 1] * failureRatio
            }
            runs[0] = ended
        }
        return min(1, confirmed)
    }
}
