package import LookoutModel

/// Samples of a history as they lie behind each other, for statistics over them.
package struct SampleSlice: Sendable {
    private let entries: ArraySlice<SampleHistory.Entry>

    init(_ entries: ArraySlice<SampleHistory.Entry>) {
        self.entries = entries
    }

    package var count: Int { entries.count }

    /// How many failed.
    package var failures: Int {
        guard let first = entries.first, let last = entries.last else { return 0 }
        return Int(last.failuresSoFar &- first.failuresSoFar) + (first.isFailure ? 1 : 0)
    }

    /// The share that did not fail, 0 to 1; not a number of nothing.
    package var successRatio: Double { 1 - Double(failures) / Double(count) }

    /// The mean duration.
    package var average: Duration {
        guard let first = entries.first, let last = entries.last else { return .zero }
        return .microseconds(last.totalSoFar &- first.totalSoFar &+ first.total) / entries.count
    }

    package var minimum: Duration { .microseconds(entries.lazy.map(\.total).min() ?? 0) }
    package var maximum: Duration { .microseconds(entries.lazy.map(\.total).max() ?? 0) }

    /// The duration that the given share does not exceed (nearest rank).
    package func quantile(_ quantile: Double) -> Duration {
        guard !entries.isEmpty else { return .zero }
        return .microseconds(NearestRank.quantile(quantile, of: entries.map(\.total)))
    }

    /// By how many seconds the duration grows in a second: the slope of the line through all samples with
    /// the least sum of squares.
    ///
    /// Nil where all began at the same time.
    package var slope: Double? {
        guard let first = entries.first, let last = entries.last, first.startedAt < last.startedAt else {
            return nil
        }
        // Around the means, as sums of squares of large numbers lose their small differences.
        let count = Double(entries.count)
        var time = 0.0
        var total = 0.0
        for entry in entries {
            time += Double(entry.startedAt - first.startedAt)
            total += Double(entry.total)
        }
        let (meanTime, meanTotal) = (time / count, total / count)
        var covariance = 0.0
        var variance = 0.0
        for entry in entries {
            let distance = Double(entry.startedAt - first.startedAt) - meanTime
            covariance += distance * (Double(entry.total) - meanTotal)
            variance += distance * distance
        }
        return covariance / variance
    }

    /// When the newest began.
    package var newest: Timestamp? { entries.last.map { Timestamp(microseconds: $0.startedAt) } }
}

extension SampleHistory {
    /// The window's samples, if there are as many as needed.
    ///
    /// A window in samples must be full. Without a number, a window in time needs half of the samples that fit
    /// into it, so that one early sample does not speak for an hour.
    package func samples(
        in window: SampleWindow,
        atLeast needed: Int? = nil
    ) throws(TooFewSamples) -> SampleSlice {
        SampleSlice(entries[try range(window, atLeast: needed ?? half(of: window))])
    }

    /// The samples of a window in time that ended in the past, if there are as many as needed, which without
    /// a number is half of those that fit.
    package func samples(
        over length: Duration,
        endingAt end: Timestamp,
        atLeast needed: Int? = nil
    ) throws(TooFewSamples) -> SampleSlice {
        let entries = entries
        let last = entries.partitioningIndex { $0.startedAt > end.bounded }
        let begin = end.bounded - length.boundedMicroseconds
        let first = entries[..<last].partitioningIndex { $0.startedAt > begin }
        let needed = max(needed ?? half(of: .time(length)), 1)
        guard last - first >= needed else { throw TooFewSamples(found: last - first, needed: needed) }
        return SampleSlice(entries[first..<last])
    }

    /// When the newest sample began.
    package var newest: Timestamp? { entries.last.map { Timestamp(microseconds: $0.startedAt) } }

    /// How many samples the window has, and how many of them failed: of long windows by the minute.
    ///
    /// A window in samples must be full; without a number, a window in time needs half of those that fit.
    package func total(
        in window: SampleWindow,
        atLeast needed: Int? = nil
    ) throws(TooFewSamples) -> OutcomeCounts.Total {
        let needed = max(needed ?? half(of: window), 1)
        if case .time(let length) = window, length > sampleAge, let counts, let newest = entries.last {
            let total = counts.total(over: length, endingAt: newest.startedAt)
            guard total.samples >= needed else { throw TooFewSamples(found: total.samples, needed: needed) }
            return total
        }
        let samples = SampleSlice(entries[try range(window, atLeast: needed)])
        return OutcomeCounts.Total(samples: samples.count, failures: samples.failures)
    }

    /// Whether outcomes over the window can be counted; a longer window than the demand is not kept.
    package func canCount(_ window: SampleWindow) -> Bool {
        if case .time(let length) = window, let counts, length <= counts.age { return true }
        return canShow(window)
    }

    /// Whether the window's samples are kept.
    package func canShow(_ window: SampleWindow) -> Bool {
        switch window {
        case .time(let length): length <= sampleAge
        case .samples(let count): count <= demand.count
        }
    }

    /// Failures since the last success; 0 if the newest sample is no failure.
    package var consecutiveFailures: Int { entries.last.map { Int($0.streak) } ?? 0 }

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
            let end = newest.startedAt - length.boundedMicroseconds
            first = entries.partitioningIndex { $0.startedAt > end }
        case .samples(let count):
            needed = max(needed, count)
            first = entries.endIndex - min(count, entries.count)
        }
        let found = entries.endIndex - first
        guard found >= needed else { throw TooFewSamples(found: found, needed: needed) }
        return first..<entries.endIndex
    }

    private func half(of window: SampleWindow) -> Int {
        guard case .time(let length) = window, interval > .zero else { return 1 }
        return Int(min((length / interval / 2).rounded(.up), Double(Self.capacity / 2)))
    }
}

extension ArraySlice<SampleHistory.Entry> {
    /// The index of the first entry that meets a condition which all entries after it meet as well.
    fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
