import LookoutModel

/// How much of a check's past its rules may ask for: what a history has to keep.
package struct HistoryDemand: Hashable, Sendable {
    /// The longest time over which samples are looked at one by one.
    package var age: Duration
    /// The longest window in samples.
    package var count: Int
    /// The windows in time over which outcomes are only counted.
    package private(set) var counted: Set<Duration> = []

    package init(age: Duration = .zero, count: Int = 1) {
        self.age = age
        self.count = count
    }

    /// Makes room for one more window over samples.
    package mutating func include(_ window: SampleWindow) {
        switch window {
        case .time(let length): age = max(age, length)
        case .samples(let number): count = max(count, number)
        }
    }

    /// Makes room for one more window over which outcomes are counted.
    package mutating func include(counted window: SampleWindow) {
        switch window {
        case .time(let length): counted.insert(length)
        case .samples(let number): count = max(count, number)
        }
    }

    /// Makes room for all that another demand asks.
    package mutating func include(_ other: HistoryDemand) {
        age = max(age, other.age)
        count = max(count, other.count)
        counted.formUnion(other.counted)
    }

    /// The longest time that is looked back on, one way or the other.
    package var longestWindow: Duration { max(age, counted.max() ?? .zero) }

    /// How old the samples are at most that a check with this interval has to keep.
    ///
    /// Outcomes are counted exactly, sample by sample, as long as the samples of the window can all be kept.
    package func sampleAge(every interval: Duration) -> Duration {
        counted.filter { Self.keepsSamples(over: $0, every: interval) }.reduce(age) { max($0, $1) }
    }

    /// How far back a check with this interval has to count outcomes by the minute; zero for not at all.
    package func countedAge(every interval: Duration) -> Duration {
        counted.filter { !Self.keepsSamples(over: $0, every: interval) }.max() ?? .zero
    }

    /// How many of the newest stored samples of a check with this interval meet the demand.
    ///
    /// Leaves room for samples that come a little faster than the interval says.
    package func sampleCount(every interval: Duration) -> Int {
        guard interval > .zero else { return SampleHistory.capacity }
        let filling = sampleAge(every: interval) / interval * 1.1
        return max(count, min(Int(filling.rounded(.up)), SampleHistory.capacity)) + 2
    }

    private static func keepsSamples(over length: Duration, every interval: Duration) -> Bool {
        length <= SampleWindow.longestOfSamples
            && (interval <= .zero || length / interval <= Double(SampleHistory.capacity))
    }
}
