import LookoutDeployments
import LookoutModel
import LookoutTestSupport
import Testing

/// Scripts run with bash against real repositories; without bash or git they are not run.
@Suite(
    .enabled(
        if: TestProgram(named: "bash") != nil && TestProgram(named: "git") != nil,
        "bash or git is missing"
    )
)
struct RollbackScriptTests {
    private static let yes = String(repeating: "y\n", count: 30)

    private func script(_ facts: RollbackFacts, _ means: RollbackPlan.Means) throws -> String {
        try #require(
            RollbackScript(RollbackPlanner().plan(facts), environment: "production", means: [means]).text
        )
    }

    @Test(arguments: [RollbackPlan.Means.gitBackup, .gitPinned, .gitRevert])
    func `Each git form leaves the branch as it was before`(_ means: RollbackPlan.Means) throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let history = try GitHistory(stage)
        let result = try stage.runScript(try script(history.facts, means), in: "clone", answers: Self.yes)
        #expect(result.status == 0, "\(result.output)")
        let remote = try history.remote()
        #expect(try remote.tree == history.goodTree())
        #expect((remote.commit == history.good.text) == (means != .gitRevert))
    }

    @Test(arguments: [
        "backup/$(touch pwned)", "backup/;touch${IFS}pwned", "backup/'`touch pwned2`'", "backup/a\"b|c&d",
        "backup/-x!y",
        "backup/ä\u{301}→",
    ])
    func `No name of a branch reaches the shell as a command`(_ name: String) throws {
        let backup = name.replacing(" ", with: "${IFS}")
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let history = try GitHistory(stage, backup: backup)
        let result = try stage.runScript(
            try script(history.facts, .gitBackup),
            in: "clone",
            answers: Self.yes
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(try history.remote().commit == history.good.text)
        #expect(try stage.run("find . -name 'pwned*'").output == "")
    }

    @Test func `A no stops it before anything is pushed`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let history = try GitHistory(stage)
        for answers in ["", "n\n", "y\n", "y\nno\n"] {
            let result = try stage.runScript(
                try script(history.facts, .gitPinned),
                in: "clone",
                answers: answers
            )
            #expect(result.status != 0, "\(result.output)")
            #expect(try history.remote().commit == history.bad.text)
        }
    }

    @Test func `A branch that somebody has moved meanwhile is left alone`() throws {
        for means in [RollbackPlan.Means.gitBackup, .gitPinned, .gitRevert] {
            let stage = try #require(try ScriptStage("rollback"))
            defer { stage.folder.remove() }
            let history = try GitHistory(stage)
            try stage.run(
                "git commit -q --allow-empty -m mended && git push -q origin HEAD:refs/heads/main",
                in: "work"
            )
            let before = try history.remote().commit
            let result = try stage.runScript(try script(history.facts, means), in: "clone", answers: Self.yes)
            #expect(result.status != 0)
            #expect(result.output.contains("somebody has moved main meanwhile"))
            #expect(try history.remote().commit == before)
        }
    }

    @Test func `A branch that may not be forced refuses, and the script says so and stops`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let history = try GitHistory(stage)
        try stage.run("git config receive.denyNonFastForwards true", in: "remote.git")
        let forced = try stage.runScript(
            try script(history.facts, .gitPinned),
            in: "clone",
            answers: Self.yes
        )
        #expect(forced.status != 0)
        #expect(try history.remote().commit == history.bad.text)
        let reverted = try stage.runScript(
            try script(history.facts, .gitRevert),
            in: "clone",
            answers: Self.yes
        )
        #expect(reverted.status == 0, "\(reverted.output)")
        #expect(try history.remote().tree == history.goodTree())
    }

    @Test func `Changes that are not committed are not thrown away`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let history = try GitHistory(stage)
        try stage.run("echo mine >file", in: "clone")
        let result = try stage.runScript(
            try script(history.facts, .gitBackup),
            in: "clone",
            answers: Self.yes
        )
        #expect(result.status != 0)
        #expect(try stage.run("cat file", in: "clone").output == "mine\n")
    }

    @Test func `A missing token is said before the first step`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let result = try stage.runScript(
            try script(RollbackFixture.facts, .render),
            in: ".",
            answers: Self.yes,
            environment: "env -u RENDER_API_KEY"
        )
        #expect(result.status != 0)
        #expect(result.output.contains("set RENDER_API_KEY first"))
        #expect(try stage.text("curl.log") == "")
    }

    @Test func `The first request that fails stops the rest`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let result = try stage.runScript(
            try script(RollbackFixture.facts, .render),
            in: ".",
            answers: Self.yes,
            environment: "CURL_STATUS=22 RENDER_API_KEY=k"
        )
        #expect(result.status == 22)
        #expect(try !stage.text("curl.log").contains("rollback"))
    }

    @Test func `Programs get exactly the arguments of the plan, with the person's token`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let plan = RollbackPlanner().plan(RollbackFixture.facts)
        let option = try #require(plan.options.first { $0.means == .render })
        let token = "k$(x)'\"`\\"
        let result = try stage.runScript(
            try script(RollbackFixture.facts, .render),
            in: ".",
            answers: Self.yes,
            environment: "RENDER_API_KEY=\(ShellWord(token).text)"
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(!result.output.contains(token))
        let expected = (option.steps + option.afterwards).compactMap(\.command)
            .flatMap { $0.arguments(with: ["RENDER_API_KEY": token]) ?? ["?"] }
        #expect(try stage.text("curl.log") == expected.map { $0 + "\n" }.joined())
    }

    @Test func `A hostile suggestion cannot leave its comment`() throws {
        var facts = RollbackFixture.facts
        facts.diagnoses = [RollbackFixture.cause(.rollbackBackend)]
        facts.diagnoses[0].title = "x\ntouch pwned\r\n\u{1B}[2J"
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let text = try #require(RollbackScript(RollbackPlanner().plan(facts), environment: "a\nb").text)
        #expect(
            try stage.runScript(text, in: ".", answers: Self.yes, environment: "RENDER_API_KEY=k").status == 0
        )
        #expect(try stage.run("find . -name pwned").output == "")
    }

    @Test func `Nothing to carry out is no script`() {
        #expect(
            RollbackScript(RollbackPlanner().plan(RollbackFixture.facts), environment: "production").text
                == nil
        )
    }

    /// The linter's own opinion, where it is installed.
    @Test(.enabled(if: TestProgram(named: "shellcheck") != nil, "shellcheck is not installed"))
    func `Shellcheck finds nothing in the scripts`() throws {
        let stage = try #require(try ScriptStage("rollback"))
        defer { stage.folder.remove() }
        let shellcheck = try #require(TestProgram(named: "shellcheck"))
        for means in RollbackPlanner().plan(RollbackFixture.facts).options.map(\.means) {
            try stage.folder.write(try script(RollbackFixture.facts, means), to: "script.sh")
            try shellcheck.run([stage.folder.file("script.sh")], log: stage.folder.file("log"))
        }
    }
}
