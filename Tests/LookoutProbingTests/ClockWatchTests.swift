import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport
import Testing

@Suite struct `Watching the wall clock` {
    @Test(arguments: [-86_400, -6, 6, 3600])
    func `a step is reported once, with its size`(seconds: Int64) async throws {
        let world = Simulation()
        let steps = Recorder<ClockStep>()
        let running = world.start {
            await ClockWatch(timekeeper: world.timekeeper, report: steps.record).run()
        }
        world.advance(by: .seconds(100))
        world.timekeeper.stepWallClock(by: .seconds(seconds))
        world.advance(by: .seconds(100))
        #expect(steps.values.map(\.size) == [.seconds(seconds)])
        running.cancel()
        try await world.finish(running)
    }

    @Test func `a clock that is slewed gently is not reported`() {
        var now = Moment(wall: Timestamp(seconds: 1000), monotonic: .zero)
        var drift = ClockDrift(now)
        for _ in 0..<100_000 {
            now = Moment(wall: now.wall + .milliseconds(10_005), monotonic: now.monotonic + .seconds(10))
            #expect(drift.observe(now) == nil)
        }
    }
}
