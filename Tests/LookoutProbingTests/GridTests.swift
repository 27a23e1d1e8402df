import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProbing

@Suite struct `The grid of an interval` {
    private static func moment(_ wall: Int64, _ monotonic: Int64) -> Moment {
        Moment(wall: Timestamp(seconds: wall), monotonic: .seconds(monotonic))
    }

    @Test func `lies in the same place of the wall clock after a restart`() async {
        await checkAll { generator in
            let interval = Duration.milliseconds(Int64.random(in: 1...90_000_000, using: &generator))
            let phase = Phase(of: CheckID(environment: "e", probe: "\(generator.next())"))
            let first = Self.moment(1_790_000_000, Int64.random(in: 0...1_000_000, using: &generator))
            let second = Self.moment(
                1_790_000_000 + Int64.random(in: 0...1_000_000, using: &generator),
                Int64.random(in: 0...100, using: &generator)
            )
            let before = Grid(interval: interval, phase: phase, at: first)
            let after = Grid(interval: interval, phase: phase, at: second)
            let distance = after.point(notBefore: second.monotonic) - second.monotonic
            let same = first.monotonic + (second.wall - first.wall) + distance
            try #require(before.point(notBefore: same) == same)
        }
    }

    @Test func `gives the first point that is not before a time`() async {
        await checkAll { generator in
            let interval = Duration.nanoseconds(Int64.random(in: 1...1_000_000_000_000, using: &generator))
            let phase = Phase(of: CheckID(environment: "e", probe: "\(generator.next())"))
            let grid = Grid(interval: interval, phase: phase, at: Self.moment(1_790_000_000, 50))
            let time = Duration.nanoseconds(Int64.random(in: 0...1_000_000_000_000_000, using: &generator))
            let point = grid.point(notBefore: time)
            try #require(point >= time && point < time + interval)
            try #require(grid.point(notBefore: point) == point)
            try #require(grid.point(notBefore: point + .nanoseconds(1)) == point + interval)
        }
    }

    @Test func `does not drift over a hundred thousand points`() {
        let interval = Duration.nanoseconds(7_000_000_001)
        let grid = Grid(
            interval: interval,
            phase: Phase(of: CheckID(environment: "e", probe: "p")),
            at: Self.moment(1_790_000_000, 0)
        )
        let start = grid.point(notBefore: .zero)
        var point = start
        for _ in 0..<100_000 { point = grid.point(notBefore: point + interval / 2) }
        #expect(point == start + interval * 100_000)
    }

    @Test(arguments: [(-1, 0), (0, 1), (9, 1), (10, 2), (25, 3), (99, 10)])
    func `counts its points up to a time`(seconds: Int, count: Int) {
        let grid = Grid(
            interval: .seconds(10),
            phase: Phase(of: CheckID(environment: "e", probe: "p")),
            at: Self.moment(1_790_000_000, 0)
        )
        let point = grid.point(notBefore: .zero)
        #expect(grid.count(from: point, through: point + .seconds(seconds)) == count)
    }
}
