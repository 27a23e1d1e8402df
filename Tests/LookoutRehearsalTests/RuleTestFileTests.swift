import LookoutRehearsal
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `rule tests as files` {
    @Test(arguments: ["life", "events", "delivery", "promtool", "samples", "expressions"])
    func `the fixture passes, and twice alike`(name: String) throws {
        let path = "\(RuleTestFixture.folder)/\(name).yaml"
        let runner = try RuleTestFixture.runner()
        let result = runner.run(path)
        let report = RuleTestReport()
        #expect(result.isPassed, "\(report.text(result))")
        #expect(!result.tests.isEmpty)
        #expect(runner.run(path).tests.map(\.timeline) == result.tests.map(\.timeline))
    }

    @Test func `every rule of the fixtures fires in one of them`() throws {
        let runner = try RuleTestFixture.runner()
        let results = ["life", "events", "delivery", "promtool", "samples"].map {
            runner.run("\(RuleTestFixture.folder)/\($0).yaml")
        }
        let coverage = RuleCoverage(results)
        #expect(coverage.unfired.map(\.rule) == [])
        #expect(coverage.percentage == 100)
        #expect(coverage.rules.count == 19)
    }

    @Test func `only tests that a pattern chooses run`() throws {
        let path = "\(RuleTestFixture.folder)/life.yaml"
        let all = try RuleTestFixture.runner().run(path)
        let some = try RuleTestFixture.runner(["life.yaml/.*(pending|receiver)", "no such test"]).run(path)
        #expect(some.tests.count > 1 && some.tests.count < all.tests.count)
        #expect(some.tests.allSatisfy { $0.name.contains("pending") || $0.name.contains("receiver") })
        #expect(some.skipped == all.tests.count - some.tests.count)
    }

    @Test func `a pattern that is none is refused`() {
        #expect(throws: (any Error).self) { try RuleTestFixture.runner(["("]) }
    }
}
