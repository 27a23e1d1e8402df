import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutProbing

/// A store in memory that fails when it is told to.
private final class FailingStore: SampleStore {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private let samples = Mutex<[Sample]>([])
    private let trouble = Mutex<String?>(nil)
    let batches = Recorder<Int>()
    let removals = Recorder<Timestamp>()

    func fail(_ text: String?) {
        trouble.withLock { $0 = text }
    }

    var stored: [Sample] { samples.withLock { $0 } }

    private func check() throws {
        if let text = trouble.withLock({ $0 }) { throw Broken(description: text) }
    }

    func append(_ samples: [Sample]) async throws {
        try Task.checkCancellation()
        try check()
        batches.record(samples.count)
        self.samples.withLock { $0 += samples }
    }

    func newest(_ count: Int) async throws -> [CheckID: [Sample]] { [:] }

    func newest(_ count: Int, of check: CheckID) async throws -> [Sample] { [] }

    func outcomeCounts(
        of check: CheckID,
        since time: Timestamp,
        every length: Duration
    ) async throws -> [OutcomeCount] { [] }

    func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample] { [] }

    func removeSamples(before time: Timestamp) async throws -> Int {
        try check()
        removals.record(time)
        return samples.withLock { samples in
            let count = samples.count
            samples.removeAll { $0.startedAt < time }
            return count - samples.count
        }
    }
}

/// A recorder in virtual time.
private struct World {
    let simulation = Simulation()
    let store = FailingStore()
    let events = Recorder<SampleRecorder.Event>()
    let recorder: SampleRecorder

    init(capacity: Int = 50_000, retention: Duration = .seconds(86_400)) {
        recorder = SampleRecorder(
            store: store,
            timekeeper: simulation.timekeeper,
            options: SampleRecorder.Options(retention: retention, capacity: capacity),
            report: events.record
        )
    }

    func start() -> Task<Void, any Error> {
        simulation.start { [recorder] in await recorder.run() }
    }

    func sample(_ number: Int64 = 0) -> Sample {
        Sample(
            check: CheckID(environment: "e", probe: "p"),
            startedAt: simulation.now.wall + .microseconds(number),
            outcome: .ok
        )
    }

    func record(_ numbers: Range<Int64>) {
        for number in numbers { recorder.record(sample(number)) }
    }
}

@Suite struct `A sample recorder` {
    @Test func `stores each second what came, in order, without observations`() async throws {
        let world = World()
        let running = world.start()
        var sample = world.sample(1)
        sample.observation = Observation(body: [1, 2, 3])
        world.recorder.record(sample)
        world.record(2..<4)
        #expect(world.store.stored.isEmpty)
        world.simulation.advance(by: .seconds(1))
        sample.observation = nil
        #expect(world.store.stored.first == sample)
        #expect(world.store.stored.map(\.startedAt) == world.store.stored.map(\.startedAt).sorted())
        #expect(world.store.batches.values == [3])
        world.simulation.advance(by: .seconds(10))
        #expect(world.store.batches.values == [3], "nothing new, nothing written")
        world.recorder.stop()
        try await world.simulation.finish(running)
    }

    @Test func `writes at most so many in one transaction`() async throws {
        let world = World()
        let running = world.start()
        world.record(0..<1203)
        world.simulation.advance(by: .seconds(1))
        #expect(world.store.batches.values == [500, 500, 203])
        world.recorder.stop()
        try await world.simulation.finish(running)
    }

    @Test func `stores the rest when it is stopped`() async throws {
        let world = World()
        let running = world.start()
        world.record(0..<7)
        world.recorder.stop()
        try await world.simulation.finish(running)
        #expect(world.store.stored.count == 7)
        #expect(world.recorder.statistics.stored == 7)
        #expect(world.recorder.statistics.waiting == 0)
    }

    @Test func `keeps what the store refuses and tells of it once`() async throws {
        let world = World()
        let running = world.start()
        world.store.fail("disk full")
        world.record(0..<3)
        world.simulation.advance(by: .seconds(10))
        #expect(world.events.values == [.storeFailed("disk full")])
        #expect(world.recorder.statistics.trouble == "disk full")
        world.store.fail("disk gone")
        world.simulation.advance(by: .seconds(10))
        world.record(3..<5)
        world.store.fail(nil)
        world.simulation.advance(by: .seconds(1))
        #expect(
            world.events.values == [
                .storeFailed("disk full"), .storeFailed("disk gone"), .storeRecovered(dropped: 0),
            ]
        )
        #expect(world.store.stored.count == 5)
        #expect(world.recorder.statistics.trouble == nil)
        world.recorder.stop()
        try await world.simulation.finish(running)
    }

    @Test func `drops the oldest when there is no more room, and counts them`() async throws {
        let world = World(capacity: 10)
        let running = world.start()
        world.store.fail("disk full")
        world.record(0..<25)
        world.simulation.advance(by: .seconds(2))
        #expect(world.recorder.statistics.dropped == 15)
        #expect(world.recorder.statistics.waiting == 10)
        world.store.fail(nil)
        world.recorder.stop()
        try await world.simulation.finish(running)
        #expect(world.store.stored.count == 10)
        #expect(world.events.values.last == .storeRecovered(dropped: 15))
    }

    @Test func `ends at a stop even if the store refuses`() async throws {
        let world = World()
        let running = world.start()
        world.store.fail("disk full")
        world.record(0..<3)
        world.recorder.stop()
        try await world.simulation.finish(running)
        #expect(world.recorder.statistics.waiting == 3)
    }

    @Test func `ends when its task is cancelled`() async throws {
        let world = World()
        let running = world.start()
        running.cancel()
        try await world.simulation.finish(running)
        #expect(world.simulation.timekeeper.sleeperCount == 0)
    }

    @Test func `removes old samples each hour`() async throws {
        let world = World(retention: .seconds(7200))
        let running = world.start()
        world.recorder.record(world.sample())
        world.simulation.advance(by: .seconds(7000))
        #expect(world.store.stored.count == 1)
        world.simulation.advance(by: .seconds(4000))
        #expect(world.store.stored.isEmpty)
        #expect(world.recorder.statistics.removed == 1)
        #expect(world.store.removals.count == 4)
        world.recorder.stop()
        try await world.simulation.finish(running)
    }

    @Test func `removes nothing just after the wall clock has jumped`() async throws {
        let world = World()
        let running = world.start()
        world.record(0..<3)
        world.simulation.advance(by: .seconds(50))
        world.simulation.timekeeper.stepWallClock(by: .seconds(86_400 * 365))
        world.simulation.advance(by: .seconds(600))
        #expect(world.store.removals.count == 0)
        world.simulation.timekeeper.stepWallClock(by: .seconds(-86_400 * 365))
        world.simulation.advance(by: .seconds(7200))
        #expect(world.store.stored.count == 3)
        #expect(world.store.removals.count >= 1)
        world.recorder.stop()
        try await world.simulation.finish(running)
    }

    @Test func `tells once that old samples cannot be removed, and when they can again`() async throws {
        let world = World()
        let running = world.start()
        world.store.fail("locked")
        world.simulation.advance(by: .seconds(10_000))
        world.store.fail(nil)
        world.simulation.advance(by: .seconds(10_000))
        #expect(world.events.values == [.retentionFailed("locked"), .retentionRecovered])
        world.recorder.stop()
        try await world.simulation.finish(running)
    }
}

@Suite struct `The buffer of samples` {
    private static func sample(_ number: Int) -> Sample {
        Sample(
            check: CheckID(environment: "e", probe: "p"),
            startedAt: Timestamp(seconds: Int64(number)),
            outcome: .ok
        )
    }

    /// Against a plain list, on random scripts.
    @Test func `stores each sample once or counts it as dropped, the oldest first`() async {
        await checkAll(cases: 200) { generator in
            let capacity = Int.random(in: 1...20, using: &generator)
            var buffer = SampleBuffer(capacity: capacity)
            var (next, dropped) = (0, 0)
            var waiting: [Int] = []
            var open: (batch: SampleBuffer.Batch, numbers: [Int])?
            for _ in 0..<200 {
                switch Int.random(in: 0..<4, using: &generator) {
                case 0, 1:
                    buffer.append(Self.sample(next))
                    waiting.append(next)
                    next += 1
                    if waiting.count > capacity {
                        waiting.removeFirst()
                        dropped += 1
                    }
                case 2 where open == nil:
                    let limit = Int.random(in: 1...8, using: &generator)
                    let batch = buffer.batch(atMost: limit)
                    let expected = Array(waiting.prefix(limit))
                    try #require((batch?.samples ?? []) == expected.map(Self.sample))
                    open = batch.map { ($0, expected) }
                default:
                    guard let written = open else { continue }
                    buffer.stored(written.batch)
                    waiting.removeAll(where: written.numbers.contains)
                    open = nil
                }
                try #require(buffer.count == waiting.count && buffer.dropped == dropped)
            }
        }
    }
}
