/// How far a rule looks back: a length of time, or a number of samples.
package enum SampleWindow: Hashable, Sendable, CustomStringConvertible {
    /// The samples that began less than this before the newest one, the newest included.
    case time(Duration)
    /// The newest so many samples.
    case samples(Int)

    package var description: String {
        switch self {
        case .time(let length): "\(length)"
        case .samples(let count): "\(count) samples"
        }
    }
}

/// How much of a check's past its rules may ask for: what a history has to keep.
package struct HistoryDemand: Hashable, Sendable {
    /// The longest window in time.
    package var age: Duration
    /// The longest window in samples.
    package var count: Int

    package init(age: Duration = .zero, count: Int = 1) {
        self.age = age
        self.count = count
    }

    /// Whether a window lies within it.
    package func includes(_ window: SampleWindow) -> Bool {
        switch window {
        case .time(let length): length <= age
        case .samples(let number): number <= count
        }
    }

    /// Makes room for one more window.
    package mutating func include(_ window: SampleWindow) {
        switch window {
        case .time(let length): age = max(age, length)
        case .samples(let number): count = max(count, number)
        }
    }

    /// Makes room for all that another demand asks.
    package mutating func include(_ other: HistoryDemand) {
        age = max(age, other.age)
        count = max(count, other.count)
    }
}

/// A window holds fewer samples than an answer needs.
///
/// Rules make "no data" of it, never zero.
package struct TooFewSamples: Error, Hashable {
    package let found: Int
    package let needed: Int

    package init(found: Int, needed: Int) {
        self.found = found
        self.needed = needed
    }
}
