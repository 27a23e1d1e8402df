import Glibc
package import LookoutModel

/// The clocks of the system; those who sleep are woken by a timer thread.
package struct SystemTimekeeper: Timekeeper {
    private let thread: TimerThread

    package init(thread: TimerThread) {
        self.thread = thread
    }

    package var now: Moment { Self.now }

    /// What the clocks show, for whoever never sleeps.
    package static var now: Moment {
        let sinceEpoch = Duration(clock: CLOCK_REALTIME)
        return Moment(wall: .epoch + sinceEpoch, monotonic: TimerThread.now)
    }

    package func sleep(until deadline: Duration) async throws {
        try await thread.sleep(until: deadline)
    }
}
