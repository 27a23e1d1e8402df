import LookoutHTTP
import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Keeps the samples that it receives; may be told to hold a check's delivery up.
private struct RecordingSink: SampleSink {
    let timekeeper: any Timekeeper
    let received = Recorder<(sample: Sample, check: Check, at: Moment)>()
    var delay: @Sendable (Check) -> Duration = { _ in .zero }

    func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        try? await timekeeper.sleep(for: delay(check))
        received.record((sample, check, now))
    }

    var samples: [Sample] { received.values.map(\.sample) }
}

/// A scheduler in virtual time.
private struct World {
    let simulation: Simulation
    var sink: RecordingSink
    let scheduler: Scheduler

    init(
        limit: Int = 100,
        order: ManualExecutor.Order = .arrival,
        delay: @escaping @Sendable (Check) -> Duration = { _ in .zero }
    ) {
        let simulation = Simulation(order: order)
        let sink = RecordingSink(timekeeper: simulation.timekeeper, delay: delay)
        self.simulation = simulation
        self.sink = sink
        scheduler = Scheduler(
            timekeeper: simulation.timekeeper,
            executor: simulation.executor,
            runExecutor: simulation.executor,
            limits: Scheduler.Limits(runsInFlight: limit),
            context: { check in
                ProbeContext(
                    transport: NoTransport(),
                    timekeeper: simulation.timekeeper,
                    timeout: check.timeout
                )
            },
            sink: sink
        )
    }

    func start() -> Task<Void, any Error> {
        simulation.start { await scheduler.run() }
    }

    /// A probe that takes its time and then says ok; it ends at once when cancelled.
    func probe(
        taking duration: Duration,
        _ outcome: Outcome = .ok,
        noting runs: Recorder<Duration> = Recorder()
    ) -> ConfiguredProbe {
        .example { context in
            runs.record(context.timekeeper.now.monotonic)
            do {
                try await context.timekeeper.sleep(for: duration)
                return ProbeResult(outcome)
            } catch {
                return ProbeResult(.error("cancelled"))
            }
        }
    }
}

@Suite struct `A scheduler` {
    @Test func `delivers a sample of each run, on the grid`() async throws {
        let world = World()
        let check = Check.example(every: .seconds(10))
        world.scheduler.replace([ScheduledCheck(check, world.probe(taking: .seconds(2)))])
        let running = world.start()
        world.simulation.advance(by: .seconds(100))
        let starts = world.sink.samples.map(\.startedAt)
        #expect((9...11).contains(starts.count))
        #expect(zip(starts.dropFirst(), starts.dropFirst(2)).allSatisfy { $1 - $0 == .seconds(10) })
        for (sample, _, at) in world.sink.received.values {
            #expect(sample.outcome == .ok && sample.check == check.id)
            #expect(at.wall - sample.startedAt == .seconds(2))
        }
        world.scheduler.stop()
        try await world.simulation.finish(running)
        #expect(world.scheduler.statistics.outcomes == ["ok": starts.count])
    }

    @Test func `keeps to the grid when a probe overruns its interval`() async throws {
        let world = World()
        let check = Check.example(every: .seconds(10), timeout: .seconds(20))
        world.scheduler.replace([ScheduledCheck(check, world.probe(taking: .seconds(13)))])
        let running = world.start()
        world.simulation.advance(by: .seconds(100))
        let starts = world.sink.samples.map(\.startedAt)
        #expect(starts.count >= 4)
        #expect(zip(starts.dropFirst(), starts.dropFirst(2)).allSatisfy { $1 - $0 == .seconds(20) })
        #expect(world.scheduler.statistics.schedule.skipped >= 4)
        world.scheduler.stop()
        try await world.simulation.finish(running)
    }

    @Test(arguments: [
        ManualExecutor.Order.arrival, .shuffled(seed: 1), .shuffled(seed: 2), .shuffled(seed: 3),
    ])
    func `never has more probes in flight than its limit`(order: ManualExecutor.Order) async throws {
        let world = World(limit: 3, order: order)
        let levels = Recorder<Int>()
        let running = world.start()
        let changes = Recorder<Int>()
        let checks = (0..<20).map { number in
            ScheduledCheck(
                .example("\(number)", every: .seconds(5)),
                .example { context in
                    changes.record(1)
                    levels.record(changes.values.reduce(0, +))
                    try? await context.timekeeper.sleep(for: .milliseconds(400))
                    changes.record(-1)
                    return ProbeResult(.ok)
                }
            )
        }
        world.scheduler.replace(checks)
        world.simulation.advance(by: .seconds(30))
        #expect(levels.values.max() == 3)
        #expect(Set(world.sink.samples.map(\.check)).count == 20)
        world.scheduler.stop()
        try await world.simulation.finish(running)
    }

    @Test func `asks again before a failure counts`() async throws {
        let world = World()
        let asked = Recorder<Duration>()
        let failure = Outcome.failed(Failure(.connect, "refused"))
        let probe = world.probe(taking: .seconds(1), failure, noting: asked)
        let check = Check.example(every: .seconds(60), attempts: 3)
        world.scheduler.replace([ScheduledCheck(check, probe)])
        let running = world.start()
        world.simulation.advance(by: .seconds(10))
        let sample = try #require(world.sink.samples.first)
        #expect(sample.attempts == 3)
        #expect(sample.outcome == failure)
        let first = try #require(asked.values.first)
        #expect(asked.values.map { $0 - first } == [.zero, .milliseconds(1250), .milliseconds(2750)])
        running.cancel()
        try await world.simulation.finish(running)
    }

    @Test func `gives up a probe that never returns and goes on with the check`() async throws {
        let world = World(limit: 1)
        let stuck = Recorder<CheckedContinuation<Void, Never>>()
        let check = Check.example(every: .seconds(60), timeout: .seconds(10))
        let probe = ConfiguredProbe.example { _ in
            await withCheckedContinuation { stuck.record($0) }
            return ProbeResult(.ok)
        }
        world.scheduler.replace([ScheduledCheck(check, probe)])
        let running = world.start()
        world.simulation.advance(by: .seconds(200))
        #expect(world.sink.samples.count >= 3)
        #expect(world.sink.samples.allSatisfy { $0.outcome.name == "error" })
        let message = try #require(world.sink.samples.first?.outcome.message)
        #expect(message.contains("did not return"))
        #expect(world.scheduler.statistics.schedule.abandoned == world.sink.samples.count)
        world.scheduler.stop()
        world.simulation.advance(by: .seconds(5))
        try await world.simulation.finish(running)
        for continuation in stuck.values { continuation.resume() }
        world.simulation.settle()
    }

    @Test func `a slow sink holds up its own check only`() async throws {
        let world = World(limit: 1) { $0.id.probe == "slow" ? .seconds(25) : .zero }
        let probe = world.probe(taking: .milliseconds(10))
        world.scheduler.replace([
            ScheduledCheck(.example("slow", every: .seconds(10)), probe),
            ScheduledCheck(.example("fast", every: .seconds(10)), probe),
        ])
        let running = world.start()
        world.simulation.advance(by: .seconds(100))
        let counts = Dictionary(grouping: world.sink.samples, by: \.check.probe).mapValues(\.count)
        #expect(try #require(counts["fast"]) >= 9)
        #expect(try (2...4).contains(#require(counts["slow"])))
        world.scheduler.stop()
        world.simulation.advance(by: .seconds(30))
        try await world.simulation.finish(running)
    }

    @Test func `a reload ends what is removed and keeps what stays`() async throws {
        let world = World()
        let probe = world.probe(taking: .seconds(4))
        let both = ["stays", "goes"].map { ScheduledCheck(.example($0, every: .seconds(10)), probe) }
        world.scheduler.replace(both)
        let running = world.start()
        world.simulation.advance(by: .seconds(1))
        #expect(world.scheduler.statistics.schedule.inFlight == 2)
        world.scheduler.replace([both[0]])
        world.simulation.settle()
        #expect(world.scheduler.statistics.schedule.inFlight == 1)
        world.simulation.advance(by: .seconds(50))
        #expect(Set(world.sink.samples.map(\.check.probe)) == ["stays"])
        #expect(world.sink.samples.count >= 5)
        world.scheduler.stop()
        try await world.simulation.finish(running)
    }

    @Test func `checks may come while it runs with none`() async throws {
        let world = World()
        let running = world.start()
        world.simulation.advance(by: .seconds(100))
        world.scheduler.replace([ScheduledCheck(.example(), world.probe(taking: .zero))])
        world.simulation.advance(by: .seconds(1))
        #expect(world.sink.samples.count == 1)
        world.scheduler.stop()
        try await world.simulation.finish(running)
    }

    @Test func `a stop cancels probes, delivers nothing of them, and completes deliveries`() async throws {
        let world = World { $0.id.probe == "delivering" ? .seconds(2) : .zero }
        world.scheduler.replace([
            ScheduledCheck(.example("probing"), world.probe(taking: .seconds(4))),
            ScheduledCheck(.example("delivering"), world.probe(taking: .zero)),
        ])
        let running = world.start()
        world.simulation.advance(by: .seconds(1))
        world.scheduler.stop()
        world.simulation.advance(by: .seconds(2))
        try await world.simulation.finish(running)
        #expect(world.sink.samples.map(\.check.probe) == ["delivering"])
    }

    @Test func `a stop does not wait for ever for a probe that ignores it`() async throws {
        let world = World()
        let stuck = Recorder<CheckedContinuation<Void, Never>>()
        let probe = ConfiguredProbe.example { _ in
            await withCheckedContinuation { stuck.record($0) }
            return ProbeResult(.ok)
        }
        world.scheduler.replace([ScheduledCheck(.example(timeout: .seconds(50)), probe)])
        let running = world.start()
        world.simulation.advance(by: .seconds(1))
        world.scheduler.stop()
        world.simulation.advance(by: .seconds(4))
        try await world.simulation.finish(running)
        #expect(world.sink.samples.isEmpty)
        for continuation in stuck.values { continuation.resume() }
        world.simulation.settle()
    }

    @Test func `cancelling its task ends it and its probes`() async throws {
        let world = World()
        world.scheduler.replace([ScheduledCheck(.example(), world.probe(taking: .seconds(4)))])
        let running = world.start()
        world.simulation.advance(by: .seconds(1))
        running.cancel()
        try await world.simulation.finish(running)
        world.simulation.settle()
        #expect(world.simulation.timekeeper.sleeperCount == 0)
        #expect(world.sink.samples.isEmpty)
    }

    @Test func `a day of twenty checks is the same each time`() async throws {
        func day() async throws -> [Sample] {
            let world = World()
            world.scheduler.replace(
                (0..<20).map {
                    ScheduledCheck(.example("\($0)", every: .seconds(600)), world.probe(taking: .seconds(1)))
                }
            )
            let running = world.start()
            world.simulation.advance(by: .seconds(86_400))
            world.scheduler.stop()
            try await world.simulation.finish(running)
            return world.sink.samples
        }
        let first = try await day()
        #expect((2860...2920).contains(first.count))
        #expect(try await day() == first)
    }
}
