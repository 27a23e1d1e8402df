package import LookoutModel

/// The past of one check as far as its rules may ask for it: conclusive samples only, newest last.
///
/// Windows end at the newest sample, not at the clock, so the same samples always give the same
/// answers, live and replayed. Counts, sums and streaks are kept as running totals: such a window
/// costs two binary searches, whatever its length.
package struct SampleHistory: Sendable {
    /// At most so many samples are kept, whatever the rules ask for.
    package static let capacity = 5000
    /// No window may be longer than this.
    package static let longestWindow = Duration.seconds(86_400)

    struct Entry: Sendable {
        var startedAt: Timestamp
        let isFailure: Bool
        let total: Duration
        /// Failures among all samples up to and including this one.
        let failuresSoFar: Int
        /// Sum of the durations of all samples up to and including this one.
        let totalSoFar: Duration
        /// Failures without a success between, up to and including this one.
        let streak: Int
    }

    /// What the rules ask for; a smaller demand forgets at the next sample.
    package var demand: HistoryDemand
    /// Time from one sample to the next, from which follows how many fill a window.
    package var interval: Duration
    package private(set) var versions = ValueTrail<String>()
    package private(set) var statuses = ValueTrail<Int>()
    /// Live entries are those from `start` on; the ones before wait to be dropped together.
    private var storage: [Entry] = []
    private var start = 0
    /// How many samples were dropped from the front of `storage`: the number of its first.
    private var dropped = 0

    package init(demand: HistoryDemand = HistoryDemand(), interval: Duration) {
        self.demand = demand
        self.interval = interval
    }

    var entries: ArraySlice<Entry> { storage[start...] }

    package var count: Int { storage.count - start }

    /// The number of the sample at an index of `entries`, counted from the first sample ever.
    func number(at index: Int) -> Int { dropped + index }

    /// Takes in a sample if it is conclusive.
    ///
    /// A sample older than the newest one means that the wall clock was stepped back: the past moves with it
    /// and keeps its spacing.
    package mutating func append(_ sample: Sample) {
        guard sample.outcome.isConclusive else { return }
        if let last = entries.last, sample.startedAt < last.startedAt {
            shift(by: sample.startedAt - last.startedAt)
        }
        let last = entries.last
        let isFailure = sample.outcome.failure != nil
        storage.append(
            Entry(
                startedAt: sample.startedAt,
                isFailure: isFailure,
                total: sample.timings.total,
                failuresSoFar: (last?.failuresSoFar ?? 0) + (isFailure ? 1 : 0),
                totalSoFar: (last?.totalSoFar ?? .zero) + sample.timings.total,
                streak: isFailure ? (last?.streak ?? 0) + 1 : 0
            )
        )
        let number = number(at: storage.count - 1)
        if let version = sample.version { versions.record(version, sample: number) }
        if let status = sample.statusCode { statuses.record(status, sample: number) }
        forget()
    }

    /// Takes in stored samples, in any order.
    package mutating func seed(_ samples: [Sample]) {
        for sample in samples.sorted(by: { $0.startedAt < $1.startedAt }) { append(sample) }
    }

    private mutating func shift(by offset: Duration) {
        for index in storage.indices { storage[index].startedAt = storage[index].startedAt + offset }
    }

    private mutating func forget() {
        guard let newest = storage.last else { return }
        let horizon = newest.startedAt - demand.age
        while count > Self.capacity || (count > demand.count && storage[start].startedAt <= horizon) {
            start += 1
        }
        versions.forget(before: number(at: start))
        statuses.forget(before: number(at: start))
        if start > storage.count / 2 {
            storage.removeFirst(start)
            dropped += start
            start = 0
        }
    }
}
