import Foundation
import Synchronization

/// What the machine itself is late by: a bare thread that wakes a thousand times a second beside the
/// scheduler, with nothing to do.
///
/// No scheduler can be more punctual than this. Ticks that a stall swallowed count, as late as the
/// stall made them.
final class BareTimer: Sendable {
    private let lateness = Mutex<[Double]>([])
    private let isStopping = Atomic(false)
    private let hasStopped = Atomic(false)

    func start() {
        Thread.detachNewThread { [self] in
            var due = Self.now
            while !isStopping.load(ordering: .relaxed) {
                due += 1_000_000
                var time = timespec(tv_sec: due / 1_000_000_000, tv_nsec: due % 1_000_000_000)
                while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
                let late = Double(Self.now - due) / 1e9
                lateness.withLock { $0.append(late) }
            }
            hasStopped.store(true, ordering: .releasing)
        }
    }

    /// Ends the thread; seconds late, a value a tick.
    func stop() -> [Double] {
        isStopping.store(true, ordering: .relaxed)
        while !hasStopped.load(ordering: .acquiring) { usleep(1000) }
        return lateness.withLock { $0 }
    }

    /// Nanoseconds of the monotonic clock.
    private static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
