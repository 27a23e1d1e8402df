import Synchronization

/// A task executor that runs jobs only when it is told to, on the thread that tells it.
///
/// Asynchronous code becomes single-stepped without being changed: tasks that prefer this
/// executor, their children, and default actors and streams that they use stay on it.
package final class ManualExecutor: TaskExecutor {
    /// In which order jobs run that are ready at the same time.
    package enum Order: Sendable {
        /// As they came.
        case arrival
        /// Drawn by a seed, to find code that relies on an order which nothing promises.
        case shuffled(seed: UInt64)
    }

    private struct Queue {
        var jobs: [UnownedJob] = []
        var first = 0
        var generator: SeededGenerator?

        mutating func next() -> UnownedJob? {
            guard first < jobs.count else { return nil }
            if var generator {
                jobs.swapAt(first, Int.random(in: first..<jobs.count, using: &generator))
                self.generator = generator
            }
            let job = jobs[first]
            first += 1
            if first == jobs.count {
                jobs.removeAll(keepingCapacity: true)
                first = 0
            }
            return job
        }
    }

    private let queue: Mutex<Queue>

    package init(order: Order = .arrival) {
        switch order {
        case .arrival: queue = Mutex(Queue())
        case .shuffled(let seed): queue = Mutex(Queue(generator: SeededGenerator(seed: seed)))
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.jobs.append(job) }
    }

    /// Runs jobs, and the jobs that they cause, until none is ready; how many that were.
    @discardableResult
    package func settle() -> Int {
        var count = 0
        while let job = queue.withLock({ $0.next() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
            count += 1
        }
        return count
    }
}
