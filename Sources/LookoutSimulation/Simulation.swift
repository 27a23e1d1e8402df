package import LookoutModel
import Synchronization

/// A world in virtual time: tasks run when the test says so, and clocks move when it says so.
///
/// ```swift
/// let world = Simulation()
/// let running = world.start { await scheduler.run() }
/// world.advance(by: .seconds(60))
/// #expect(samples.values.count == 6)
/// running.cancel()
/// await world.finish(running)
/// ```
///
/// The code under test gets `world.timekeeper`, and `world.executor` where it asks for an
/// executor. A run is the same each time, since one thread runs all jobs in one order.
package final class Simulation: Sendable {
    /// What stopped the world: nothing was ready, and nobody was waiting for a later time.
    package struct Stuck: Error, CustomStringConvertible {
        package let description: String
    }

    package let timekeeper: VirtualTimekeeper
    package let executor: ManualExecutor

    package init(at start: Moment? = nil, order: ManualExecutor.Order = .arrival) {
        timekeeper = start.map(VirtualTimekeeper.init(at:)) ?? VirtualTimekeeper()
        executor = ManualExecutor(order: order)
    }

    package var now: Moment { timekeeper.now }

    /// Starts a task in this world, which runs as far as it can at once.
    @discardableResult
    package func start<Success: Sendable>(
        _ name: String? = nil,
        _ operation: sending @escaping () async throws -> Success
    ) -> Task<Success, any Error> {
        let task = Task(name: name, executorPreference: executor, operation: operation)
        settle()
        return task
    }

    /// Lets everything run that can run without time passing.
    package func settle() {
        executor.settle()
    }

    /// Lets time pass; whoever wakes on the way has run as far as it can before time goes on.
    package func advance(by duration: Duration) {
        advance(to: timekeeper.now.monotonic + duration)
    }

    /// Lets time pass until the monotonic clock shows `end`.
    package func advance(to end: Duration) {
        settle()
        while let deadline = timekeeper.nextDeadline, deadline <= end {
            timekeeper.move(to: max(deadline, timekeeper.now.monotonic))
            settle()
        }
        timekeeper.move(to: max(end, timekeeper.now.monotonic))
        settle()
    }

    /// Waits until a task has ended, without letting virtual time pass; its result.
    ///
    /// A task may need this where it leaves the world for a moment, through a thread or a
    /// `Task {}` of a library. Throws `Stuck` if it has not ended after half a minute of real time.
    @discardableResult
    package func finish<Success: Sendable>(_ task: Task<Success, any Error>) async throws -> Success {
        let ended = Recorder<Void>()
        let watcher = Task(executorPreference: executor) {
            _ = await task.result
            ended.record(())
        }
        defer { watcher.cancel() }
        do {
            try await eventually("the task ends") {
                self.settle()
                return ended.count > 0
            }
        } catch {
            throw Stuck(
                description: "the task has not ended; \(timekeeper.sleeperCount) wait for a later time"
            )
        }
        return try await task.value
    }

    /// Runs an operation to its end and lets as much time pass as it takes.
    ///
    /// Throws what the operation throws, and `Stuck` if it waits for something that never comes.
    package func run<Success: Sendable>(
        _ operation: sending @escaping () async throws -> Success
    ) async throws -> Success {
        let ended = Recorder<Void>()
        let task = start {
            defer { ended.record(()) }
            return try await operation()
        }
        while ended.count == 0, let deadline = timekeeper.nextDeadline {
            advance(to: deadline)
        }
        return try await finish(task)
    }
}
