import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct `The report for people` {
    @Test func `what is open comes with what was seen and what to do`() {
        var story = GateStory()
        story.facts.code.backups = GateStory.known([:])
        story.facts.code.checks = GateStory.known(CommitChecks(pending: ["build"]))
        story.facts.code.reviews = GateStory.unknown()
        story.facts.request.overrides = [.init(criterion: "reviews", by: "Ann", reason: "read it with Ben")]
        expectGolden(GateReportText(story.report).text, "no-go.txt")
        expectGolden(GateReportText(GateStory().report, detail: .all).text, "go-in-full.txt")
    }

    @Test func `colors are only there where they are asked for`() {
        let report = GateStory().report
        let plain = GateReportText(report).text
        let colored = GateReportText(report, isColored: true).text
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[32mGO\u{1B}[0m"))
        let stripped = ["31", "32", "33", "0"].reduce(colored) { $0.replacing("\u{1B}[\($1)m", with: "") }
        #expect(stripped == plain)
    }

    @Test func `a report that somebody has put something into cannot paint the terminal`() {
        let hostile = "a\u{1B}[31m\nb\u{9B}c\u{2028}d"
        let report = GateReport(
            at: GateStory.now,
            environment: hostile,
            backupBranch: hostile,
            findings: [
                .init(hostile, hostile, .noGo, evidence: [hostile], remedy: [hostile]),
                .init("x", hostile, .skipped(reason: hostile)), .init("y", hostile, .unknown),
            ],
            overrides: [.init(criterion: "y", by: hostile, reason: hostile)]
        )
        let text = GateReportText(report, detail: .all).text
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.properties.generalCategory.isControl })
        #expect(text.contains("a\\u{1b}[31m\\nb\\u{9b}c\\u{2028}d"))
    }

    @Test func `it counts what is met, open and not asked`() {
        var story = GateStory()
        story.facts.code.backups = GateStory.known([:])
        story.facts.code.reviews = GateStory.unknown()
        let text = GateReportText(story.report).text
        #expect(text.contains("38 met, 1 not met, 1 unknown, 1 not asked"), "\(text.suffix(400))")
        #expect(text.contains("by name and reason: reviews\n"))
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isControl: Bool {
        self == .control || self == .format || self == .lineSeparator || self == .paragraphSeparator
    }
}
