import Dispatch
import Synchronization

/// Holds threads back until so many of them have come.
final class Gate: Sendable {
    private let count: Int
    private let arrived = Mutex(0)
    private let opening = DispatchSemaphore(value: 0)

    init(opensAt count: Int) {
        self.count = count
    }

    /// Returns when all have come, or after a minute so that a broken test ends.
    func pass() {
        let isLast = arrived.withLock { arrived in
            arrived += 1
            return arrived == count
        }
        if isLast {
            for _ in 1...count { opening.signal() }
        }
        _ = opening.wait(timeout: .now() + .seconds(60))
    }
}
