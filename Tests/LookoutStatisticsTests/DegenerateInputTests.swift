import LookoutSimulation
import LookoutStatistics
import LookoutTestSupport
import Testing

/// Input that no formula was made for.
struct DegenerateInputTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let baseline: [Double]
        let window: [Double]
        var regressed: [ComparisonTest] = []

        var testDescription: String { name }
    }

    private static let usual = (0..<120).map { 0.1 + 0.001 * Double($0 * 37 % 120) }

    private static func same(_ seconds: Double, _ count: Int = 120) -> [Double] {
        Array(repeating: seconds, count: count)
    }

    static let cases = [
        Case(name: "nothing at all", baseline: [], window: []),
        Case(name: "nothing before", baseline: [], window: usual),
        Case(name: "nothing after", baseline: usual, window: []),
        Case(name: "one each", baseline: [0.1], window: [0.1]),
        Case(name: "all equal", baseline: same(0.1), window: same(0.1)),
        Case(name: "no variance, a little slower", baseline: same(0.1), window: same(0.109)),
        Case(
            name: "no variance, slower",
            baseline: same(0.1),
            window: same(0.2),
            regressed: [.latency, .tail]
        ),
        Case(name: "no variance, faster", baseline: same(0.1), window: same(0.05)),
        Case(name: "timeouts only, before and after", baseline: same(.infinity), window: same(.infinity)),
        Case(name: "timeouts only, before", baseline: same(.infinity), window: usual),
        Case(
            name: "timeouts only, after",
            baseline: usual,
            window: same(.infinity),
            regressed: [.latency, .tail]
        ),
        Case(name: "zero", baseline: same(0), window: same(0)),
        Case(name: "from zero to something", baseline: same(0), window: usual, regressed: [.latency, .tail]),
        Case(name: "NaN", baseline: same(.nan), window: same(.nan)),
        Case(name: "negative", baseline: same(-1), window: same(-.infinity)),
        Case(
            name: "the greatest",
            baseline: same(.greatestFiniteMagnitude),
            window: same(.greatestFiniteMagnitude)
        ),
        Case(
            name: "the smallest",
            baseline: same(.leastNonzeroMagnitude),
            window: same(.leastNormalMagnitude)
        ),
        Case(
            name: "from the smallest to the greatest",
            baseline: same(.leastNonzeroMagnitude),
            window: same(.greatestFiniteMagnitude),
            regressed: [.latency, .tail]
        ),
        Case(name: "59 before", baseline: Array(usual.prefix(59)), window: same(5)),
        Case(
            name: "60 before",
            baseline: Array(usual.prefix(60)),
            window: same(5),
            regressed: [.latency, .tail]
        ),
    ]

    @Test(arguments: cases)
    func `a verdict is given without NaN`(_ example: Case) {
        let findings = CheckComparison.findings(
            baseline: runs(example.baseline),
            window: runs(example.window)
        )
        #expect(findings.regressions == example.regressed)
        #expect(!findings.holdsNaN, "\(findings)")
    }

    @Test func `with 14 latencies there is no alarm, with 15 there may be`() {
        var test = LatencyTest(baseline: LatencyBaseline(Self.usual))
        for _ in 0..<14 { test.observe(5) }
        #expect(!test.isJudgeable)
        test.observe(5)
        #expect(test.isJudgeable)
    }

    @Test func `what is no measurement changes nothing and is counted`() {
        let clean = LatencyBaseline(Self.usual)
        let dirty = LatencyBaseline(Self.usual.flatMap { [$0, .nan, -1] })
        #expect(dirty.sorted == clean.sorted)
        #expect(dirty.autocorrelation == clean.autocorrelation)
        #expect(dirty.ignored == 240)
        var test = LatencyTest(baseline: clean)
        test.observe(0.12)
        let before = test.logEvidence
        test.observe(.nan)
        test.observe(-0.5)
        #expect(test.logEvidence == before)
        #expect(test.count == 1)
        #expect(test.ignored == 2)
    }

    @Test func `a baseline that always fails leaves nothing to find`() {
        var test = FailureTest(baselineFailures: 500, of: 500)
        for _ in 0..<180 { test.observe(isOK: false) }
        #expect(test.nullRatio > 0.98)
        #expect(test.logEvidence == 0)
    }

    @Test func `without a baseline failures are held to what Jeffreys' prior allows`() {
        var test = FailureTest(baselineFailures: 0, of: 0)
        #expect(distance(test.nullRatio, from: 0.853_553_390_593_273_8) < 1e-12)
        for _ in 0..<60 { test.observe(isOK: false) }
        #expect(test.logEvidence > 0)
    }

    @Test func `a short baseline excuses 2 %`() {
        #expect(FailureTest(baselineFailures: 0, of: 59).nullRatio == 0.02)
        #expect(FailureTest(baselineFailures: 0, of: 60).nullRatio < 0.011)
        #expect(FailureTest(baselineFailures: 0, of: 2_160).nullRatio == 0.005)
    }

    @Test func `no mess gives NaN`() async {
        let odd: [Double?] = [
            nil, 0, -1, .nan, .infinity, -.infinity, 1e-300, 1e308, 0.1, 0.1, 0.1, 0.2, 0.3,
        ]
        await checkAll(cases: 150) { generator in
            func mess(_ generator: inout SeededGenerator) -> [CheckSample] {
                (0..<Int.random(in: 0...150, using: &generator)).map { index in
                    CheckSample(
                        time: index % 50 == 49 ? .nan : Double(index) * 1e5,
                        isOK: Bool.random(using: &generator),
                        seconds: odd.randomElement(using: &generator) ?? nil
                    )
                }
            }
            let findings = CheckComparison.findings(
                baseline: mess(&generator),
                window: mess(&generator)
            )
            try #require(!findings.holdsNaN, "\(findings)")
        }
    }

    private func runs(_ latencies: [Double]) -> [CheckSample] {
        latencies.enumerated().map { CheckSample(time: Double($0 * 10), isOK: true, seconds: $1) }
    }
}

extension CheckFindings {
    var holdsNaN: Bool { numbers.contains(where: \.isNaN) }

    /// All that are shown or stored.
    private var numbers: [Double] {
        let optional = [
            latency.ratio?.estimate, latency.ratio?.lower, latency.ratio?.upper,
            latency.smallestDetectableRatio, failures.smallestDetectableRatio, tail.smallestDetectableRatio,
            tail.threshold,
        ]
        return optional.compactMap { $0 } + alarms.map(\.logEvidence) + [
            latency.autocorrelation, latency.varianceInflation, latency.effect, latency.information,
            latency.logEvidence, latency.peak, failures.nullRatio, failures.logEvidence, failures.peak,
            failures.upperBound, tail.varianceInflation, tail.nullRatio, tail.discountedNullRatio,
            tail.logEvidence, tail.discountedLogEvidence, tail.peak,
        ]
    }
}
