import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProbing

@Suite struct `An alarm clock` {
    private let world = Simulation()

    /// Sleeps again and again and notes when it wakes.
    private func sleeper(
        _ alarm: AlarmClock,
        until deadlines: [Duration?]
    ) -> (Task<Void, any Error>, Recorder<Duration>) {
        let woken = Recorder<Duration>()
        let task = world.start { [world] in
            for deadline in deadlines {
                await alarm.sleep(until: deadline)
                woken.record(world.now.monotonic)
            }
        }
        return (task, woken)
    }

    @Test func `wakes at the deadline`() async throws {
        let alarm = AlarmClock(timekeeper: world.timekeeper)
        let (task, woken) = sleeper(alarm, until: [.seconds(5), .seconds(7), .seconds(1)])
        world.advance(by: .seconds(10))
        #expect(woken.values == [.seconds(5), .seconds(7), .seconds(7)])
        try await world.finish(task)
    }

    @Test func `wakes when rung, and leaves no sleeper behind`() async throws {
        let alarm = AlarmClock(timekeeper: world.timekeeper)
        let (task, woken) = sleeper(alarm, until: [.seconds(50)])
        world.advance(by: .seconds(2))
        alarm.ring()
        try await world.finish(task)
        #expect(woken.values == [.seconds(2)])
        #expect(world.timekeeper.sleeperCount == 0)
    }

    @Test func `a ring while nobody sleeps ends the next sleep, once`() async throws {
        let alarm = AlarmClock(timekeeper: world.timekeeper)
        alarm.ring()
        alarm.ring()
        let (task, woken) = sleeper(alarm, until: [.seconds(50), .seconds(60)])
        world.advance(by: .seconds(100))
        try await world.finish(task)
        #expect(woken.values == [.zero, .seconds(60)])
    }

    @Test func `without a deadline only a ring wakes`() async throws {
        let alarm = AlarmClock(timekeeper: world.timekeeper)
        let (task, woken) = sleeper(alarm, until: [nil])
        world.advance(by: .seconds(1_000_000))
        #expect(woken.count == 0)
        alarm.ring()
        try await world.finish(task)
        #expect(woken.count == 1)
    }

    @Test func `wakes when its task is cancelled`() async throws {
        let alarm = AlarmClock(timekeeper: world.timekeeper)
        let (task, woken) = sleeper(alarm, until: [nil, .seconds(9)])
        task.cancel()
        try await world.finish(task)
        #expect(woken.values == [.zero, .zero])
        #expect(world.timekeeper.sleeperCount == 0)
    }
}
