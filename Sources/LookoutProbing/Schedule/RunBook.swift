import LookoutModel

/// Which runs there are, what each is at, and who waits for a slot.
///
/// A run waits for a slot, probes in its slot, and then what it found is delivered. There is at
/// most one run of a check at any time.
struct RunBook: Sendable {
    private struct Entry {
        enum Step {
            case waiting
            case probing
            case delivering
        }

        var run: Schedule.Run
        var step: Step
        /// False once the check has been removed.
        var isWanted = true
    }

    /// The time at which a probe is to be abandoned.
    private struct Watch: Comparable {
        let time: Duration
        let number: Int
        let check: CheckID

        static func < (left: Watch, right: Watch) -> Bool {
            (left.time, left.number) < (right.time, right.number)
        }
    }

    let limit: Int
    private let grace: Duration
    private var entries: [CheckID: Entry] = [:]
    private var waiting = Queue<CheckID>()
    /// One for each probe in flight, and some for probes that have ended.
    private var watches = MinimumHeap<Watch>()
    private var lastNumber = 0
    private(set) var inFlight = 0

    /// So many probes may be in flight, and one is abandoned that takes longer than its attempts
    /// may by the grace.
    init(limit: Int, grace: Duration) {
        precondition(limit > 0, "a schedule without slots runs nothing")
        self.limit = limit
        self.grace = grace
    }

    var waitingCount: Int { waiting.count }

    var hasFreeSlot: Bool { inFlight < limit }

    /// The next time at which a probe may have to be abandoned.
    var nextWatch: Duration? { watches.first?.time }

    /// Lets a run of a check wait for its slot; false if the check has one already.
    mutating func admit(_ check: Check, due: Duration) -> Bool {
        guard entries[check.id] == nil else { return false }
        lastNumber += 1
        let run = Schedule.Run(number: lastNumber, check: check, due: due)
        entries[check.id] = Entry(run: run, step: .waiting)
        waiting.append(check.id)
        return true
    }

    /// Gives the free slot to whoever has waited longest; nil if there is no slot or nobody waits.
    mutating func begin(at now: Duration) -> Schedule.Run? {
        guard hasFreeSlot, let id = waiting.popFirst(), let run = entries[id]?.run else { return nil }
        entries[id]?.step = .probing
        inFlight += 1
        let latestEnd = now + AttemptPolicy(run.check).longestRun + grace
        watches.insert(Watch(time: latestEnd, number: run.number, check: id))
        return run
    }

    /// Takes a probe out of its slot that should have returned by now.
    mutating func abandon(at now: Duration) -> Schedule.Run? {
        while let watch = watches.popFirst(where: { $0.time <= now }) {
            guard isLive(watch), let run = entries[watch.check]?.run else { continue }
            _ = probeEnded(run)
            return run
        }
        return nil
    }

    /// Takes note that a run's probe has ended; whether its result is wanted.
    mutating func probeEnded(_ run: Schedule.Run) -> Bool {
        guard let entry = entries[run.check.id], entry.run.number == run.number else { return false }
        if entry.step == .probing {
            entries[run.check.id]?.step = .delivering
            inFlight -= 1
            while let watch = watches.first, !isLive(watch) { _ = watches.popFirst() }
        }
        return entry.isWanted
    }

    /// Takes note that a run is over.
    mutating func delivered(_ run: Schedule.Run) {
        guard entries[run.check.id]?.run.number == run.number else { return }
        entries[run.check.id] = nil
    }

    /// Lets those who wait see their checks as they are now, and forgets checks that are gone.
    ///
    /// Returns the runs of removed checks whose probes are still in flight.
    mutating func update(_ current: (CheckID) -> Check?) -> [Schedule.Run] {
        waiting.replaceEach { current($0) == nil ? nil : $0 }
        var cancelled: [Schedule.Run] = []
        for (id, entry) in entries {
            switch (entry.step, current(id)) {
            case (.waiting, let check?):
                entries[id]?.run.check = check
            case (.waiting, nil):
                entries[id] = nil
            case (.probing, nil) where entry.isWanted:
                cancelled.append(entry.run)
                entries[id]?.isWanted = false
            case (_, nil):
                entries[id]?.isWanted = false
            case (_, .some):
                break
            }
        }
        return cancelled.sorted { $0.number < $1.number }
    }

    private func isLive(_ watch: Watch) -> Bool {
        guard let entry = entries[watch.check] else { return false }
        return entry.run.number == watch.number && entry.step == .probing
    }
}
