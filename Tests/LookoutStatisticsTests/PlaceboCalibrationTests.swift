import Foundation
import LookoutStatistics
import Testing

struct PlaceboCalibrationTests {
    @Test func `a quiet history leaves the margins as they are`() {
        let calibration = PlaceboCalibration(history: history(days: 1, drift: 0, seed: 1))
        print("quiet: \(calibration.summary)")
        #expect(calibration.windows == 36)
        #expect(calibration.alarmsBefore == 0)
        #expect(calibration.policy == ComparisonPolicy())
        #expect(calibration.isCalibrated)
    }

    @Test func `a history that drifts raises the margin until hardly a window alarms`() {
        let history = history(days: 3, drift: 0.25, seed: 2)
        let calibration = PlaceboCalibration(history: history)
        print("drift of 25 %: \(calibration.summary)")
        #expect(calibration.windows == 132)
        #expect(calibration.alarmsBefore > 1)
        #expect(calibration.alarmsAfter <= 1)
        #expect(calibration.isCalibrated)
        #expect(calibration.policy.margin > 1.2)
        #expect(calibration.policy.failureFloor == 0.005)
        // What was silent with less is silent with more.
        let again = PlaceboCalibration(history: history.shuffled(), policy: calibration.policy)
        #expect(again.alarmsBefore == calibration.alarmsAfter)
        #expect(again.policy == calibration.policy)
    }

    @Test func `a bad minute now and then changes nothing`() {
        let runs = withBadMinutes(history(days: 1, drift: 0, seed: 3), each: 2, minutes: [7])
        let calibration = PlaceboCalibration(history: runs)
        print("a bad minute: \(calibration.summary)")
        #expect(calibration.alarmsBefore == 0)
        #expect(calibration.policy == ComparisonPolicy())
    }

    @Test func `bad quarters of an hour raise the floor`() {
        let runs = withBadMinutes(history(days: 2, drift: 0, seed: 3), each: 7, minutes: [3, 8, 13])
        let calibration = PlaceboCalibration(history: runs)
        print("bad quarters of an hour: \(calibration.summary)")
        #expect(calibration.alarmsBefore > 5)
        #expect(calibration.isCalibrated)
        #expect(calibration.policy.margin == 1.1)
        #expect(calibration.policy.failureFloor > 0.005)
    }

    @Test func `what no margin excuses is said`() {
        let history = history(days: 1, drift: 2, seed: 4)
        var policy = ComparisonPolicy()
        policy.margin = 2.5
        let calibration = PlaceboCalibration(history: history, policy: policy, baselineWindows: 1)
        print("drift of 200 %: \(calibration.summary)")
        #expect(!calibration.isCalibrated)
        #expect(calibration.alarmsAfter > 0)
        #expect(calibration.policy.margin == 3)
    }

    @Test func `windows near a change, or after a gap, are not compared`() {
        let whole = history(days: 1, drift: 0, seed: 5)
        // 36 comparisons; the change is in the 20th window, in the baseline of the 12 after it.
        let changed = PlaceboCalibration(history: whole, changes: [20 * 1_800 + 60])
        #expect(changed.windows == 36 - 13)
        let gap = PlaceboCalibration(history: whole.filter { !(36_000..<37_800).contains($0.time) })
        #expect(gap.windows == 36 - 13)
        #expect(PlaceboCalibration(history: []).windows == 0)
        #expect(PlaceboCalibration(history: []).isCalibrated)
        #expect(PlaceboCalibration(history: whole, baselineWindows: 1).windows == 47)
    }

    /// In each so manieth window all runs of some minutes fail.
    private func withBadMinutes(_ runs: [CheckSample], each period: Int, minutes: Set<Int>) -> [CheckSample] {
        runs.map { run in
            let (window, second) = Int(run.time).quotientAndRemainder(dividingBy: 1_800)
            let isBad = window.isMultiple(of: period) && minutes.contains(second / 60)
            return CheckSample(time: run.time, isOK: !isBad, seconds: run.seconds)
        }
    }

    /// A window each 30 minutes, each with its own level; one run each 20 seconds.
    private func history(days: Int, drift: Double, seed: UInt64) -> [CheckSample] {
        var source = LatencySource(seed: seed)
        return (0..<48 * days).flatMap { window in
            let level = 0.2 * exp(drift * source.normal())
            return source.latencies(90, spread: 0.4, level: level).enumerated().map { index, seconds in
                CheckSample(time: Double(window * 1_800 + index * 20), isOK: true, seconds: seconds)
            }
        }
    }
}

extension PlaceboCalibration {
    fileprivate var summary: String {
        "\(alarmsBefore) of \(windows) windows alarm; \(alarmsAfter) with rho0 \(policy.margin), "
            + "p0* >= \(policy.failureFloor)"
    }
}
