import LookoutDeployments
import LookoutModel
import Testing

@Suite struct RollbackCommandTests {
    @Test func `The commands are those of the providers' interfaces`() throws {
        let plan = RollbackPlanner().plan(RollbackFixture.facts)
        let lines = plan.options.flatMap { $0.steps + $0.afterwards }.compactMap(\.command?.shellText)
        let head = #"curl --fail-with-body -sS -X "#
        let netlify = #"-H "Authorization: Bearer $NETLIFY_TOKEN" https://api.netlify.com/api/v1"#
        let render =
            #"-H "Authorization: Bearer $RENDER_API_KEY" -H 'Content-Type: application/json' https://api.render.com/v1"#
        for expected in [
            "\(head)POST \(netlify)/sites/netlify-id/deploys/netlify-2/restore",
            "\(head)POST \(netlify)/deploys/netlify-2/lock",
            "\(head)POST \(netlify)/deploys/netlify-2/unlock",
            "\(head)PATCH \(render)/services/render-id -d '{\"autoDeploy\":\"no\"}'",
            "\(head)POST \(render)/services/render-id/rollback -d '{\"deployId\":\"render-2\"}'",
            "\(head)PATCH \(render)/services/render-id -d '{\"autoDeploy\":\"yes\"}'",
            "git reset --hard \(RollbackFixture.backup)", "git push --force-with-lease origin main",
            "git push --force-with-lease=main:\(RollbackFixture.bad) origin \(RollbackFixture.good):main",
        ] {
            #expect(lines.contains(expected), "\(expected)")
        }
    }

    @Test
    func `After a hotfix the latest backup is offered with a warning, and the first parent comes first`()
        throws
    {
        var facts = RollbackFixture.facts
        // sync (c → a) made the backup of c; the hotfix (a → b) made none.
        facts.git?.backups = .known([RollbackFixture.backup: RollbackFixture.older], at: facts.now)
        facts.verdict = RollbackFixture.verdict("backend-health", "frontend")
        let plan = RollbackPlanner().plan(facts)
        let git = plan.options.filter { $0.means == .gitBackup || $0.means == .gitPinned }
        #expect(git.map(\.target) == [RollbackFixture.good.text, RollbackFixture.older.text])
        #expect(git.first?.means == .gitPinned)
        #expect(try #require(git.last).cautions.first?.contains("also undoes 1 good change") == true)
        #expect(plan.options.prefix(plan.suggestedCount).map(\.means) == [.netlify, .render, .gitPinned])
    }

    @Test func `Backups are told apart by what they point at, whatever their names say`() {
        var facts = RollbackFixture.facts
        facts.git?.backups = .known(
            [
                "backup/main-before-sync-20250820-235959": RollbackFixture.older,
                "backup/main-before-sync-20250820-000000": RollbackFixture.good,
            ],
            at: facts.now
        )
        let option = RollbackPlanner().plan(facts).options.first { $0.means == .gitBackup }
        #expect(option?.title.contains("000000") == true)
    }

    @Test func `A protected branch is reverted instead of forced`() {
        var facts = RollbackFixture.facts
        facts.verdict = RollbackFixture.verdict("backend-health", "frontend")
        facts.git?.protection = .known(
            BranchProtection(allowsForcePush: false, requiresPullRequest: false, isLocked: false),
            at: facts.now
        )
        let plan = RollbackPlanner().plan(facts)
        #expect(plan.options.prefix(plan.suggestedCount).map(\.means) == [.netlify, .render, .gitRevert])
        facts.git?.protection = .known(
            BranchProtection(allowsForcePush: false, requiresPullRequest: true, isLocked: false),
            at: facts.now
        )
        let steps = RollbackPlanner().plan(facts).options.first { $0.means == .gitRevert }?.steps
        #expect(steps?.last?.command == nil)
        #expect(steps?.last?.text.contains("pull request") == true)
    }

    @Test func `Changed variables are set one by one and deployed, and no value of theirs is shown`() throws {
        var facts = RollbackFixture.facts
        facts.diagnoses = [RollbackFixture.cause(.restoreVariables)]
        facts.backend?.changes = .known(
            VariableChanges(removed: ["APP_URL"], changed: ["JWT_SECRET"]),
            at: facts.now
        )
        facts.backend?.values = ["APP_URL": "https://x/$RENDER_API_KEY\"'"]
        let plan = RollbackPlanner().plan(facts)
        let option = try #require(plan.options.first)
        #expect(option.means == .variables)
        #expect(plan.suggestedCount == 1)
        let commands = option.steps.compactMap(\.command)
        #expect(
            commands.map { $0.arguments.last } == [
                #"{"value":"$RESTORE_JWT_SECRET"}"#, #"{"value":"https://x/\u0024RENDER_API_KEY\"'"}"#,
                #"{"deployMode":"deploy_only"}"#,
            ]
        )
        #expect(
            !commands.contains {
                $0.arguments.contains("PUT") && $0.arguments.contains { $0.hasSuffix("/env-vars") }
            }
        )
    }

    @Test func `Ids of providers stay one segment of the path, whatever is in them`() throws {
        var facts = RollbackFixture.facts
        facts.frontend?.deploys = .known(
            [
                RollbackFixture.deploy(
                    "../x?$NETLIFY_TOKEN",
                    .frontend,
                    .superseded,
                    RollbackFixture.good,
                    live: 600
                )
            ],
            at: facts.now
        )
        let option = try #require(RollbackPlanner().plan(facts).options.first { $0.means == .netlify })
        #expect(
            option.steps.first?.command?.arguments.last?.hasSuffix(
                "/deploys/..%2Fx%3F%24NETLIFY_TOKEN/restore"
            ) == true
        )
    }
}
