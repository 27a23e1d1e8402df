import LookoutDeployments
import LookoutModel
import Testing

@Suite struct RollbackPlannerTests {
    private func suggested(_ change: (inout RollbackFacts) -> Void) -> [RollbackPlan.Means] {
        var facts = RollbackFixture.facts
        change(&facts)
        let plan = RollbackPlanner().plan(facts)
        return plan.options.prefix(plan.suggestedCount).map(\.means)
    }

    @Test func `The smallest sufficient action is suggested`() {
        let code: [RollbackPlan.Means] = [.netlify, .render, .gitBackup]
        #expect(suggested { $0.verdict = RollbackFixture.verdict("frontend") } == [.netlify])
        #expect(suggested { $0.verdict = RollbackFixture.verdict("backend-health") } == [.render])
        #expect(suggested { $0.verdict = RollbackFixture.verdict("backend-health", "frontend") } == code)
        #expect(suggested { $0.diagnoses = [RollbackFixture.cause(.rollbackFrontend)] } == [.netlify])
        #expect(suggested { $0.diagnoses = [RollbackFixture.cause(.rollbackBackend)] } == [.render])
        #expect(suggested { $0.diagnoses = [RollbackFixture.cause(.rollbackCode)] } == code)
    }

    @Test func `A cause on one side does not hide that the other is worse too`() {
        let code: [RollbackPlan.Means] = [.netlify, .render, .gitBackup]
        for (remedy, other) in [
            (Diagnosis.Remedy.rollbackFrontend, "backend-health"), (.rollbackBackend, "frontend"),
        ] {
            #expect(
                suggested {
                    $0.diagnoses = [RollbackFixture.cause(remedy)]
                    $0.verdict = RollbackFixture.verdict(other)
                } == code
            )
        }
        #expect(
            suggested {
                $0.diagnoses = [RollbackFixture.cause(.rollbackFrontend)]
                $0.verdict = RollbackFixture.verdict("backend-health")
                $0.deployedParts = [.frontend]
            } == [.netlify]
        )
    }

    @Test func `Where a rollback would not help, nothing is offered`() {
        for remedy in [Diagnosis.Remedy.wait, .repair] {
            var facts = RollbackFixture.facts
            facts.verdict = RollbackFixture.verdict("backend-health", "frontend")
            facts.diagnoses = [RollbackFixture.cause(remedy)]
            let plan = RollbackPlanner().plan(facts)
            #expect(plan.options == [])
            #expect(plan.suggestion.contains("would not help"))
        }
    }

    @Test func `A cause that is not likely enough does not decide`() {
        #expect(
            suggested {
                $0.verdict = RollbackFixture.verdict("frontend")
                $0.diagnoses = [
                    RollbackFixture.cause(.wait, 0.3), RollbackFixture.cause(.rollbackBackend, 0.2),
                ]
            } == [.netlify]
        )
    }

    @Test func `Nothing wrong, nothing suggested, and the options stand ready`() {
        let plan = RollbackPlanner().plan(RollbackFixture.facts)
        #expect(plan.suggestedCount == 0)
        #expect(plan.options.map(\.means) == [.netlify, .render, .gitBackup, .gitPinned, .gitRevert])
    }

    @Test func `A side that the deployment did not touch is not rolled back`() {
        #expect(
            suggested {
                $0.verdict = RollbackFixture.verdict("backend-health")
                $0.deployedParts = [.frontend]
            } == []
        )
    }

    @Test func `Migrations leave the decision to a person and are listed`() throws {
        var facts = RollbackFixture.facts
        facts.verdict = RollbackFixture.verdict("backend-health")
        facts.migrations = .known(["20250820_drop_column"], at: facts.now)
        let plan = RollbackPlanner().plan(facts)
        #expect(plan.suggestedCount == 0)
        #expect(plan.suggestion.contains("a person must decide"))
        #expect(
            try #require(plan.options.first { $0.means == .render }).leaves.contains {
                $0.contains("20250820_drop_column")
            }
        )
    }

    @Test func `Migrations that nobody knows are said to be unknown`() {
        var facts = RollbackFixture.facts
        facts.verdict = RollbackFixture.verdict("backend-health")
        facts.migrations = .unknown(.forbidden("Supabase: the plan has no migrations"))
        let plan = RollbackPlanner().plan(facts)
        #expect(plan.unknown.contains { $0.contains("Supabase: the plan has no migrations") })
    }

    @Test func `Only a deploy that was really live is a target`() throws {
        let plan = RollbackPlanner().plan(RollbackFixture.facts)
        #expect(plan.options.first { $0.means == .netlify }?.target == "netlify-2")
        #expect(plan.options.first { $0.means == .render }?.target == "render-2")
        var facts = RollbackFixture.facts
        facts.badCommits = [RollbackFixture.good]
        #expect(RollbackPlanner().plan(facts).options.first { $0.means == .render }?.target == "render-1")
    }

    @Test func `Where no deploy is known to have been live, no target is named`() {
        var facts = RollbackFixture.facts
        let states: [ProviderDeploy.State] = [
            .superseded, .held(reason: "locked"), .failed(reason: "no"), .cancelled,
        ]
        facts.frontend?.deploys = .known(
            states.enumerated().map {
                RollbackFixture.deploy(
                    "d\($0.offset)",
                    .frontend,
                    $0.element,
                    RollbackFixture.good,
                    live: nil
                )
            },
            at: facts.now
        )
        facts.verdict = RollbackFixture.verdict("frontend")
        let plan = RollbackPlanner().plan(facts)
        #expect(!plan.options.contains { $0.means == .netlify })
        #expect(
            plan.unknown.contains { $0.contains("none of the 4 deploys it lists is known to have been live") }
        )
        #expect(plan.options.prefix(plan.suggestedCount).map(\.means) == [.gitBackup])
    }

    @Test func `A deploy of the bad change that was live for a while is no target`() {
        var facts = RollbackFixture.facts
        facts.backend?.deploys = .known(
            [
                RollbackFixture.deploy("render-bad", .backend, .superseded, RollbackFixture.bad, live: 18),
                RollbackFixture.deploy("render-2", .backend, .superseded, RollbackFixture.good, live: 600),
            ],
            at: facts.now
        )
        #expect(RollbackPlanner().plan(facts).options.first { $0.means == .render }?.target == "render-2")
    }

    @Test func `A provider that cannot be asked leaves its option out and says so`() {
        var facts = RollbackFixture.facts
        facts.verdict = RollbackFixture.verdict("frontend")
        facts.frontend?.live = .unknown(.unauthorized("Netlify: the token is not accepted"))
        let plan = RollbackPlanner().plan(facts)
        #expect(!plan.options.contains { $0.means == .netlify })
        #expect(plan.unknown.contains { $0.contains("Netlify: the token is not accepted") })
        #expect(plan.options.prefix(plan.suggestedCount).map(\.means) == [.gitBackup])
    }

    @Test func `What somebody has rolled back already is not rolled back again`() {
        var facts = RollbackFixture.facts
        facts.frontend?.live = .known(
            RollbackFixture.deploy("netlify-2", .frontend, .live, RollbackFixture.good, live: 1),
            at: facts.now
        )
        facts.git?.head = .known(RollbackFixture.good, at: facts.now)
        facts.verdict = RollbackFixture.verdict("frontend")
        let plan = RollbackPlanner().plan(facts)
        #expect(!plan.options.contains { $0.means == .gitPinned || $0.means == .gitBackup })
    }

    @Test func `Before a deployment the workflow's form stands ready to be rehearsed`() {
        var facts = RollbackFixture.facts
        facts.began = nil
        facts.git?.head = .known(RollbackFixture.good, at: facts.now)
        let plan = RollbackPlanner().plan(facts)
        #expect(plan.suggestedCount == 0)
        #expect(plan.options.filter { $0.means == .gitBackup }.map(\.target) == [RollbackFixture.good.text])
        #expect(plan.options.first { $0.means == .netlify }?.target == "netlify-3")
        #expect(plan.options.first { $0.means == .render }?.proof.first == "render-3 is live now")
    }

    @Test func `A side that has nothing to undo is not undone by git in its place`() {
        var facts = RollbackFixture.facts
        facts.deployedParts = [.backend]
        facts.diagnoses = [RollbackFixture.cause(.rollbackFrontend)]
        let plan = RollbackPlanner().plan(facts)
        #expect(plan.suggestedCount == 0)
        #expect(plan.suggestion.contains("no option can be written"))
    }

    @Test func `Every combination of the unknown gives a plan that says what is missing`() {
        let failure = ProviderFailure.unreachable("nobody answers")
        for bits in 0..<64 {
            var facts = RollbackFixture.facts
            facts.verdict = RollbackFixture.verdict("backend-health", "frontend")
            if bits & 1 != 0 { facts.frontend?.live = .unknown(failure) }
            if bits & 2 != 0 { facts.backend?.deploys = .unknown(failure) }
            if bits & 4 != 0 { facts.git?.head = .unknown(failure) }
            if bits & 8 != 0 { facts.git?.backups = .unknown(failure) }
            if bits & 16 != 0 { facts.git?.mainline = .unknown(failure) }
            if bits & 32 != 0 { facts.git?.protection = .unknown(failure) }
            let plan = RollbackPlanner().plan(facts)
            let means = plan.options.map(\.means)
            #expect(means.contains(.netlify) == (bits & 1 == 0))
            #expect(means.contains(.render) == (bits & 2 == 0))
            #expect(means.contains(.gitPinned) == (bits & 4 == 0))
            #expect(means.contains(.gitBackup) == (bits & 12 == 0))
            #expect(means.contains(.gitRevert) == (bits & 20 == 0))
            let isMissing = bits & 47 != 0
            #expect(!isMissing || plan.unknown.contains { $0.contains("nobody answers") })
        }
    }
}
