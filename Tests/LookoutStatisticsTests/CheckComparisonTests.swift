import Foundation
import LookoutStatistics
import Testing

struct CheckComparisonTests {
    private let baseline: [CheckSample]
    private var source = RunSource(seed: 7)

    init() {
        baseline = source.runs(2_160, from: -21_600)
    }

    @Test mutating func `a check that stayed as it was passes`() {
        let findings = CheckComparison.findings(baseline: baseline, window: source.runs(180))
        #expect(findings.verdict == .pass)
        #expect(findings.alarms.isEmpty)
        #expect(findings.latency.count == 177)
        #expect(findings.failures.count == 180)
    }

    @Test mutating func `a check that became slower regressed`() throws {
        let findings = CheckComparison.findings(baseline: baseline, window: source.runs(180, ratio: 2))
        #expect(findings.verdict == .regressed([.latency, .tail]))
        let alarm = try #require(findings.alarms.first { $0.test == .latency })
        #expect(alarm.logEvidence >= findings.policy.alarmThreshold)
        #expect(alarm.run < 60)
        #expect(alarm.time == Double(alarm.run - 1) * 10)
        let ratio = try #require(findings.latency.ratio)
        #expect(ratio.lower < 2 && 2 < ratio.upper)
    }

    @Test mutating func `a check that fails more often regressed`() {
        let window = source.runs(180, failing: 0.15)
        #expect(
            CheckComparison.findings(baseline: baseline, window: window).verdict == .regressed([.failures])
        )
    }

    @Test mutating func `a check that became faster passes`() {
        let findings = CheckComparison.findings(baseline: baseline, window: source.runs(180, ratio: 0.5))
        #expect(findings.verdict == .pass)
    }

    @Test mutating func `little is no proof`() {
        let findings = CheckComparison.findings(baseline: baseline, window: source.runs(40))
        guard case .inconclusive(let reasons) = findings.verdict else {
            Issue.record("\(findings.verdict)")
            return
        }
        #expect(reasons.contains(.fewRuns(40, required: 100)))
        #expect(reasons.contains(.fewLatencies(37, required: 97)))
    }

    @Test mutating func `a bit slower is neither shown nor excluded`() {
        let findings = CheckComparison.findings(baseline: baseline, window: source.runs(180, ratio: 1.2))
        guard case .inconclusive(let reasons) = findings.verdict else {
            Issue.record("\(findings.verdict)")
            return
        }
        let bound = findings.latency.ratio?.upper ?? 0
        #expect(reasons.first == .latencyBound(bound, tolerated: 1.25))
    }

    @Test mutating func `a few failures are neither an alarm nor a pass`() {
        var window = source.runs(180)
        for index in [20, 60, 100] { window[index] = window[index].failed }
        let findings = CheckComparison.findings(baseline: baseline, window: window)
        let bound = findings.failures.upperBound
        #expect(findings.verdict == .inconclusive([.failureBound(bound, tolerated: 0.005 + 0.03)]))
    }

    @Test mutating func `a short baseline decides nothing on latency`() {
        let short = Array(baseline.suffix(59))
        let slow = CheckComparison.findings(baseline: short, window: source.runs(180, ratio: 10))
        #expect(slow.alarms.isEmpty)
        guard case .inconclusive(let reasons) = slow.verdict else {
            Issue.record("\(slow.verdict)")
            return
        }
        #expect(reasons.contains(.shortBaseline(latencies: 59, required: 60)))
        let broken = CheckComparison.findings(baseline: short, window: source.runs(180, failing: 0.3))
        #expect(broken.verdict == .regressed([.failures]))
    }

    @Test mutating func `a burst that is over is no reason to roll back`() {
        var comparison = CheckComparison(baseline: baseline)
        var window = source.runs(180)
        // One minute, six runs.
        for index in 60..<66 { window[index] = window[index].failed }
        for sample in window.prefix(66) { comparison.observe(sample) }
        #expect(comparison.findings().verdict == .regressed([.failures]), "while it lasts")
        for sample in window.dropFirst(66) { comparison.observe(sample) }
        let findings = comparison.findings()
        #expect(findings.alarms.map(\.test) == [.failures])
        guard case .inconclusive(let reasons) = findings.verdict else {
            Issue.record("\(findings.verdict)")
            return
        }
        #expect(reasons.contains(.singleBurst))
    }

    @Test mutating func `an alarm stays when the evidence is gone`() throws {
        var comparison = CheckComparison(baseline: baseline)
        for sample in source.runs(60, ratio: 1.8) { comparison.observe(sample) }
        let alarm = try #require(comparison.findings().alarms.first { $0.test == .latency })
        for sample in source.runs(400, from: 600, ratio: 0.7) { comparison.observe(sample) }
        let findings = comparison.findings()
        #expect(findings.latency.logEvidence < 0)
        #expect(findings.latency.peak >= alarm.logEvidence)
        #expect(findings.alarms.contains(alarm))
        #expect(findings.regressions.contains(.latency))
    }

    @Test mutating func `the first three latencies are not counted, their failures are`() {
        var window = source.runs(103)
        for index in 0..<3 { window[index] = CheckSample(time: Double(index), isOK: false, seconds: 30) }
        let findings = CheckComparison.findings(baseline: baseline, window: window)
        #expect(findings.latency.count == 100)
        #expect(findings.failures.failures == 3)
        var policy = ComparisonPolicy()
        policy.warmUp = 0
        let all = CheckComparison.findings(baseline: baseline, window: window, policy: policy)
        #expect(all.latency.count == 103)
        #expect(all.latency.doubledRankSum == findings.latency.doubledRankSum + 3 * 2 * 2_160)
    }

    @Test mutating func `neither the order of the baseline nor that of the window matters`() {
        let window = source.runs(150, ratio: 1.3, failing: 0.03)
        let expected = CheckComparison.findings(baseline: baseline, window: window)
        for _ in 0..<3 {
            let shuffled = CheckComparison.findings(baseline: baseline.shuffled(), window: window.shuffled())
            #expect(shuffled == expected)
        }
    }

    @Test mutating func `the numbers kept give the evidence again`() {
        let findings = CheckComparison.findings(
            baseline: baseline,
            window: source.runs(180, ratio: 1.3, failing: 0.03)
        )
        let latency = findings.latency
        let pairs = Double(latency.count * latency.baselineCount)
        let again = LatencyTest.logEvidence(
            effect: Double(latency.doubledRankSum) / (2 * pairs) - 0.5,
            information: LatencyTest.information(
                samples: latency.count,
                baseline: latency.baselineCount,
                inflation: (1 + latency.autocorrelation) / (1 - latency.autocorrelation)
            ),
            prior: latency.prior
        )
        #expect(again == latency.logEvidence)
        let failures = findings.failures
        let bets = BetaMixture(nullRatio: failures.nullRatio, concentration: 9)
        #expect(bets.logEvidence(events: failures.failures, of: failures.count) == failures.logEvidence)
        let tail = findings.tail
        let discounted = BetaMixture(nullRatio: tail.discountedNullRatio, concentration: 5).logEvidence(
            events: tail.exceedances,
            of: tail.count,
            inflation: tail.varianceInflation
        )
        #expect(discounted == tail.discountedLogEvidence)
    }

    @Test mutating func `a suspicion that is no alarm is no pass`() throws {
        let window = source.runs(180)
        // More and more of the runs ten times as slow, evenly spread, until the tail is suspect.
        var found: CheckFindings?
        for count in 5...40 where found == nil {
            let slow = Set((0..<count).map { 5 + $0 * 174 / count })
            let runs = window.enumerated().map { index, run in
                CheckSample(time: run.time, isOK: true, seconds: slow.contains(index) ? 2 : run.seconds)
            }
            let findings = CheckComparison.findings(baseline: baseline, window: runs)
            if findings.tail.discountedLogEvidence >= log(20) { found = findings }
        }
        let suspicious = try #require(found)
        #expect(suspicious.alarms.isEmpty)
        #expect(suspicious.suspects == [.tail])
        let logEvidence = suspicious.tail.discountedLogEvidence
        #expect(suspicious.verdict == .inconclusive([.suspect(.tail, logEvidence: logEvidence)]))
    }

    @Test func `a policy says what is wrong with it`() {
        #expect(ComparisonPolicy().faults.isEmpty)
        #expect(ComparisonPolicy.sharing(checks: 0).faults.isEmpty)
        var policy = ComparisonPolicy()
        policy.margin = .nan
        policy.failureFloor = 1
        policy.alpha = 0
        policy.share = 2
        policy.suspicion = 1
        policy.warmUp = -1
        policy.power = 1
        policy.latencyTolerance = .infinity
        policy.failureTolerance = -0.1
        #expect(policy.faults.count == 9)
        #expect(policy.faults.first == "the margin must be from 1 to 10, not nan")
    }

    @Test func `the budget is shared by all tests`() {
        #expect(distance(ComparisonPolicy.sharing(checks: 4).alarmThreshold, from: log(1_200)) < 1e-14)
        #expect(distance(ComparisonPolicy().alarmThreshold, from: log(300)) < 1e-14)
    }

    @Test func `a failure without an answer is a timeout, a success without a time is nothing`() {
        #expect(CheckSample(time: 0, isOK: false, seconds: nil).latency == .infinity)
        #expect(CheckSample(time: 0, isOK: true, seconds: nil).latency == nil)
        #expect(CheckSample(time: 0, isOK: false, seconds: 0.3).latency == 0.3)
    }
}

extension CheckSample {
    fileprivate var failed: CheckSample { CheckSample(time: time, isOK: false, seconds: seconds) }
}
