import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport
import Testing

extension Schedule.Effect {
    var started: Schedule.Run? {
        if case .start(let run) = self { run } else { nil }
    }
}

/// Drives a schedule through virtual time.
private struct Drive {
    var schedule: Schedule
    var now = Moment(wall: Timestamp(seconds: 1_790_000_000), monotonic: .seconds(1000))

    init(_ checks: [Check], limit: Int = 1000, lastStarts: [CheckID: Timestamp] = [:]) {
        schedule = Schedule(limit: limit)
        _ = schedule.replace(with: checks, lastStarts: lastStarts, at: now)
    }

    /// Passes the time and ends each run at once; the runs.
    mutating func runs(for duration: Duration) -> [(run: Schedule.Run, at: Moment)] {
        var runs: [(run: Schedule.Run, at: Moment)] = []
        let end = now.monotonic + duration
        while let wake = schedule.nextWake, wake <= end {
            pass(to: max(wake, now.monotonic))
            for run in schedule.advance(to: now.monotonic).compactMap(\.started) {
                runs.append((run, now))
                self.end(run)
            }
        }
        pass(to: end)
        return runs
    }

    mutating func pass(to monotonic: Duration) {
        now = now + (monotonic - now.monotonic)
    }

    /// Passes the time in one go; what begins then.
    mutating func jump(by duration: Duration) -> [Schedule.Run] {
        pass(to: now.monotonic + duration)
        return schedule.advance(to: now.monotonic).compactMap(\.started)
    }

    mutating func end(_ run: Schedule.Run) {
        _ = schedule.probeEnded(run)
        schedule.delivered(run)
    }

    /// Passes the time until a run begins.
    mutating func nextRun() throws -> Schedule.Run {
        while true {
            pass(to: try #require(schedule.nextWake))
            if let run = schedule.advance(to: now.monotonic).first?.started { return run }
        }
    }
}

@Suite struct `A schedule` {
    @Test func `runs each check once each interval, without drift`() {
        let checks = (0..<20).map { Check.example("\($0)", every: .seconds(10)) }
        var drive = Drive(checks)
        _ = drive.runs(for: .seconds(20))
        let runs = drive.runs(for: .seconds(10_000))
        #expect(runs.count == 20 * 1000)
        for check in checks {
            let times = runs.filter { $0.run.check == check }.map(\.at.monotonic)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .seconds(10) })
        }
        #expect(drive.schedule.counts.skipped == 0)
    }

    @Test func `spreads ten thousand checks evenly over their interval`() {
        var drive = Drive((0..<10_000).map { Check.example("service-\($0)", every: .seconds(10)) })
        _ = drive.runs(for: .seconds(20))
        var buckets = [Int](repeating: 0, count: 10)
        let start = drive.now.monotonic
        for run in drive.runs(for: .seconds(10)) {
            buckets[min(9, Int((run.at.monotonic - start).inSeconds))] += 1
        }
        #expect(buckets.reduce(0, +) == 10_000)
        #expect(buckets.allSatisfy { (870...1130).contains($0) }, "\(buckets)")
    }

    @Test func `skips and counts what is due while the last run goes on`() throws {
        var drive = Drive([.example(every: .seconds(10), timeout: .seconds(100))])
        let run = try drive.nextRun()
        for _ in 0..<50 {
            let runs = drive.jump(by: .seconds(1))
            #expect(runs.isEmpty)
        }
        let skipped = drive.schedule.counts.skipped
        #expect((4...5).contains(skipped))
        drive.end(run)
        let next = try drive.nextRun()
        #expect(next.due > run.due + .seconds(50))
        #expect(drive.schedule.counts.skipped == skipped)
        #expect(drive.schedule.counts.started == 2)
    }

    @Test func `a late loop runs a check once and counts what it missed`() throws {
        var drive = Drive([.example(every: .seconds(10))])
        _ = drive.runs(for: .seconds(30))
        let due = try #require(drive.schedule.nextWake)
        drive.pass(to: due)
        let runs = drive.jump(by: .seconds(35))
        #expect(runs.map(\.due) == [due + .seconds(30)])
        #expect(drive.schedule.counts.skipped == 3)
        #expect(drive.schedule.nextWake.map { $0 == due + .seconds(40) || $0 > due + .seconds(40) } == true)
    }

    @Test func `holds to its limit, and others wait in the order they were due`() {
        let checks = (0..<10).map { Check.example("\($0)", every: .seconds(100), timeout: .seconds(300)) }
        var drive = Drive(checks, limit: 3)
        var running = drive.jump(by: .seconds(60))
        #expect(running.count == 3)
        #expect(drive.schedule.counts.waiting == 7)
        #expect(drive.schedule.counts.delayed == 7)
        var order = running
        while !running.isEmpty {
            drive.end(running.removeFirst())
            let next = drive.jump(by: .milliseconds(1))
            running += next
            order += next
            #expect(drive.schedule.counts.inFlight == running.count && running.count <= 3)
        }
        #expect(order.map(\.due) == order.map(\.due).sorted())
        #expect(Set(order.map(\.check)).count == 10)
    }

    @Test func `a slot is free when its probe has ended, the check only when its sample is delivered`() throws
    {
        var drive = Drive([.example("a", every: .seconds(5)), .example("b", every: .seconds(5))], limit: 1)
        let first = try #require(drive.jump(by: .seconds(1)).first)
        let isWanted = drive.schedule.probeEnded(first)
        #expect(isWanted)
        #expect(drive.schedule.canBegin)
        let second = try #require(drive.jump(by: .zero).first)
        #expect(second.check != first.check)
        drive.end(second)
        let later = drive.runs(for: .seconds(20)).map(\.run.check)
        #expect(!later.isEmpty && !later.contains(first.check))
        drive.schedule.delivered(first)
        #expect(drive.runs(for: .seconds(20)).contains { $0.run.check == first.check })
    }

    @Test func `abandons a probe that does not return, and frees its slot`() throws {
        var drive = Drive([.example(every: .seconds(60), timeout: .seconds(5), attempts: 2)], limit: 1)
        let run = try drive.nextRun()
        // Two attempts, a quarter of a second between them, five seconds of grace.
        let latest = drive.now.monotonic + .milliseconds(15_250)
        let early = drive.schedule.advance(to: latest - .nanoseconds(1))
        #expect(early.isEmpty)
        #expect(drive.schedule.nextWake == latest)
        let late = drive.schedule.advance(to: latest)
        #expect(late == [.abandon(run)])
        #expect(drive.schedule.counts.inFlight == 0)
        #expect(drive.schedule.counts.abandoned == 1)
        let isWanted = drive.schedule.probeEnded(run)
        #expect(isWanted, "its sample tells of it")
        #expect(drive.schedule.counts.inFlight == 0)
    }

    @Test func `the late end of an old run does not touch the new one`() throws {
        var drive = Drive([.example(every: .seconds(10))])
        let old = try drive.nextRun()
        drive.end(old)
        let new = try drive.nextRun()
        let isOldWanted = drive.schedule.probeEnded(old)
        #expect(!isOldWanted)
        drive.schedule.delivered(old)
        #expect(drive.schedule.counts.inFlight == 1)
        let isNewWanted = drive.schedule.probeEnded(new)
        #expect(isNewWanted)
    }

    /// What must hold whatever happens in whatever order.
    @Test func `never runs a check twice at once and accounts for every point in time`() async {
        await checkAll(cases: 60) { generator in
            let limit = Int.random(in: 1...6, using: &generator)
            let checks = (0..<Int.random(in: 1...12, using: &generator)).map {
                Check.example("\($0)", every: .milliseconds(Int.random(in: 50...3000, using: &generator)))
            }
            var drive = Drive(checks, limit: limit)
            var probing: [Schedule.Run] = []
            var delivering: [Schedule.Run] = []
            for _ in 0..<400 {
                let step = Duration.milliseconds(Int.random(in: 0...400, using: &generator))
                drive.pass(to: drive.now.monotonic + step)
                for effect in drive.schedule.advance(to: drive.now.monotonic) {
                    switch effect {
                    case .start(let run):
                        try #require(!(probing + delivering).contains { $0.check.id == run.check.id })
                        try #require(run.due <= drive.now.monotonic)
                        probing.append(run)
                    case .abandon(let run):
                        probing.removeAll { $0 == run }
                        delivering.append(run)
                    }
                }
                try #require(probing.count <= limit && drive.schedule.counts.inFlight == probing.count)
                for run in probing where Bool.random(using: &generator) {
                    let isWanted = drive.schedule.probeEnded(run)
                    try #require(isWanted)
                    probing.removeAll { $0 == run }
                    delivering.append(run)
                }
                for run in delivering where Bool.random(using: &generator) {
                    drive.schedule.delivered(run)
                    delivering.removeAll { $0 == run }
                }
            }
            let counts = drive.schedule.counts
            try #require(counts.started > 0 && counts.waiting <= checks.count)
        }
    }

    @Test func `every point of the grid is a run, a skip, or a wait`() async {
        await checkAll(cases: 40) { generator in
            let interval = Duration.milliseconds(Int.random(in: 100...5000, using: &generator))
            let check = Check.example("\(generator.next())", every: interval, timeout: .seconds(1000))
            var drive = Drive([check])
            let first = try drive.nextRun()
            drive.end(first)
            let origin = try #require(drive.schedule.nextWake)
            var running: Schedule.Run?
            for _ in 0..<200 {
                let step = Duration.milliseconds(Int.random(in: 0...7000, using: &generator))
                drive.pass(to: drive.now.monotonic + step)
                if let run = drive.schedule.advance(to: drive.now.monotonic).first?.started { running = run }
                if let run = running, Bool.random(using: &generator) {
                    drive.end(run)
                    running = nil
                }
            }
            let points = Int((drive.now.monotonic - origin) / interval) + 1
            let counts = drive.schedule.counts
            try #require(counts.started - 1 + counts.skipped == points)
        }
    }
}
