import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport
import Testing

/// Keeps the samples that it receives.
private struct KeepingSink: SampleSink {
    let samples = Recorder<Sample>()

    func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        samples.record(sample)
    }
}

@Suite(.timeLimit(.minutes(2))) struct `A scheduler on the clocks of the system` {
    private func scheduler(on thread: TimerThread, _ sink: KeepingSink) -> Scheduler {
        let timekeeper = SystemTimekeeper(thread: thread)
        return Scheduler(
            timekeeper: timekeeper,
            executor: thread,
            context: { ProbeContext(transport: NoTransport(), timekeeper: timekeeper, timeout: $0.timeout) },
            sink: sink
        )
    }

    @Test func `runs its checks until it is stopped`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let sink = KeepingSink()
        let scheduler = scheduler(on: thread, sink)
        let probe = ConfiguredProbe.example { _ in ProbeResult(.ok) }
        scheduler.replace((0..<50).map { ScheduledCheck(.example("\($0)", every: .milliseconds(20)), probe) })
        async let running: Void = scheduler.run()
        _ = try await sink.samples.values(atLeast: 100)
        scheduler.stop()
        await running
        #expect(Set(sink.samples.values.map(\.check)).count == 50)
        #expect(scheduler.statistics.schedule.inFlight == 0)
        #expect(scheduler.statistics.lateness.count == scheduler.statistics.schedule.started)
    }

    @Test func `ends at once when its task is cancelled, even with a probe that ignores it`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let sink = KeepingSink()
        let scheduler = scheduler(on: thread, sink)
        let stuck = Recorder<CheckedContinuation<Void, Never>>()
        let probe = ConfiguredProbe.example { _ in
            await withCheckedContinuation { stuck.record($0) }
            return ProbeResult(.ok)
        }
        scheduler.replace([ScheduledCheck(.example(), probe)])
        let task = Task { await scheduler.run() }
        let continuations = try await stuck.values(atLeast: 1)
        task.cancel()
        await task.value
        #expect(sink.samples.count == 0)
        for continuation in continuations { continuation.resume() }
    }
}
