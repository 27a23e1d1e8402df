import LookoutModel
import LookoutProbing
import Testing

@Suite struct `After a time without a network` {
    @Test func `every check runs once soon, then where it had its place`() {
        let checks = (0..<100).map { number in
            Check(
                id: CheckID(environment: "production", probe: "p\(number)"),
                type: "http",
                interval: .seconds(600),
                timeout: .seconds(10)
            )
        }
        let start = Moment(wall: Timestamp(seconds: 1_000_000), monotonic: .seconds(1000))
        var schedule = Schedule(limit: 1000)
        _ = schedule.replace(with: checks, at: start)
        func starts(from: Int, through: Int) -> [CheckID] {
            var starts: [CheckID] = []
            for second in from...through {
                for effect in schedule.advance(to: .seconds(second)) {
                    guard case .start(let run) = effect else { continue }
                    _ = schedule.probeEnded(run)
                    schedule.delivered(run)
                    starts.append(run.check.id)
                }
            }
            return starts
        }
        #expect(Set(starts(from: 1000, through: 1010)).count == 100)
        _ = starts(from: 1011, through: 2200)
        schedule.hasten(at: .seconds(2200))
        let soon = starts(from: 2200, through: 2206)
        #expect(Set(soon).count == 100)
        let later = starts(from: 2207, through: 2207 + 900)
        #expect(Set(later).count == 100)
    }
}
