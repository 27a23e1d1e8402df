import LookoutDeployments
import LookoutModel
import Testing

/// A real repository with a sync that went wrong: what was live, the bad merge, and the facts of it.
struct GitHistory {
    let stage: ScriptStage
    let good: CommitID
    let bad: CommitID
    let branch: String
    let backup: String

    /// The name of the backup may be hostile, as far as git permits it.
    init(_ stage: ScriptStage, branch: String = "main", backup: String = RollbackFixture.backup) throws {
        self.stage = stage
        self.branch = branch
        self.backup = backup
        let (main, copy) = (ShellWord(branch).text, ShellWord(backup).text)
        let result = try stage.run(
            """
            set -e
            git init -q --bare -b \(main) remote.git
            git clone -q remote.git work 2>/dev/null
            cd work
            git checkout -q -b \(main)
            echo 1 >file && git add file && git commit -qm 'feat: one'
            git push -q origin HEAD:refs/heads/\(main)
            git push -q origin HEAD:refs/heads/\(copy)
            git checkout -q -b staging
            echo 2 >file && git commit -qam 'feat: two $(touch pwned)'
            git checkout -q \(main)
            git merge -q --no-ff -m 'feat: sync staging to production' staging
            git push -q origin HEAD:refs/heads/\(main)
            git rev-parse HEAD^1 HEAD
            cd .. && git clone -q remote.git clone
            """
        )
        let lines = result.output.split(separator: "\n")
        guard result.status == 0, lines.count == 2, let good = CommitID(lines[0]),
            let bad = CommitID(lines[1])
        else {
            Issue.record("\(result)")
            throw CancellationError()
        }
        (self.good, self.bad) = (good, bad)
    }

    var facts: RollbackFacts {
        var facts = RollbackFixture.facts
        facts.frontend = nil
        facts.backend = nil
        facts.git?.branch = branch
        facts.git?.before = good
        facts.git?.head = .known(bad, at: facts.now)
        facts.git?.backups = .known([backup: good], at: facts.now)
        facts.git?.mainline = .known(
            [
                RollbackFixture.commit(bad, parents: [good, RollbackFixture.older], "feat: sync"),
                RollbackFixture.commit(good, parents: []),
            ],
            at: facts.now
        )
        facts.git?.changes = .known([], at: facts.now)
        return facts
    }

    /// What the remote's branch points at now, and its tree.
    func remote() throws -> (commit: String, tree: String) {
        let name = ShellWord("refs/heads/\(branch)").text
        let output = try stage.run("git rev-parse \(name) && git rev-parse \(name)^{tree}", in: "remote.git")
            .output
        let lines = output.split(separator: "\n").map(String.init)
        return (lines.first ?? "", lines.last ?? "")
    }

    func goodTree() throws -> String {
        try stage.run("git rev-parse \(good.text)^{tree}", in: "remote.git").output.split(separator: "\n")
            .map(String.init)
            .first ?? ""
    }
}
