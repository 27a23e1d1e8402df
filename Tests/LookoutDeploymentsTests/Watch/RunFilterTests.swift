import LookoutModel
import LookoutStatistics
import Testing

@testable import LookoutDeployments

@Suite struct RunFilterTests {
    private let start = EventExamples.time

    private func run(_ seconds: Int, isOK: Bool = true) -> CheckSample {
        CheckSample(at: start + .seconds(seconds), isOK: isOK, took: .seconds(1))
    }

    private func admitted(_ runs: [CheckSample], excluding ranges: [Range<Timestamp>] = []) -> [Bool] {
        var filter = RunFilter(excluding: ranges)
        return runs.map { filter.admits($0) }
    }

    @Test func `the run that wakes a sleeper is left out, and those that fail to`() {
        let gap = 14 * 60
        #expect(admitted([run(0), run(gap), run(gap + 10)]) == [true, false, true])
        let failing = [
            run(0), run(gap, isOK: false), run(gap + 30, isOK: false), run(gap + 60), run(gap + 70),
        ]
        #expect(admitted(failing) == [true, false, false, false, true])
    }

    @Test func `who does not wake within a minute and a half is down`() {
        let gap = 14 * 60
        let runs = [run(0), run(gap, isOK: false), run(gap + 89, isOK: false), run(gap + 90, isOK: false)]
        #expect(admitted(runs) == [true, false, false, true])
    }

    @Test func `a long outage is no sleep`() {
        let runs = stride(from: 0, through: 3600, by: 60).map { run($0, isOK: false) }
        #expect(admitted(runs).allSatisfy { $0 })
    }

    @Test func `runs of a switch are left out`() {
        let range = (start + .seconds(10))..<(start + .seconds(20))
        #expect(
            admitted([run(0), run(10), run(19), run(20)], excluding: [range]) == [true, false, false, true]
        )
    }
}
