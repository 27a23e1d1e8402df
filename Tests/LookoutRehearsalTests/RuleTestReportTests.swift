import LookoutSettings
import LookoutTestSupport
import Testing

@testable import LookoutRehearsal

@Suite struct `reports of rule tests` {
    /// A file with a test that passes and one that fails.
    private static func result() throws -> RuleTestFileResult {
        try RuleTestFixture.run(
            """
            tests:
              - name: passes
                input_samples: [{check: production/site, values: 'ok fail x4'}]
                exp_state_at: [{alertname: failing, states: {1m: pending, 2m: firing}}]
              - name: fails & "complains" <loudly>
                input_samples: [{check: production/site, values: 'ok error(<&>) x4'}]
                alert_rule_test: [{eval_time: 3m, alertname: failing, exp_alerts: [{summary: "a < b"}]}]
            """
        )
    }

    @Test func `JUnit gets XML that says the same`() throws {
        let result = try Self.result()
        let folder = result.path.dropLast("tests.yaml".count)
        let xml = JUnitReport([result]).text.replacing(folder, with: "")
        #expect(
            xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="2" failures="1" errors="0">
                  <testsuite name="tests.yaml" tests="2" failures="1" errors="0">
                    <testcase classname="tests.yaml" name="passes" line="3"/>
                    <testcase classname="tests.yaml" name="fails &amp; &quot;complains&quot; &lt;loudly&gt;" line="6">
                      <failure message="failing does not fire at 3m">tests.yaml:8:72: failing does not fire at 3m&#10;\
                expected:&#10;  any firing&#10;    summary: a &lt; b&#10;got:&#10;  none</failure>
                    </testcase>
                  </testsuite>
                </testsuites>

                """
        )
    }

    @Test func `JUnit hears of a file that is wrong`() throws {
        let xml = JUnitReport([try RuleTestFixture.run("tests: [{more: 1}]")]).text
        #expect(xml.contains("errors=\"1\""))
        #expect(xml.contains("<error message=\"unknown key &quot;more&quot;\">"))
    }

    @Test func `JUnit gets no character that XML cannot hold`() throws {
        let result = try RuleTestFixture.run("tests: [{name: \"\\a\"}]")
        #expect(result.tests.map(\.name) == ["\u{7}"])
        #expect(JUnitReport([result]).text.contains("name=\"\u{FFFD}\""))
    }

    @Test func `coverage lists what fires in no test`() throws {
        let coverage = RuleCoverage([try Self.result()])
        #expect(coverage.fired == ["failing"])
        #expect(coverage.unfired.map(\.rule) == ["deep"])
        #expect(coverage.percentage == 50)
        #expect(
            coverage.text.hasPrefix("coverage: 1 of 2 rules fired in a test (50.0 %)\n  never fired: deep (")
        )
        #expect(RuleCoverage([]).percentage == 100)
    }

    @Test func `the summary counts everything`() throws {
        let good = try Self.result()
        let bad = try RuleTestFixture.run("tests: [{more: 1}]")
        #expect(
            RuleTestReport().summary([good, bad])
                == "2 tests in 2 files: 1 passed, 1 failed, 1 of the files wrong; 10 samples in 8m of virtual time\n"
        )
    }

    @Test func `colours are used only where they are asked for`() throws {
        let result = try Self.result()
        #expect(!RuleTestReport(showsDifference: true).text(result).contains("\u{1B}"))
        #expect(
            RuleTestReport(showsDifference: true, usesColor: true).text(result).contains(
                "\u{1B}[31m- expected"
            )
        )
    }

    @Test func `the timeline tells everything that happened`() throws {
        let text = RuleTestReport(showsTimeline: true).text(try Self.result())
        #expect(
            text.contains("    1m failing of production/site: inactive -> pending (appeared, severity 2)\n")
        )
        #expect(text.contains("    2m default gets firing failing of production/site, attempt 1: 200\n"))
    }

    @Test func `control characters of a target reach no terminal`() {
        #expect("a\u{1B}[2Jb\n\u{202E}c".oneLine == "a\u{FFFD}[2Jb\\n\u{FFFD}c")
    }

    @Test func `an assignment leaves out no more than it must`() async {
        await checkAll(cases: 500) { generator in
            let expected = Int.random(in: 0...5, using: &generator)
            let got = Int.random(in: 0...5, using: &generator)
            let fits = (0..<expected).map { _ in (0..<got).map { _ in Bool.random(using: &generator) } }
            let assignment = Assignment(expected: expected, got: got) { fits[$0][$1] }
            let placed = expected - assignment.missing.count
            try #require(got - assignment.unexpected.count == placed)
            try #require(placed == Self.mostPlaced(fits[...], free: Set(0..<got)))
        }
    }

    /// The greatest number of expectations that can be met, by trying everything.
    private static func mostPlaced(_ fits: ArraySlice<[Bool]>, free: Set<Int>) -> Int {
        guard let first = fits.first else { return 0 }
        let rest = fits.dropFirst()
        let skipped = mostPlaced(rest, free: free)
        return free.filter { first[$0] }.map { 1 + mostPlaced(rest, free: free.subtracting([$0])) }.max()
            .map { max($0, skipped) } ?? skipped
    }

    @Test func `a week at a minute loses nothing`() throws {
        let result = try RuleTestFixture.run(
            """
            tests:
              - input_samples: [{check: production/site, values: 'ok x5000 fail x60 ok x5020'}]
                exp_notifications:
                  - {receiver: default, kind: firing, at: 5001m}
                  - {receiver: default, kind: resolved, at: 5061m}
            """
        )
        #expect(result.failures == [])
        #expect(result.tests.map(\.sampleCount) == [10_080])
    }
}
