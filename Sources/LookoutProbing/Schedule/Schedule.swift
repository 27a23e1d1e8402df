package import LookoutModel

/// Which checks run when: decides, and leaves the doing to the scheduler.
///
/// Each check has its place on a grid of its interval, at a phase drawn from its name. A run that
/// is due while the check's last one still goes on is skipped and counted, never made up for. No
/// more probes are in flight than the limit allows; the others wait in the order they were due.
///
/// A slot is free as soon as its probe has ended, so a slow receiver of samples holds up its own
/// check and no other.
package struct Schedule: Sendable {
    /// One run of a check.
    package struct Run: Hashable, Sendable {
        /// Tells this run from every other.
        package let number: Int
        package internal(set) var check: Check
        /// When it should begin, on the monotonic clock.
        package let due: Duration
    }

    /// What the scheduler must do.
    package enum Effect: Hashable, Sendable {
        case start(Run)
        /// The probe has not returned in the time that it may take: go on without it.
        case abandon(Run)
    }

    /// Where things stand.
    package struct Counts: Hashable, Sendable {
        package var checks = 0
        /// Runs whose probe has not ended.
        package var inFlight = 0
        /// Runs that are due and wait for a slot.
        package var waiting = 0
        /// Since the start: runs that began.
        package var started = 0
        /// Since the start: points in time at which a check was due and could not begin a run.
        package var skipped = 0
        /// Since the start: runs that had to wait for a slot.
        package var delayed = 0
        /// Since the start: runs whose probe did not return.
        package var abandoned = 0

        package init() {}
    }

    private var timetable = Timetable()
    private var runs: RunBook
    private var totals = Counts()

    /// Lets so many probes be in flight.
    ///
    /// One that takes longer than its attempts may, by the grace, is abandoned.
    package init(limit: Int, grace: Duration = .seconds(5)) {
        runs = RunBook(limit: limit, grace: grace)
    }

    package var counts: Counts {
        var counts = totals
        counts.checks = timetable.count
        counts.inFlight = runs.inFlight
        counts.waiting = runs.waitingCount
        return counts
    }

    /// The time, on the monotonic clock, until which there is nothing to decide; nil for ever.
    package var nextWake: Duration? {
        [timetable.nextDue, runs.nextWatch].compactMap(\.self).min()
    }

    /// Whether a run could begin at once: a probe has ended while others waited for its slot.
    package var canBegin: Bool { runs.hasFreeSlot && runs.waitingCount > 0 }

    /// What is to be done now.
    package mutating func advance(to now: Duration) -> [Effect] {
        var effects: [Effect] = []
        while let run = runs.abandon(at: now) {
            totals.abandoned += 1
            effects.append(.abandon(run))
        }
        while let departure = timetable.depart(at: now) {
            totals.skipped += departure.missed
            let mustWait = runs.inFlight + runs.waitingCount >= runs.limit
            if runs.admit(departure.check, due: departure.due) {
                totals.delayed += mustWait ? 1 : 0
            } else {
                totals.skipped += 1
            }
        }
        while let run = runs.begin(at: now) {
            timetable.started(run.check.id, at: now)
            totals.started += 1
            effects.append(.start(run))
        }
        return effects
    }

    /// Takes note that a run's probe has ended or been given up; whether its result is wanted.
    package mutating func probeEnded(_ run: Run) -> Bool {
        runs.probeEnded(run)
    }

    /// Takes note that a run is over and its check may run again.
    package mutating func delivered(_ run: Run) {
        runs.delivered(run)
    }

    /// Puts other checks in the place of the present ones, at the start and at a reload.
    ///
    /// A check that stays keeps its place and its run in flight; one whose interval has changed
    /// gets a place on its new grid. A removed check is cancelled. A new check carries on where
    /// its last run, if there was one, left off; new and overdue checks begin soon, spread over a
    /// short time. `lastStarts` is when the checks last ran before this schedule was made.
    ///
    /// Returns the runs whose probes are to be cancelled, since nobody wants their results.
    package mutating func replace(
        with checks: [Check],
        lastStarts: [CheckID: Timestamp] = [:],
        at now: Moment
    ) -> [Run] {
        timetable.replace(with: checks, lastStarts: lastStarts, at: now)
        return runs.update { timetable[$0] }
    }

    /// Lets every check run once soon, spread over a short time, whenever it was due next.
    package mutating func hasten(at now: Duration) {
        timetable.hasten(at: now)
    }
}
