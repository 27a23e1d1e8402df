import FoundationEssentials
import Glibc
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutProbing

@Suite(.timeLimit(.minutes(2))) struct `The timer thread` {
    @Test func `wakes sleepers in the order of their deadlines and not before them`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let woken = Recorder<Int>()
        let start = TimerThread.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in [30, 10, 20] {
                group.addTask(executorPreference: thread) {
                    let deadline = start + .milliseconds(number)
                    try await thread.sleep(until: deadline)
                    #expect(TimerThread.now >= deadline)
                    woken.record(number)
                }
            }
            try await group.waitForAll()
        }
        #expect(woken.values == [10, 20, 30])
    }

    @Test func `runs what prefers it on one thread of its name`() async throws {
        let thread = try TimerThread(name: "lookout-test")
        defer { thread.stop() }
        let identities = Recorder<pthread_t>()
        await withTaskExecutorPreference(thread) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        identities.record(pthread_self())
                        await Task.yield()
                        try? await thread.sleep(until: TimerThread.now + .milliseconds(1))
                        identities.record(pthread_self())
                    }
                }
            }
            let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
            #expect(name == "lookout-test\n")
        }
        #expect(Set(identities.values).count == 1)
        #expect(identities.count == 40)
    }

    @Test func `a sleep whose deadline has passed returns at once`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        try await thread.sleep(until: .zero)
        try await thread.sleep(until: TimerThread.now - .seconds(1))
    }

    @Test func `a cancelled sleeper throws long before its deadline`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let task = Task { try await thread.sleep(until: TimerThread.now + .seconds(3600)) }
        await Task.yield()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `cancelling at the moment of waking loses nobody`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let start = TimerThread.now
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    try? await thread.sleep(until: start + .microseconds(number * 20))
                }
            }
            try? await thread.sleep(until: start + .milliseconds(20))
            group.cancelAll()
        }
    }

    @Test func `a stop wakes those who sleep, and nobody can sleep after it`() async throws {
        let thread = try TimerThread()
        let asleep = Recorder<Void>()
        let task = Task {
            asleep.record(())
            try await thread.sleep(until: TimerThread.now + .seconds(3600))
        }
        try await eventually("the task is about to sleep") { asleep.count == 1 }
        thread.stop()
        await #expect(throws: CancellationError.self) { try await task.value }
        await #expect(throws: CancellationError.self) {
            try await thread.sleep(until: TimerThread.now + .seconds(1))
        }
        thread.stop()
    }

    @Test func `is on time while the cooperative pool is hogged`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let isOver = Recorder<Void>()
        let ticks = Recorder<Void>()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { while isOver.count == 0 { sched_yield() } }
            }
            group.addTask(executorPreference: thread) {
                for _ in 0..<20 {
                    try? await thread.sleep(until: TimerThread.now + .milliseconds(1))
                    ticks.record(())
                }
                // Only this ends those who hog: on the pool it would never come to run.
                isOver.record(())
            }
        }
        #expect(ticks.count == 20)
    }

    @Test func `the timekeeper of the system reads both clocks`() async throws {
        let thread = try TimerThread()
        defer { thread.stop() }
        let timekeeper = SystemTimekeeper(thread: thread)
        let before = timekeeper.now
        try await timekeeper.sleep(for: .milliseconds(5))
        let after = timekeeper.now
        #expect(after.monotonic - before.monotonic >= .milliseconds(5))
        #expect(after.wall > Timestamp(seconds: 1_700_000_000))
    }
}

@Suite struct `A minimum heap` {
    @Test func `gives its elements in order`() async {
        await checkAll { generator in
            var numbers = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Int.random(in: 0..<20, using: &generator)
            }
            var heap = MinimumHeap(numbers)
            for _ in 0..<10 {
                let number = Int.random(in: 0..<20, using: &generator)
                numbers.append(number)
                heap.insert(number)
            }
            var drained: [Int] = []
            while let number = heap.popFirst() { drained.append(number) }
            try #require(drained == numbers.sorted())
        }
    }
}
