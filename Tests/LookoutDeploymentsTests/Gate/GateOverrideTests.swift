import LookoutModel
import Testing

@testable import LookoutDeployments

@Suite struct `Going on in spite of the gate` {
    private func override(
        _ criterion: GateCriterion,
        by name: String = "Ann",
        reason: String = "seen it"
    ) -> GateReport.Override {
        GateReport.Override(criterion: criterion.rawValue, by: name, reason: reason)
    }

    @Test func `an override by name and reason counts, and is in the report`() {
        var story = GateStory()
        story.facts.code.reviews = .unknown(.forbidden("no scope"))
        #expect(story.report.decision == .unknown)
        story.facts.request.overrides = [override(.reviews)]
        #expect(story.report.decision == .go)
        #expect(story.report.overrides == [override(.reviews)])
    }

    @Test(arguments: [("", "because"), ("  ", "because"), ("Ann", ""), ("Ann", "\t")])
    func `one without a name or a reason does not`(name: String, reason: String) throws {
        var story = GateStory()
        story.facts.code.reviews = GateStory.unknown()
        story.facts.request.overrides = [override(.reviews, by: name, reason: reason)]
        let report = story.report
        #expect(report.decision == .unknown)
        #expect(report.overrides == [])
        #expect(story.finding("reviews")?.evidence.last?.contains("does not count") == true)
    }

    @Test func `the backup branch can only be overridden where nobody can ask for it`() {
        var story = GateStory()
        story.facts.request.overrides = [override(.backupBranch)]
        story.facts.code.backups = GateStory.known([:])
        #expect(story.report.decision == .noGo)
        story.facts.code.backups = GateStory.unknown()
        #expect(story.report.decision == .go)
    }

    @Test func `what people say themselves cannot be overridden`() {
        var story = GateStory()
        story.facts.request.intent.trigger = ""
        story.facts.request.ticks = []
        story.facts.request.overrides = [
            override(.trigger), .init(criterion: "checklist-pam-chat", by: "Ann", reason: "r"),
            .init(criterion: "no-such-thing", by: "Ann", reason: "r"),
        ]
        let report = story.report
        #expect(report.overrides == [])
        #expect(report.open(.noGo) == ["trigger", "checklist-pam-chat", "checklist-user-reports"])
    }

    @Test func `the last word on a criterion counts`() {
        var story = GateStory()
        story.facts.code.reviews = GateStory.unknown()
        story.facts.request.overrides = [override(.reviews, by: "Ann"), override(.reviews, by: "Ben")]
        #expect(story.report.overrides.map(\.by) == ["Ben"])
    }

    @Test func `an emergency asks less, and its record has what was left out`() {
        var story = GateStory()
        story.facts.request.intent.isEmergency = true
        story.facts.request.intent.reason = "the login is down"
        story.facts.staging = nil
        story.facts.request.ticks = [GateTick(item: "user-reports", by: "Ann", at: GateStory.now)]
        // Staging's database is not known then, and nobody can say so.
        story.facts.request.overrides = [override(.databaseHealthy)]
        let report = story.report
        #expect(report.decision == .go)
        let skipped = report.findings.filter {
            $0.verdict == .skipped(reason: "emergency: the login is down")
        }
        #expect(
            Set(skipped.map(\.criterion))
                == Set(
                    GateCriterion.allCases.filter { !$0.isAskedInEmergency }.map(\.rawValue) + [
                        "checklist-pam-chat"
                    ]
                )
        )
        #expect(skipped.contains { $0.criterion == "staging-healthy" })
        #expect(!skipped.contains { $0.criterion == "backup-branch" })
    }

    @Test func `an emergency needs its reason, whatever anybody overrides`() {
        var story = GateStory()
        story.facts.request.intent.isEmergency = true
        story.facts.request.overrides = [override(.emergencyReason)]
        #expect(story.report.decision == .noGo)
        #expect(story.report.open(.noGo) == ["emergency-reason"])
    }

    @Test func `the commit status is a success for a go only`() {
        var story = GateStory()
        #expect(story.report.commitStatus().state == .success)
        story.facts.code.reviews = GateStory.unknown()
        #expect(story.report.commitStatus().state == .error)
        #expect(story.report.commitStatus().description == "unknown: reviews")
        story.facts.code.backups = GateStory.known([:])
        let status = story.report.commitStatus(page: "https://lookout.example/d/1")
        #expect(status.state == .failure)
        #expect(status.context == "lookout/preflight")
        #expect(status.page == "https://lookout.example/d/1")
    }
}
