import LookoutModel

/// How many samples succeeded and failed, by the minute: for windows too long to keep each sample.
///
/// Kept are stretches in which something happened, with running totals, so a window costs two binary
/// searches. A window begins where a stretch does: it is longer than asked by less than one stretch, which
/// is a minute for up to three days, and 1/4320 of the longest window beyond (ten minutes for 30 days).
package struct OutcomeCounts: Sendable {
    private struct Stretch {
        /// The stretch's beginning, counted in stretches since 1970.
        var number: Int64
        /// Samples of all stretches up to and including this one, wrapping around.
        var samplesSoFar: UInt32
        var failuresSoFar: UInt32
    }

    /// How many samples a window holds, and how many of them failed.
    package struct Total: Hashable, Sendable {
        package let samples: Int
        package let failures: Int
    }

    /// How far back is counted.
    package let age: Duration
    /// How long a stretch is: whole minutes.
    package var width: Duration { .microseconds(step) }
    private let step: Int64
    private let kept: Int64
    private var storage: [Stretch] = []
    private var start = 0

    package init(age: Duration) {
        self.age = age
        step = Self.width(for: age).microseconds
        kept = age.boundedMicroseconds / step + 1
    }

    /// How long the stretches are when it is counted so far back: what to ask the store for.
    package static func width(for age: Duration) -> Duration {
        let minutes = (age / .seconds(4320 * 60)).rounded(.up)
        return .seconds(60 * max(1, Int64(minutes)))
    }

    /// Takes in one sample, which is the newest.
    ///
    /// An older time than the last one's means that the wall clock was stepped back: the past moves with it,
    /// by whole stretches.
    mutating func record(at time: Int64, isFailure: Bool) {
        add(number(of: time), samples: 1, failures: isFailure ? 1 : 0)
    }

    /// Takes in what was counted elsewhere, in place of what was known.
    mutating func take(_ counts: [OutcomeCount]) {
        storage = []
        start = 0
        for count in counts.sorted(by: { $0.start < $1.start }) where count.conclusive > 0 {
            add(
                number(of: count.start.bounded),
                samples: UInt32(truncatingIfNeeded: count.conclusive),
                failures: UInt32(truncatingIfNeeded: min(max(count.failed, 0), count.conclusive))
            )
        }
    }

    /// What a window of this length holds that ends with the newest sample, at the given time.
    func total(over length: Duration, endingAt newest: Int64) -> Total {
        guard let last = storage.last else { return Total(samples: 0, failures: 0) }
        let oldest = number(of: newest - length.boundedMicroseconds)
        var low = start
        var high = storage.count
        while low < high {
            let middle = low + (high - low) / 2
            if storage[middle].number >= oldest { high = middle } else { low = middle + 1 }
        }
        let before = low > 0 ? storage[low - 1] : Stretch(number: 0, samplesSoFar: 0, failuresSoFar: 0)
        return Total(
            samples: Int(last.samplesSoFar &- before.samplesSoFar),
            failures: Int(last.failuresSoFar &- before.failuresSoFar)
        )
    }

    /// The stretches as counts, oldest first.
    var all: [OutcomeCount] {
        storage.indices.dropFirst(start).map { index in
            let before =
                index > 0 ? storage[index - 1] : Stretch(number: 0, samplesSoFar: 0, failuresSoFar: 0)
            return OutcomeCount(
                start: Timestamp(microseconds: storage[index].number * step),
                conclusive: Int(storage[index].samplesSoFar &- before.samplesSoFar),
                failed: Int(storage[index].failuresSoFar &- before.failuresSoFar)
            )
        }
    }

    private func number(of time: Int64) -> Int64 {
        let quotient = time / step
        return time % step < 0 ? quotient - 1 : quotient
    }

    private mutating func add(_ number: Int64, samples: UInt32, failures: UInt32) {
        if let last = storage.last, number < last.number {
            for index in storage.indices { storage[index].number += number - last.number }
        }
        if let last = storage.indices.last, storage[last].number == number {
            storage[last].samplesSoFar &+= samples
            storage[last].failuresSoFar &+= failures
            return
        }
        storage.append(
            Stretch(
                number: number,
                samplesSoFar: (storage.last?.samplesSoFar ?? 0) &+ samples,
                failuresSoFar: (storage.last?.failuresSoFar ?? 0) &+ failures
            )
        )
        forget(before: number - kept)
    }

    private mutating func forget(before number: Int64) {
        while storage[start].number < number { start += 1 }
        // One that is forgotten stays: it has the totals from before the first that is kept.
        if start - 1 > storage.count / 2 {
            storage.removeFirst(start - 1)
            start = 1
        }
    }
}
