/// One run of a check, as far as comparisons care.
package struct CheckSample: Hashable, Sendable {
    /// In seconds since 1970, or any other beginning of a minute.
    package let time: Double
    package let isOK: Bool
    /// How long it took; nil if that is not known.
    package let seconds: Double?

    package init(time: Double, isOK: Bool, seconds: Double?) {
        self.time = time
        self.isOK = isOK
        self.seconds = seconds
    }

    /// What the tests of latency take, +∞ for a failure without an answer.
    ///
    /// A failure that answered counts with its time: that it was one is `FailureTest`'s business, and a
    /// slow one must not hide. A success of unknown duration says nothing of latency.
    package var latency: Double? {
        if let seconds { return LatencyBaseline.latency(seconds) }
        return isOK ? nil : .infinity
    }

    /// In the order of time, and in one that does not depend on theirs where the times are equal;
    /// those without a time are left out.
    package static func ordered(_ samples: some Sequence<CheckSample>) -> [CheckSample] {
        samples.filter(\.time.isFinite).sorted { left, right in
            left.time != right.time ? left.time < right.time : left.tieBreak < right.tieBreak
        }
    }

    private var tieBreak: (Double, Int) { (latency ?? -1, isOK ? 1 : 0) }
}
