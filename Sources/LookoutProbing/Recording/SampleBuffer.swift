import LookoutModel

/// Samples on their way to the store: bounded, and the newest are worth most.
struct SampleBuffer: Sendable {
    /// Some samples from the front of the buffer, which stay in it until they are stored.
    struct Batch: Hashable, Sendable {
        let samples: [Sample]
        /// The number of the first sample that is not in the batch.
        fileprivate let end: Int
    }

    private let capacity: Int
    private var samples: [Sample] = []
    /// The place of the oldest sample that is still wanted.
    private var head = 0
    /// The number of that sample, counted from the beginning of all.
    private var first = 0
    /// Samples that had to make room before they were stored.
    private(set) var dropped = 0

    init(capacity: Int) {
        precondition(capacity > 0, "a buffer without room keeps nothing")
        self.capacity = capacity
    }

    var count: Int { samples.count - head }

    /// Takes a sample; if there is no room, the oldest makes room.
    mutating func append(_ sample: Sample) {
        if count == capacity {
            forget(1)
            dropped += 1
        }
        samples.append(sample)
    }

    /// The oldest samples, at most so many; nil if there is none.
    func batch(atMost limit: Int) -> Batch? {
        guard count > 0 else { return nil }
        let batch = Array(samples[head...].prefix(limit))
        return Batch(samples: batch, end: first + batch.count)
    }

    /// Forgets the samples of a batch, as far as they have not been dropped in the meantime.
    mutating func stored(_ batch: Batch) {
        forget(max(0, batch.end - first))
    }

    private mutating func forget(_ number: Int) {
        head += number
        first += number
        // The room is given back now and then, so that forgetting costs O(1) on average.
        if head > samples.count / 2 {
            samples.removeFirst(head)
            head = 0
        }
    }
}
