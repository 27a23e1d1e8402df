import Foundation
import LookoutRehearsal
import LookoutTestSupport
import Testing

/// The rules that are shipped, by the tests that are shipped.
@Suite struct `shipped rule tests` {
    @Test func `all pass, and every shipped rule fires in one of them`() throws {
        let folder = SourceTree.root().appending(path: "Rules/tests")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".yaml")
        }
        try #require(names.count >= 7)
        let runner = try RuleTestFixture.runner()
        let results = names.sorted().map { runner.run(folder.appending(path: $0).path) }
        for result in results {
            #expect(result.isPassed, "\(RuleTestReport(showsDifference: true).text(result))")
        }
        let coverage = RuleCoverage(results)
        #expect(coverage.unfired.map(\.rule) == [])
        print("shipped rules: \(results.flatMap(\.tests).count) rule tests, \(coverage.text)", terminator: "")
    }
}
