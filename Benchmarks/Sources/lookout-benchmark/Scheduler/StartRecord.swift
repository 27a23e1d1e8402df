import LookoutModel
import LookoutProbing
import Synchronization

/// How late probes began: the time from the point at which a run was due to the probe's first step.
///
/// The scheduler's own statistics end where it hands a run over; this is what a target sees.
final class StartRecord: Sendable {
    /// One point of each check's grid, on the monotonic clock.
    private let grid: [Duration]
    private let interval: Duration
    private let late = Mutex<[Double]>([])

    /// Asks a second `Schedule` when the checks, which share an interval, are due.
    ///
    /// `lastStarts` must be so long ago that all are due within an interval.
    init(_ checks: [Check], interval: Duration, lastStarts: [CheckID: Timestamp], at now: Moment) {
        var schedule = Schedule(limit: checks.count)
        _ = schedule.replace(with: checks, lastStarts: lastStarts, at: now)
        var due: [CheckID: Duration] = [:]
        for case .start(let run) in schedule.advance(to: now.monotonic + interval) {
            due[run.check.id] = run.due
        }
        grid = checks.compactMap { due[$0.id] }
        precondition(grid.count == checks.count, "each check is due once in an interval")
        self.interval = interval
    }

    /// Notes that a check's probe begins.
    func begin(_ index: Int) {
        let sinceGrid = (TimerThread.now - grid[index]).inSeconds
        // The two readings of the wall clock lie microseconds apart, either way.
        let late = max(
            0,
            sinceGrid - (sinceGrid / interval.inSeconds + 1e-4).rounded(.down) * interval.inSeconds
        )
        self.late.withLock { $0.append(late) }
    }

    /// Seconds, of all starts so far.
    var lateness: [Double] { late.withLock { $0 } }
}
