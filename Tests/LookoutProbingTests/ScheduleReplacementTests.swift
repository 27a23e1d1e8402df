import LookoutModel
import LookoutProbing
import LookoutTestSupport
import Testing

@Suite struct `Replacing the checks of a schedule` {
    private let start = Moment(wall: Timestamp(seconds: 1_790_000_000), monotonic: .seconds(1000))

    /// When each check begins first, counted from the start.
    private func firstStarts(
        _ checks: [Check],
        lastStarts: [CheckID: Timestamp] = [:]
    ) -> [(check: Check, after: Duration)] {
        var schedule = Schedule(limit: 100_000)
        _ = schedule.replace(with: checks, lastStarts: lastStarts, at: start)
        var starts: [(check: Check, after: Duration)] = []
        while starts.count < checks.count, let wake = schedule.nextWake {
            for run in schedule.advance(to: wake).compactMap(\.started) {
                // Never ended, so that no check begins twice.
                starts.append((run.check, wake - start.monotonic))
            }
        }
        return starts
    }

    @Test(arguments: [(1, 50), (10, 500), (10_000, 60_000)])
    func `new checks begin soon and not at once`(count: Int, milliseconds: Int) {
        let starts = firstStarts((0..<count).map { .example("\($0)", every: .seconds(3600)) })
        #expect(starts.count == count)
        #expect(starts.allSatisfy { $0.after >= .zero && $0.after < .milliseconds(milliseconds) })
        if count == 10_000 {
            let seconds = Dictionary(grouping: starts) { Int($0.after.inSeconds) }
            #expect(seconds.values.allSatisfy { $0.count < 240 }, "167 on average")
        }
    }

    @Test func `after a restart each check carries on an interval after its last run`() throws {
        let checks = (0..<200).map { Check.example("\($0)", every: .seconds(300)) }
        // The first life: everything runs for a while.
        var schedule = Schedule(limit: 1000)
        _ = schedule.replace(with: checks, at: start)
        var lastStarts: [CheckID: Timestamp] = [:]
        while let wake = schedule.nextWake, wake < start.monotonic + .seconds(1000) {
            for run in schedule.advance(to: wake).compactMap(\.started) {
                lastStarts[run.check.id] = start.wall + (wake - start.monotonic)
                _ = schedule.probeEnded(run)
                schedule.delivered(run)
            }
        }
        // The second: ten seconds later, on another monotonic clock.
        let restart = Moment(wall: start.wall + .seconds(1010), monotonic: .seconds(3))
        var resumed = Schedule(limit: 1000)
        _ = resumed.replace(with: checks, lastStarts: lastStarts, at: restart)
        while !lastStarts.isEmpty, let wake = resumed.nextWake {
            for run in resumed.advance(to: wake).compactMap(\.started) {
                guard let last = lastStarts.removeValue(forKey: run.check.id) else { continue }
                let wall = restart.wall + (wake - restart.monotonic)
                if last + .seconds(300) >= restart.wall {
                    #expect(wall - last == .seconds(300))
                } else {
                    #expect(wall - restart.wall < .seconds(1), "it was due while Lookout was down")
                }
            }
        }
        #expect(lastStarts.isEmpty)
    }

    @Test(arguments: [(100, 300), (3601, 50), (-500, 50)])
    func `a check runs when its interval is over, or soon if that was long ago or cannot be`(
        secondsAgo: Int64,
        latest: Int
    ) throws {
        let check = Check.example(every: .seconds(300))
        let last = Timestamp(microseconds: start.wall.microseconds - secondsAgo * 1_000_000)
        let after = try #require(firstStarts([check], lastStarts: [check.id: last]).first?.after)
        if secondsAgo == 100 {
            #expect(after + .seconds(100) >= .seconds(150) && after + .seconds(100) <= .seconds(450))
        } else {
            #expect(after < .milliseconds(latest))
        }
    }

    @Test func `a reload keeps the places and the runs of checks that stay`() throws {
        let stays = Check.example("stays", every: .seconds(10))
        var kept = Schedule(limit: 10)
        var untouched = kept
        _ = kept.replace(with: [stays], at: start)
        _ = untouched.replace(with: [stays], at: start)
        let wake = try #require(kept.nextWake)
        let run = try #require(kept.advance(to: wake).first?.started)
        _ = untouched.advance(to: wake)
        let changed = Check(id: stays.id, type: "other", interval: stays.interval, timeout: .seconds(1))
        let cancelled = kept.replace(with: [changed, .example("new")], at: start + (wake - start.monotonic))
        #expect(cancelled.isEmpty)
        #expect(kept.counts.inFlight == 1)
        let isWanted = kept.probeEnded(run)
        #expect(isWanted, "its result still counts")
        kept.delivered(run)
        _ = untouched.probeEnded(run)
        untouched.delivered(run)
        let next = try #require(untouched.nextWake)
        let runs = kept.advance(to: next).compactMap(\.started)
        #expect(runs.contains { $0.check == changed && $0.due == next })
    }

    @Test func `a removed check is cancelled and its result not wanted`() throws {
        var schedule = Schedule(limit: 1)
        _ = schedule.replace(with: [.example("gone"), .example("waits")], at: start)
        let later = start + .seconds(1)
        let run = try #require(schedule.advance(to: later.monotonic).first?.started)
        #expect(schedule.counts.waiting == 1)
        let cancelled = schedule.replace(with: [], at: later)
        #expect(cancelled == [run])
        #expect(schedule.counts.checks == 0)
        #expect(schedule.counts.inFlight == 1)
        #expect(schedule.counts.waiting == 0)
        let isWanted = schedule.probeEnded(run)
        #expect(!isWanted)
        schedule.delivered(run)
        #expect(schedule.nextWake == nil)
        #expect(schedule.counts.inFlight == 0)
    }

    @Test func `a check that comes back waits until its old run is over`() throws {
        let check = Check.example(every: .seconds(1), timeout: .seconds(60))
        var schedule = Schedule(limit: 10)
        _ = schedule.replace(with: [check], at: start)
        let old = try #require(schedule.advance(to: start.monotonic + .seconds(1)).first?.started)
        let later = start + .seconds(1)
        let removed = schedule.replace(with: [], at: later)
        #expect(removed == [old])
        let added = schedule.replace(with: [check], at: later)
        #expect(added == [])
        let early = schedule.advance(to: later.monotonic + .seconds(5))
        #expect(early.isEmpty)
        let isWanted = schedule.probeEnded(old)
        #expect(!isWanted)
        schedule.delivered(old)
        let late = schedule.advance(to: later.monotonic + .seconds(10))
        #expect(late.count == 1)
    }

    @Test func `a check with another interval moves to its new grid`() throws {
        var schedule = Schedule(limit: 10)
        _ = schedule.replace(with: [.example(every: .seconds(3600))], at: start)
        let run = try #require(schedule.advance(to: start.monotonic + .seconds(1)).first?.started)
        _ = schedule.probeEnded(run)
        schedule.delivered(run)
        let later = start + .seconds(2)
        _ = schedule.replace(with: [.example(every: .seconds(10))], at: later)
        let wake = try #require(schedule.nextWake)
        #expect(wake >= start.monotonic + .seconds(6) && wake <= later.monotonic + .seconds(15))
        let renewed = schedule.advance(to: wake).first?.started
        #expect(renewed?.check.interval == .seconds(10))
    }

    @Test func `one who waits runs with the check as it is then`() throws {
        var schedule = Schedule(limit: 1)
        _ = schedule.replace(with: [.example("a"), .example("b")], at: start)
        let later = start + .seconds(1)
        let first = try #require(schedule.advance(to: later.monotonic).first?.started)
        let renewed = [Check.example("a", timeout: .seconds(9)), .example("b", timeout: .seconds(9))]
        _ = schedule.replace(with: renewed, at: later)
        _ = schedule.probeEnded(first)
        let second = try #require(schedule.advance(to: later.monotonic).first?.started)
        #expect(second.check.timeout == .seconds(9))
    }
}
