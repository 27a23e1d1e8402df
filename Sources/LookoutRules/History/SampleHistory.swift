package import LookoutModel

/// The past of one check as far as its rules may ask for it: conclusive samples only, newest last.
///
/// Windows end at the newest sample, not at the clock, so the same samples always give the same
/// answers, live and replayed. Counts, sums and streaks are kept as running totals: such a window
/// costs two binary searches, whatever its length.
package struct SampleHistory: Sendable {
    /// At most so many samples are kept, whatever the rules ask for: less than a megabyte a check.
    package static let capacity = 25_000

    /// One sample, in 32 bytes: times and durations in microseconds.
    struct Entry: Sendable {
        var startedAt: Int64
        let total: Int64
        /// Sum of the durations of all samples up to and including this one, wrapping around.
        let totalSoFar: Int64
        /// Failures among all samples up to and including this one, wrapping around.
        let failuresSoFar: UInt32
        /// Failures without a success between, up to and including this one.
        let streak: UInt32

        var isFailure: Bool { streak > 0 }
    }

    /// What the rules ask for; a smaller demand forgets at the next sample.
    package private(set) var demand: HistoryDemand
    /// Time from one sample to the next, from which follows how many fill a window.
    package private(set) var interval: Duration
    package private(set) var versions = ValueTrail<Version>()
    package private(set) var statuses = ValueTrail<Int>()
    /// How many succeeded and failed over times for which samples are not kept; nil if nobody asks.
    private(set) var counts: OutcomeCounts?
    /// How old a kept sample may be, in microseconds.
    private var age: Int64 = 0
    /// Live entries are those from `start` on; the ones before wait to be dropped together.
    private var storage: [Entry] = []
    private var start = 0
    /// How many samples were dropped from the front of `storage`: the number of its first.
    private var dropped = 0

    package init(demand: HistoryDemand = HistoryDemand(), interval: Duration) {
        self.demand = demand
        self.interval = interval
        adapt(to: demand, interval: interval)
    }

    var entries: ArraySlice<Entry> { storage[start...] }

    package var count: Int { storage.count - start }

    /// How far back samples are kept.
    var sampleAge: Duration { .microseconds(age) }

    /// The number of the sample at an index of `entries`, counted from the first sample ever.
    func number(at index: Int) -> Int { dropped + index }

    /// Keeps what other rules ask for, from the next sample on.
    package mutating func adapt(to demand: HistoryDemand, interval: Duration) {
        self.demand = demand
        self.interval = interval
        age = demand.sampleAge(every: interval).boundedMicroseconds
        let countedAge = demand.countedAge(every: interval)
        if countedAge == .zero {
            counts = nil
        } else if counts?.age != countedAge {
            let earlier = counts?.all ?? outcomes
            counts = OutcomeCounts(age: countedAge)
            counts?.take(earlier)
        }
    }

    /// Takes in a sample if it is conclusive.
    ///
    /// A sample older than the newest one means that the wall clock was stepped back: the past moves with it
    /// and keeps its spacing.
    package mutating func append(_ sample: Sample) {
        guard sample.outcome.isConclusive else { return }
        record(sample, isCounted: true)
    }

    /// Takes in stored samples, in any order, and what was counted of the time before and around them.
    ///
    /// Where there are counts, they include the samples.
    package mutating func seed(_ samples: [Sample], counts earlier: [OutcomeCount] = []) {
        counts?.take(earlier)
        for sample in samples.sorted(by: { $0.startedAt < $1.startedAt }) where sample.outcome.isConclusive {
            record(sample, isCounted: earlier.isEmpty)
        }
    }

    /// Takes in stored samples from before the oldest that is known, in any order; counts replace those that
    /// are known.
    package mutating func deepen(_ samples: [Sample], counts earlier: [OutcomeCount] = []) {
        if !earlier.isEmpty { counts?.take(earlier) }
        guard let oldest = entries.first?.startedAt else {
            seed(samples, counts: earlier)
            return
        }
        let known = self
        (storage, start, dropped) = ([], 0, 0)
        (versions, statuses) = (ValueTrail(), ValueTrail())
        seed(samples.filter { $0.startedAt.bounded < oldest }, counts: counts?.all ?? earlier)
        let offset = number(at: storage.count) - known.number(at: known.start)
        for entry in known.entries { record(entry.startedAt, entry.total, isFailure: entry.isFailure) }
        versions.append(known.versions, offset: offset)
        statuses.append(known.statuses, offset: offset)
        forget()
    }

    private mutating func record(_ sample: Sample, isCounted: Bool) {
        let startedAt = sample.startedAt.bounded
        let isFailure = sample.outcome.failure != nil
        record(startedAt, sample.timings.total.boundedMicroseconds, isFailure: isFailure)
        if isCounted { counts?.record(at: startedAt, isFailure: isFailure) }
        let number = number(at: storage.count - 1)
        if let text = sample.version {
            // Reading a version as a number takes longer than all else here.
            let known = versions.newest.flatMap { $0.text == text ? $0 : nil }
            versions.record(known ?? Version(text), sample: number)
        }
        if let status = sample.statusCode { statuses.record(status, sample: number) }
        forget()
    }

    private mutating func record(_ startedAt: Int64, _ total: Int64, isFailure: Bool) {
        let last = storage.last
        if let last, startedAt < last.startedAt { shift(by: startedAt - last.startedAt) }
        storage.append(
            Entry(
                startedAt: startedAt,
                total: total,
                totalSoFar: (last?.totalSoFar ?? 0) &+ total,
                failuresSoFar: (last?.failuresSoFar ?? 0) &+ (isFailure ? 1 : 0),
                streak: isFailure ? (last?.streak ?? 0) &+ 1 : 0
            )
        )
    }

    private mutating func shift(by offset: Int64) {
        for index in storage.indices { storage[index].startedAt += offset }
    }

    private mutating func forget() {
        guard let newest = storage.last else { return }
        let horizon = newest.startedAt - age
        let before = start
        while count > Self.capacity || (count > demand.count && storage[start].startedAt <= horizon) {
            start += 1
        }
        guard start > before else { return }
        versions.forget(before: number(at: start))
        statuses.forget(before: number(at: start))
        if start > storage.count / 2 {
            storage.removeFirst(start)
            dropped += start
            start = 0
        }
    }

    /// The kept samples as counts of one each.
    private var outcomes: [OutcomeCount] {
        entries.map { entry in
            OutcomeCount(
                start: Timestamp(microseconds: entry.startedAt),
                conclusive: 1,
                failed: entry.isFailure ? 1 : 0
            )
        }
    }
}

extension Timestamp {
    /// The time in microseconds, no further from 1970 than 70,000 years, so that sums cannot overflow.
    var bounded: Int64 { min(max(microseconds, -(1 << 61)), 1 << 61) }
}

extension Duration {
    /// The duration in microseconds, three years at most either way, so that sums of many cannot overflow.
    var boundedMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds.magnitude < 100_000_000 else {
            return seconds < 0 ? -100_000_000_000_000 : 100_000_000_000_000
        }
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
