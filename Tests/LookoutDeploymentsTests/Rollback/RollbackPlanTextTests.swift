import LookoutDeployments
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct RollbackPlanTextTests {
    @Test func `A plan is shown with its proof, its commands and what it leaves`() {
        var facts = RollbackFixture.facts
        facts.verdict = RollbackFixture.verdict("backend-health", "frontend")
        facts.migrations = .unknown(.notConfigured("Supabase: no token is configured"))
        expectGolden(RollbackPlanner().plan(facts).text, "plan.txt")
    }

    @Test func `Hostile words of commits and providers reach a terminal escaped`() {
        var facts = RollbackFixture.facts
        let evil = "\u{1B}]0;title\u{07}\n$(touch x)"
        facts.git?.changes = .known(
            [RollbackFixture.commit(RollbackFixture.bad, parents: [RollbackFixture.good], evil)],
            at: facts.now
        )
        facts.git?.backups = .known(["backup/\u{202E}x": RollbackFixture.good], at: facts.now)
        facts.frontend?.live = .unknown(.unexpected(evil))
        facts.migrations = .known([evil], at: facts.now)
        facts.diagnoses = [RollbackFixture.cause(.rollbackBackend)]
        facts.diagnoses[0].title = evil
        let plan = RollbackPlanner().plan(facts)
        for text in [plan.text] + facts.diagnoses.map(\.text) {
            #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 32 || $0 == "\u{202E}") })
        }
        #expect(plan.text.contains("\\n$(touch x)"))
    }

    @Test func `A diagnosis shows how likely it is and what speaks for and against it`() {
        let diagnosis = Diagnosis(
            cause: "cors-variable",
            title: "the backend does not allow the frontend's origin",
            probability: 0.876,
            evidence: ["browsers keep the API's answers"],
            counterEvidence: ["the health check fails as well"],
            unknown: ["Render: no token is configured"],
            remedy: .restoreVariables,
            fixes: [Diagnosis.Fix("deploy", command: CommandLine("curl", ["-H", "a $T"], variables: ["T"]))]
        )
        #expect(
            diagnosis.text == """
                87 %  the backend does not allow the frontend's origin  (cors-variable)
                   + browsers keep the API's answers
                   - the health check fails as well
                   ? Render: no token is configured
                   > deploy
                       curl -H "a $T"

                """
        )
    }
}
