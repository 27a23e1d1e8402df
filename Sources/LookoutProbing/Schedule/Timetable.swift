import LookoutModel

/// When each check is due.
struct Timetable: Sendable {
    /// A check that is due.
    struct Departure: Hashable, Sendable {
        let check: Check
        /// The latest point at which it was due.
        let due: Duration
        /// How many points went by before that one since the last departure.
        let missed: Int
    }

    private struct Plan {
        var check: Check
        let phase: Phase
        let grid: Grid
        var due: Duration
        var lastStart: Duration?

        init(_ check: Check, lastStart: Duration?, at now: Moment) {
            self.check = check
            self.lastStart = lastStart
            phase = Phase(of: check.id)
            grid = Grid(interval: check.interval, phase: phase, at: now)
            due = now.monotonic
        }
    }

    private struct Due: Comparable {
        let time: Duration
        let check: CheckID

        static func < (left: Due, right: Due) -> Bool {
            left.time == right.time ? left.check < right.check : left.time < right.time
        }
    }

    /// New and overdue checks begin within this time, or within their interval if it is shorter.
    private static let longestSpread = Duration.seconds(60)
    /// How far apart they begin, on average, if there are few.
    private static let spacing = Duration.milliseconds(50)

    private var plans: [CheckID: Plan] = [:]
    /// One entry for each plan.
    private var dues = MinimumHeap<Due>()

    var count: Int { plans.count }

    /// The time at which the next check is due.
    var nextDue: Duration? { dues.first?.time }

    /// The check of a name, as it is now.
    subscript(id: CheckID) -> Check? { plans[id]?.check }

    /// Takes the next check that is due by now; it will be due again at its next place.
    mutating func depart(at now: Duration) -> Departure? {
        guard let entry = dues.popFirst(where: { $0.time <= now }), let plan = plans[entry.check] else {
            return nil
        }
        let grid = plan.grid
        var due = entry.time
        // A first run lies beside the grid; half an interval is the least distance to the next.
        var next = grid.point(notBefore: due + grid.interval / 2)
        let missed = grid.count(from: next, through: now)
        if missed > 0 {
            due = next + grid.interval * (missed - 1)
            next = due + grid.interval
        }
        plans[entry.check]?.due = next
        dues.insert(Due(time: next, check: entry.check))
        return Departure(check: plan.check, due: due, missed: missed)
    }

    /// Takes note that a run of a check has begun.
    mutating func started(_ check: CheckID, at now: Duration) {
        plans[check]?.lastStart = now
    }

    /// Puts other checks in the place of the present ones.
    ///
    /// A check whose interval stays keeps its place. Others get a place on the grid, where they
    /// carry on from their last run; if that is more than an interval ago or was never, they
    /// begin soon.
    mutating func replace(with checks: [Check], lastStarts: [CheckID: Timestamp], at now: Moment) {
        let previous = plans
        plans = [:]
        var overdue: [CheckID] = []
        for check in checks {
            if var plan = previous[check.id], plan.check.interval == check.interval {
                plan.check = check
                plans[check.id] = plan
                continue
            }
            let lastStart = previous[check.id]?.lastStart ?? lastStarts[check.id].flatMap(now.monotonic(of:))
            var plan = Plan(check, lastStart: lastStart, at: now)
            if let lastStart, now.monotonic - lastStart < check.interval {
                let earliest = max(now.monotonic, lastStart + check.interval / 2)
                plan.due = plan.grid.point(notBefore: earliest)
            } else {
                overdue.append(check.id)
            }
            plans[check.id] = plan
        }
        spread(overdue, from: now.monotonic)
        dues = MinimumHeap(plans.values.map { Due(time: $0.due, check: $0.check.id) })
    }

    /// Makes all checks due soon, and from then on where they had their places.
    mutating func hasten(at now: Duration) {
        spread(Array(plans.keys), from: now)
        dues = MinimumHeap(plans.values.map { Due(time: $0.due, check: $0.check.id) })
    }

    /// Lets checks begin soon, but not all at once.
    private mutating func spread(_ overdue: [CheckID], from now: Duration) {
        let window = min(Self.longestSpread, Self.spacing * overdue.count)
        for id in overdue {
            guard let plan = plans[id] else { continue }
            plans[id]?.due = now + plan.phase.offset(in: min(window, plan.grid.interval))
        }
    }
}

extension Moment {
    /// When, on the monotonic clock, the wall clock showed a time; nil if it has not shown it yet.
    fileprivate func monotonic(of time: Timestamp) -> Duration? {
        time <= wall ? monotonic - (wall - time) : nil
    }
}
