/// The values that something had over time, as runs of equal ones: which versions, since when.
///
/// Time is counted in samples: each has a number, greater than that of the one before.
package struct ValueTrail<Value: Hashable & Sendable>: Sendable {
    /// One value, from the first to the last sample that had it without another between.
    package struct Run: Hashable, Sendable {
        package let value: Value
        package let first: Int
        package fileprivate(set) var last: Int
    }

    package private(set) var runs: [Run] = []

    package init() {}

    package var newest: Value? { runs.last?.value }

    package mutating func record(_ value: Value, sample: Int) {
        if let index = runs.indices.last, runs[index].value == value {
            runs[index].last = sample
        } else {
            runs.append(Run(value: value, first: sample, last: sample))
        }
    }

    /// Takes in a later trail, whose samples have other numbers.
    mutating func append(_ later: ValueTrail, offset: Int) {
        for run in later.runs {
            record(run.value, sample: run.first + offset)
            record(run.value, sample: run.last + offset)
        }
    }

    /// The runs that a sample or any later one belongs to, oldest first.
    package func runs(since sample: Int) -> ArraySlice<Run> {
        var start = runs.endIndex
        while start > runs.startIndex, runs[start - 1].last >= sample { start -= 1 }
        return runs[start...]
    }

    /// Forgets what was seen before a sample only, but for the newest value.
    package mutating func forget(before sample: Int) {
        let stale = runs.dropLast().prefix { $0.last < sample }.count
        if stale > 0 { runs.removeFirst(stale) }
    }
}
