import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProbing

@Suite struct `An abandonable call` {
    private let world = Simulation()

    private func name(_ ending: AbandonableCall<Int>.Ending) -> String {
        switch ending {
        case .returned(let value): "returned \(value)"
        case .cancelled: "cancelled"
        case .abandoned: "abandoned"
        }
    }

    /// Makes a call that takes ten seconds or until it is cancelled.
    private func start(_ call: AbandonableCall<Int>) -> (Task<Void, any Error>, Recorder<String>) {
        let endings = Recorder<String>()
        let task = world.start { [world] in
            let ending = await call.ending(named: "call", on: world.executor) {
                try? await world.timekeeper.sleep(for: .seconds(10))
                return 7
            }
            endings.record(name(ending))
        }
        return (task, endings)
    }

    @Test func `gives what it returns`() async throws {
        let (task, endings) = start(AbandonableCall())
        world.advance(by: .seconds(10))
        try await world.finish(task)
        #expect(endings.values == ["returned 7"])
    }

    @Test func `what a cancelled call returns says nothing`() async throws {
        let call = AbandonableCall<Int>()
        let (task, endings) = start(call)
        call.cancel()
        try await world.finish(task)
        #expect(endings.values == ["cancelled"])
    }

    @Test func `cancelling the one who waits cancels the call`() async throws {
        let (task, endings) = start(AbandonableCall())
        task.cancel()
        try await world.finish(task)
        #expect(endings.values == ["cancelled"])
        #expect(world.timekeeper.sleeperCount == 0)
    }

    @Test func `abandoning ends the waiting though the call goes on`() async throws {
        let call = AbandonableCall<Int>()
        let held = Recorder<CheckedContinuation<Void, Never>>()
        let endings = Recorder<String>()
        let task = world.start { [world] in
            let ending = await call.ending(named: "call", on: world.executor) {
                await withCheckedContinuation { held.record($0) }
                return 7
            }
            endings.record(name(ending))
        }
        call.cancel()
        world.settle()
        #expect(endings.count == 0)
        call.abandon()
        try await world.finish(task)
        for continuation in held.values { continuation.resume() }
        world.settle()
        #expect(endings.values == ["abandoned"])
    }

    @Test func `a call that is cancelled before it is made ends at once`() async throws {
        let call = AbandonableCall<Int>()
        call.cancel()
        let (task, endings) = start(call)
        try await world.finish(task)
        #expect(endings.values == ["cancelled"])
    }
}
