import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct `The gate` {
    @Test func `it is a go where everything is met, and says of everything why`() {
        let report = GateStory().report
        let open = report.findings.filter { $0.verdict == .noGo || $0.verdict == .unknown }
        #expect(open == [])
        #expect(report.decision == .go)
        #expect(report.findings.count == GateCriterion.allCases.count + 2)
        #expect(report.backupBranch == GateStory.backup)
        #expect(
            report.findings.filter { $0.verdict == .go && $0.evidence.isEmpty }.map(\.criterion) == [
                "own-network"
            ]
        )
    }

    @Test(
        arguments: GateCase.health + GateCase.answers + GateCase.variables + GateCase.databases
            + GateCase.code
            + GateCase.providers + GateCase.people
    )
    func `what is different decides about its criterion and says so`(_ example: GateCase) throws {
        var story = GateStory()
        example.change(&story)
        let report = story.report
        let finding = try #require(report.findings.first { $0.criterion == example.criterion })
        #expect(finding.verdict.word == example.word, "\(finding)")
        var texts = finding.evidence + finding.remedy
        if case .skipped(let reason) = finding.verdict { texts.append(reason) }
        if !example.text.isEmpty { #expect(texts.contains { $0.contains(example.text) }, "\(texts)") }
        switch example.word {
        case .go, .skipped: break
        case .noGo: #expect(report.decision == .noGo)
        case .unknown: #expect(report.decision != .go)
        }
    }

    @Test func `every criterion has a case in which it is not met`() {
        let cases =
            GateCase.health + GateCase.answers + GateCase.variables + GateCase.databases + GateCase.code
            + GateCase.providers + GateCase.people
        let covered = Set(cases.filter { $0.word == .noGo || $0.word == .unknown }.map(\.criterion))
        let missing = GateCriterion.allCases.map(\.rawValue).filter { !covered.contains($0) }
        // Tokens are all judged alike, the reason of an emergency has a test of its own.
        #expect(missing == ["emergency-reason", "access-supabase", "access-sentry"])
    }

    @Test func `a world of which nothing is known is unknown, and no go`() {
        var story = GateStory()
        let failure = ProviderFailure.unreachable("no answer")
        let nothing = GateFacts.Surroundings(
            checks: .unknown(failure),
            runs: .unknown(failure),
            alerts: .unknown(failure)
        )
        (story.facts.staging, story.facts.production) = (nothing, nothing)
        story.facts.code = GateFacts.Code(unknown: failure)
        story.facts.code.migrations = .unknown(failure)
        (story.facts.rollback, story.facts.rehearsal) = (.unknown(failure), .unknown(failure))
        (story.facts.incidents, story.facts.access) = ([:], [])
        story.facts.openDeployments = .unknown(failure)
        let report = story.report
        #expect(report.decision == .unknown)
        let met = report.findings.filter { $0.verdict == .go }.map(\.criterion)
        #expect(met == ["trigger", "own-network", "checklist-pam-chat", "checklist-user-reports"])
    }

    @Test func `an item of the checklist counts once somebody has ticked it by name`() {
        var story = GateStory()
        story.facts.request.ticks = [GateTick(item: "pam-chat", by: " ", at: GateStory.now)]
        #expect(story.finding("checklist-pam-chat")?.verdict == .noGo)
        #expect(story.finding("checklist-user-reports")?.verdict == .noGo)
        story.facts.request.ticks = [GateTick(item: "pam-chat", by: "Ben", at: GateStory.now)]
        #expect(story.finding("checklist-pam-chat")?.evidence == ["Ben, 2026-11-23T12:00:00Z"])
    }

    @Test func `text from outside cannot move the cursor or forge a line`() {
        var story = GateStory()
        let hostile = "x\u{1B}[2J\nGO \u{202E}$(rm -rf /)"
        story.facts.request.intent.trigger = hostile
        story.facts.code.commits = GateStory.known([
            Commit(
                GateStory.candidate,
                parents: [GateStory.main],
                subject: hostile,
                author: "A",
                at: GateStory.now
            )
        ])
        story.facts.code.backups = GateStory.known([hostile: GateStory.main])
        story.changeHealth { $0["status"] = .string(hostile) }
        let texts = story.report.findings.flatMap { $0.evidence + $0.remedy }
        #expect(texts.contains { $0.contains("\\u{1b}[2J\\nGO \\u{202e}$(rm") })
        #expect(texts.allSatisfy { $0 == PlainText.line($0) })
    }

    @Test func `no value of a variable is in the report`() {
        var story = GateStory()
        for environment in ["staging", "production"] {
            story.changeVariables(of: environment) { variables in
                variables = variables.map {
                    ProviderVariable($0.name, value: Secret("s3cr3t-\(environment)"))
                }
            }
        }
        let report = story.report
        #expect(report.decision == .noGo)
        #expect(!"\(report)".contains("s3cr3t"))
    }
}
