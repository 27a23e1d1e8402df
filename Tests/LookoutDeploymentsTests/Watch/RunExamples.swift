import Glibc
import LookoutModel
import LookoutSimulation
import LookoutStatistics

@testable import LookoutDeployments

/// Runs of a check as a healthy service gives them, the same for the same seed.
enum RunExamples {
    /// Runs in a range, with latencies so many times slower and a part that fails with an answer.
    static func runs(
        in range: Range<Timestamp>,
        every interval: Duration = .seconds(10),
        slowdown: Double = 1,
        failures: Double = 0,
        seed: UInt64 = 1
    ) -> [CheckSample] {
        var runs: [CheckSample] = []
        var time = range.lowerBound
        while time < range.upperBound {
            var generator = SeededGenerator(seed: seed &+ UInt64(bitPattern: time.microseconds))
            let failed = Double.random(in: 0..<1, using: &generator) < failures
            let radius = (-2 * log(Double.random(in: 0x1p-53..<1, using: &generator))).squareRoot()
            let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
            let seconds = 0.2 * exp(0.3 * normal) * slowdown
            runs.append(CheckSample(at: time, isOK: !failed, took: .microseconds(Int64(seconds * 1e6))))
            time = time + interval
        }
        return runs
    }
}
