package import LookoutModel

/// How much of the time there are samples of, and when there were none at all.
package struct Coverage: Sendable {
    /// What is known of one check.
    package struct OfCheck: Hashable, Sendable {
        package var samples = 0
        /// The time that the samples speak for: from each to the next, but no more than two intervals.
        package var time = Duration.zero
        fileprivate var newest: Timestamp?

        package init() {}
    }

    /// A time in which nothing was heard of an environment.
    package struct Silence: Hashable, Sendable {
        package let environment: String
        package let time: Range<Timestamp>

        package var length: Duration { time.upperBound - time.lowerBound }
    }

    package let range: Range<Timestamp>
    private var ids: [CheckID]
    /// In the order of `ids`.
    private var found: [OfCheck]
    package private(set) var silences: [Silence] = []

    /// - Parameters:
    ///   - range: the time that is asked about; samples outside of it do not count.
    ///   - checks: the checks of which there should be samples.
    package init(of range: Range<Timestamp>, checks: [CheckID]) {
        self.range = range
        ids = checks
        found = Array(repeating: OfCheck(), count: checks.count)
    }

    /// Takes in the next sample of a check, which has a place among the checks.
    package mutating func note(
        _ sample: Sample,
        of check: Check,
        at place: Int,
        _ reading: ReplayClock.Reading
    ) {
        guard range.contains(sample.startedAt) else { return }
        found[place].note(sample.startedAt, interval: check.interval)
        if let start = reading.silentSince {
            let time = max(start, range.lowerBound)..<max(sample.startedAt, start, range.lowerBound)
            silences.append(Silence(environment: check.id.environment, time: time))
        }
    }

    /// Adds what another part of the replay found about other checks.
    package mutating func merge(_ other: Coverage) {
        let all = checks.merging(other.checks) { mine, theirs in
            mine.samples >= theirs.samples ? mine : theirs
        }
        ids = all.keys.sorted()
        found = ids.map { all[$0] ?? OfCheck() }
        silences += other.silences
    }

    package var checks: [CheckID: OfCheck] {
        Dictionary(zip(ids, found), uniquingKeysWith: { first, _ in first })
    }

    package var samples: Int { found.reduce(0) { $0 + $1.samples } }

    /// The share of the range that a check's samples speak for, 0 to 1.
    package func share(of check: CheckID) -> Double {
        let length = range.upperBound - range.lowerBound
        guard let place = ids.firstIndex(of: check), length > .zero else { return 0 }
        let time = found[place].time
        return min(1, time / length)
    }

    /// The mean share over all checks; 0 without any.
    package var share: Double {
        ids.isEmpty ? 0 : ids.reduce(0) { $0 + share(of: $1) } / Double(ids.count)
    }
}

extension Coverage.OfCheck {
    fileprivate mutating func note(_ start: Timestamp, interval: Duration) {
        samples += 1
        // The newest sample speaks for its own interval; what it spoke for too much is taken back by the next.
        if let newest { time += max(.zero, min(start - newest, interval * 2)) - interval }
        time += interval
        newest = start
    }
}
