import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@Suite struct `A simulation` {
    @Test func `wakes sleepers in the order of their deadlines`() async throws {
        let world = Simulation()
        let woken = Recorder<Int>()
        for seconds in [3, 1, 2] {
            world.start {
                try await world.timekeeper.sleep(until: .seconds(seconds))
                woken.record(seconds)
            }
        }
        world.advance(by: .seconds(2))
        #expect(woken.values == [1, 2])
        world.advance(by: .seconds(1))
        #expect(woken.values == [1, 2, 3])
    }

    @Test func `shows each sleeper the time at which it asked to be woken`() {
        let world = Simulation()
        let times = Recorder<Duration>()
        world.start {
            for _ in 0..<3 {
                try await world.timekeeper.sleep(for: .milliseconds(700))
                times.record(world.now.monotonic)
            }
        }
        world.advance(by: .seconds(10))
        #expect(times.values == [.milliseconds(700), .milliseconds(1400), .milliseconds(2100)])
        #expect(world.now.monotonic == .seconds(10))
    }

    @Test func `runs nothing on its own`() async {
        let executor = ManualExecutor()
        let runs = Recorder<Void>()
        let task = Task(executorPreference: executor) { runs.record(()) }
        #expect(runs.count == 0)
        #expect(executor.settle() == 1)
        #expect(runs.count == 1)
        await task.value
    }

    @Test func `keeps actors, child tasks and streams inside`() {
        actor Sum {
            var value = 0
            func add(_ number: Int) { value += number }
        }
        let world = Simulation()
        let result = Recorder<Int>()
        let (numbers, feed) = AsyncStream.makeStream(of: Int.self)
        world.start {
            let sum = Sum()
            await withTaskGroup(of: Void.self) { group in
                for await number in numbers {
                    group.addTask { await sum.add(number) }
                }
            }
            result.record(await sum.value)
        }
        for number in 1...4 { feed.yield(number) }
        feed.finish()
        world.settle()
        #expect(result.values == [10])
    }

    @Test func `a cancelled sleeper throws and no longer waits`() async throws {
        let world = Simulation()
        let task = world.start { try await world.timekeeper.sleep(for: .seconds(5)) }
        #expect(world.timekeeper.sleeperCount == 1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await world.finish(task) }
        #expect(world.timekeeper.sleeperCount == 0)
    }

    @Test func `a sleep whose time has passed returns at once`() async throws {
        let world = Simulation()
        world.advance(by: .seconds(9))
        let task = world.start { try await world.timekeeper.sleep(until: .seconds(3)) }
        try await world.finish(task)
        #expect(world.now.monotonic == .seconds(9))
    }

    @Test func `lets time pass until an operation has ended`() async throws {
        let world = Simulation()
        let hours = try await world.run {
            for _ in 0..<24 { try await world.timekeeper.sleep(for: .seconds(3600)) }
            return world.now.monotonic
        }
        #expect(hours == .seconds(86_400))
    }

    @Test func `the wall clock may be stepped and the monotonic clock stays`() {
        let world = Simulation(at: Moment(wall: Timestamp(seconds: 1000), monotonic: .seconds(7)))
        world.timekeeper.stepWallClock(by: .seconds(-100))
        world.advance(by: .seconds(1))
        #expect(world.now == Moment(wall: Timestamp(seconds: 901), monotonic: .seconds(8)))
    }

    /// Ten workers who meet at the same times leave their traces in an order.
    private static func trace(order: ManualExecutor.Order) -> [Int] {
        let world = Simulation(order: order)
        let trace = Recorder<Int>()
        for worker in 0..<10 {
            world.start {
                for _ in 0..<5 {
                    try await world.timekeeper.sleep(for: .seconds(1))
                    trace.record(worker)
                }
            }
        }
        world.advance(by: .seconds(5))
        return trace.values
    }

    @Test func `is the same each time`() {
        let traces = (0..<20).map { _ in Self.trace(order: .arrival) }
        #expect(Set(traces).count == 1)
        #expect(traces.first?.count == 50)
    }

    @Test func `a seed draws another order, and the same one each time`() {
        let traces = (0..<5).map { _ in Self.trace(order: .shuffled(seed: 7)) }
        #expect(Set(traces).count == 1)
        #expect(traces.first != Self.trace(order: .shuffled(seed: 8)))
        #expect(traces.first?.sorted() == Self.trace(order: .arrival).sorted())
    }
}
