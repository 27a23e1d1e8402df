import LookoutModel

extension SampleHistory {
    /// The number of samples in the window.
    ///
    /// A window in samples must be full.
    package func count(_ window: SampleWindow) throws(TooFewSamples) -> Int {
        try range(window, atLeast: 1).count
    }

    /// The number of failed samples in the window.
    ///
    /// A window in samples must be full.
    package func failures(_ window: SampleWindow) throws(TooFewSamples) -> Int {
        let range = try range(window, atLeast: 1)
        return failures(in: range)
    }

    /// The share of samples that did not fail, 0 to 1.
    package func successRatio(_ window: SampleWindow, atLeast: Int? = nil) throws(TooFewSamples) -> Double {
        let range = try range(window, atLeast: atLeast ?? half(of: window))
        return 1 - Double(failures(in: range)) / Double(range.count)
    }

    /// Failures since the last success; 0 if the newest sample is no failure.
    package var consecutiveFailures: Int { entries.last?.streak ?? 0 }

    /// The mean duration of the window's samples.
    package func average(_ window: SampleWindow, atLeast: Int? = nil) throws(TooFewSamples) -> Duration {
        let range = try range(window, atLeast: atLeast ?? half(of: window))
        let (first, last) = (entries[range.lowerBound], entries[range.upperBound - 1])
        return (last.totalSoFar - first.totalSoFar + first.total) / range.count
    }

    /// The duration that the given share of the window's samples does not exceed (nearest rank).
    package func quantile(
        _ quantile: Double,
        _ window: SampleWindow,
        atLeast: Int? = nil
    ) throws(TooFewSamples) -> Duration {
        let range = try range(window, atLeast: atLeast ?? half(of: window))
        return .microseconds(NearestRank.quantile(quantile, of: entries[range].map(\.total.microseconds)))
    }

    /// Whether the values seen in the window are not all the same.
    package func changed(
        _ trail: KeyPath<SampleHistory, ValueTrail<some Hashable & Sendable>>,
        _ window: SampleWindow
    ) throws(TooFewSamples) -> Bool {
        try runs(of: trail, window).count > 1
    }

    /// The runs of equal values that the window touches, oldest first.
    package func runs<Value>(
        of trail: KeyPath<SampleHistory, ValueTrail<Value>>,
        _ window: SampleWindow
    ) throws(TooFewSamples) -> ArraySlice<ValueTrail<Value>.Run> {
        let range = try range(window, atLeast: 1)
        return self[keyPath: trail].runs(since: number(at: range.lowerBound))
    }

    /// The window's samples as indices of `entries`.
    private func range(
        _ window: SampleWindow,
        atLeast needed: Int
    ) throws(TooFewSamples) -> Range<Int> {
        let entries = entries
        let first: Int
        var needed = max(needed, 1)
        switch window {
        case .time(let length):
            guard let newest = entries.last else { throw TooFewSamples(found: 0, needed: needed) }
            first = entries.partitioningIndex(after: newest.startedAt - length)
        case .samples(let count):
            needed = max(needed, count)
            first = entries.endIndex - min(count, entries.count)
        }
        let found = entries.endIndex - first
        guard found >= needed else { throw TooFewSamples(found: found, needed: needed) }
        return first..<entries.endIndex
    }

    /// How many samples a ratio, a mean or a quantile needs when the rule does not say: half of
    /// those that fit into the window, so that one early sample does not speak for an hour.
    private func half(of window: SampleWindow) -> Int {
        guard case .time(let length) = window, interval > .zero else { return 1 }
        return Int(min((length / interval / 2).rounded(.up), Double(Self.capacity / 2)))
    }

    private func failures(in range: Range<Int>) -> Int {
        let (first, last) = (entries[range.lowerBound], entries[range.upperBound - 1])
        return last.failuresSoFar - first.failuresSoFar + (first.isFailure ? 1 : 0)
    }
}

extension ArraySlice<SampleHistory.Entry> {
    /// The index of the first entry that began after a time; entries are in the order of time.
    fileprivate func partitioningIndex(after time: Timestamp) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].startedAt > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
