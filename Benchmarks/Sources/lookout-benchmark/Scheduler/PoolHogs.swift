import Synchronization

/// Tasks that keep the cooperative pool busy: each computes for 20 ms without a pause, over and over.
final class PoolHogs: Sendable {
    private let isStopping = Atomic(false)

    func hog() async {
        while !isStopping.load(ordering: .relaxed) {
            let start = ContinuousClock.now
            while ContinuousClock.now - start < .milliseconds(20) {}
            await Task.yield()
        }
    }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
    }
}
