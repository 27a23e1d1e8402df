import LookoutDeployments
import LookoutModel
import LookoutSimulation
import LookoutStatistics
import LookoutTestSupport
import Testing

struct CheckAnalysisTests {
    /// A run each ten seconds with latencies between half and one and a half of `level`.
    private static func runs(
        _ count: Int,
        from start: Double,
        level: Double,
        failing every: Int = 0,
        _ generator: inout SeededGenerator
    ) -> [CheckSample] {
        (0..<count).map { index in
            let isOK = every == 0 || index % every != 0
            let seconds = level * Double.random(in: 0.5...1.5, using: &generator)
            return CheckSample(time: start + Double(index) * 10, isOK: isOK, seconds: isOK ? seconds : nil)
        }
    }

    private static func compared(level: Double, failing every: Int = 0, seed: UInt64 = 1) -> ComparedRuns {
        var generator = SeededGenerator(seed: seed)
        return ComparedRuns(
            baseline: runs(600, from: 0, level: 0.2, &generator),
            window: runs(180, from: 6_000, level: level, failing: every, &generator)
        )
    }

    @Test func `the last look has the numbers of the findings`() throws {
        var looks: [ComparisonLook] = []
        let analysis = CheckAnalysis(
            check: "c",
            runs: Self.compared(level: 0.2, failing: 60),
            policy: ComparisonPolicy()
        ) { looks.append($0) }
        let last = try #require(looks.last)
        #expect(looks.map(\.run) == Array(1...180))
        #expect(last.latencies == analysis.findings.latency.count)
        #expect(last.latencyEvidence == analysis.findings.latency.logEvidence)
        #expect(last.failures == 3)
        #expect(last.failureEvidence == analysis.findings.failures.logEvidence)
        #expect(last.exceedances == analysis.findings.tail.exceedances)
        #expect(last.tailEvidence == analysis.findings.tail.discountedLogEvidence)
        #expect(last.independentTailEvidence == analysis.findings.tail.logEvidence)
    }

    @Test func `an alarm is in the look of its run and in no other`() {
        var looks: [ComparisonLook] = []
        let analysis = CheckAnalysis(
            check: "c",
            runs: Self.compared(level: 0.5),
            policy: ComparisonPolicy()
        ) { looks.append($0) }
        #expect(!analysis.findings.alarms.isEmpty)
        for alarm in analysis.findings.alarms {
            #expect(looks.filter { $0.alarms.contains(alarm.test) }.map(\.run) == [alarm.run])
        }
        #expect(analysis.word == .regressed)
    }

    @Test func `the order of the runs changes nothing`() async {
        await checkAll(cases: 20) { generator in
            let runs = Self.compared(level: 0.25, failing: 45, seed: generator.next())
            let shuffled = ComparedRuns(
                baseline: runs.baseline.shuffled(using: &generator),
                window: runs.window.shuffled(using: &generator)
            )
            let policy = ComparisonPolicy()
            let one = CheckAnalysis(check: "c", runs: runs, policy: policy)
            let other = CheckAnalysis(check: "c", runs: shuffled, policy: policy)
            try #require(one == other)
            try #require(one.json.jsonText == other.json.jsonText)
        }
    }

    @Test func `runs that the baseline has too late are said`() {
        var runs = Self.compared(level: 0.2)
        #expect(CheckAnalysis(check: "c", runs: runs, policy: ComparisonPolicy()).cautions.isEmpty)
        runs.baseline.append(CheckSample(time: 6_000, isOK: true, seconds: 0.2))
        let cautions = CheckAnalysis(check: "c", runs: runs, policy: ComparisonPolicy()).cautions
        #expect(cautions == ["1 of the 601 runs before are not before the first run after"])
    }

    @Test func `yesterday is shown and changes no verdict`() throws {
        let runs = Self.compared(level: 0.2)
        var generator = SeededGenerator(seed: 9)
        let yesterday = Self.runs(180, from: -80_400, level: 0.1, failing: 10, &generator)
        let plain = CheckAnalysis(check: "c", runs: runs, policy: ComparisonPolicy())
        let both = CheckAnalysis(check: "c", runs: runs, yesterday: yesterday, policy: ComparisonPolicy())
        #expect(plain.findings == both.findings)
        let second = try #require(both.yesterday)
        #expect(second.runs == 180 && second.failures == 18)
        #expect(try #require(second.ratio).lower > 1.5)
    }

    @Test func `no run after, none before, and only timeouts are inconclusive or worse, and valid JSON`()
        throws
    {
        let runs = Self.compared(level: 0.2)
        let timeouts = runs.window.map { CheckSample(time: $0.time, isOK: false, seconds: nil) }
        let cases: [(ComparedRuns, WatchVerdict.Word)] = [
            (ComparedRuns(baseline: [], window: []), .inconclusive),
            (ComparedRuns(baseline: runs.baseline, window: []), .inconclusive),
            (ComparedRuns(baseline: [], window: runs.window), .inconclusive),
            (ComparedRuns(baseline: runs.baseline, window: timeouts), .regressed),
            // No worse than an outage before; that it is one is the rules' business.
            (ComparedRuns(baseline: timeouts, window: timeouts), .pass),
        ]
        for (runs, word) in cases {
            var looks: [ComparisonLook] = []
            let analysis = CheckAnalysis(check: "c", runs: runs, policy: ComparisonPolicy()) {
                looks.append($0)
            }
            #expect(analysis.word == word)
            for document in looks.map(\.json) + [analysis.json] {
                // What JSON has no number for would be null here, and not the same again.
                let parsed = try JSONValue(parsing: Array(document.jsonText.utf8))
                #expect(parsed.jsonText == document.jsonText)
                #expect(!document.jsonText.contains("nan"))
            }
        }
    }

    @Test func `one check that is worse is enough, and a pass takes all`() {
        func word(_ levels: [Double?]) -> WatchVerdict.Word {
            var summary = AnalysisSummary()
            for level in levels {
                let runs =
                    level.map { Self.compared(level: $0) } ?? ComparedRuns(baseline: [], window: [])
                summary.add(CheckAnalysis(check: "c", runs: runs, policy: .sharing(checks: levels.count)))
            }
            return summary.word
        }
        #expect(word([]) == .inconclusive)
        #expect(word([0.2, 0.2]) == .pass)
        #expect(word([0.2, nil]) == .inconclusive)
        #expect(word([0.2, nil, 0.5]) == .regressed)
    }

    @Test func `numbers that JSON does not have come back`() {
        for number in [1.5, -.infinity, .infinity, 0, -2] {
            #expect(JSONValue.number(number).measured == number)
        }
        #expect(JSONValue.number(.nan).measured?.isNaN == true)
        #expect(JSONValue.number(nil).measured == nil)
    }

    @Test(arguments: [0, 1, 5, 9, 10, 11, 60, 100, 180, 181, 1_000, 4_321, 1_000_000])
    func `about ten looks are readable, and the last is among them`(count: Int) {
        var generator = SeededGenerator(seed: 4)
        let window = Self.runs(min(count, 200), from: 0, level: 0.2, &generator)
        var shown = 0
        var isLastShown = count == 0
        var comparison = CheckComparison(baseline: [], policy: ComparisonPolicy())
        let readable = ReadableLooks(of: window.count)
        for sample in window {
            comparison.observe(sample)
            let look = ComparisonLook(comparison, after: sample)
            guard readable.contains(look) else { continue }
            shown += 1
            isLastShown = look.run == window.count
        }
        #expect(isLastShown)
        #expect(shown <= 11 && shown >= min(window.count, 4))
    }

    @Test func `every reason has words and a code of its own`() {
        let reasons: [ComparisonVerdict.Reason] = [
            .shortBaseline(latencies: 3, required: 60), .fewRuns(2, required: 100),
            .fewLatencies(2, required: 97), .latencyBound(.infinity, tolerated: 1.25),
            .failureBound(0.5, tolerated: 0.035), .singleBurst, .suspect(.tail, logEvidence: 3.2),
        ]
        #expect(Set(reasons.map(\.code)).count == reasons.count)
        #expect(Set(reasons.map(\.text)).count == reasons.count)
        #expect(reasons[4].text == "up to 50.0 % of the runs may fail, 3.5 % is tolerated")
        #expect(reasons[3].text == "latencies may have risen by any factor, ×1.25 is tolerated")
    }
}
