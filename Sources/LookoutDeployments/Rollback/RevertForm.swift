import LookoutModel

/// The form for a branch that nobody may force: new commits that take the old ones back.
struct RevertForm {
    let facts: RollbackFacts
    let git: RollbackFacts.Git

    /// Nil if the commits in between are not known, or are too many.
    func option(from head: CommitID, to target: CommitID) -> RollbackPlan.Option? {
        guard let mainline = git.mainline.value, mainline.first?.id == head,
            let end = mainline.firstIndex(where: { $0.id == target }), end <= GitRollback.mostReverts
        else { return nil }
        let bad = Array(mainline[..<end])
        let branch = PlainText.line(git.branch, atMost: 100)
        let changes = ChangeList(facts: facts)
        return RollbackPlan.Option(
            .gitRevert,
            title: "revert \(bad.map(\.id.short).joined(separator: ", ")) on \(branch)",
            target: target.text,
            expects: head,
            proof: GitProof(facts: facts, git: git).lines(for: target),
            steps: steps(bad, head: head),
            undoes: changes.undone(by: target, in: nil),
            leaves: changes.left(by: nil),
            cautions: changes.cautions(for: nil) + [
                "a reverted merge does not come back by merging again: revert the revert first",
                "both providers build again; restoring their finished deploys is faster, and comes first",
            ]
        )
    }

    private func steps(_ bad: [Commit], head: CommitID) -> [RollbackPlan.Step] {
        let reverts = bad.map { commit in
            let text = "take back \(commit.id.short) \(PlainText.line(commit.subject, atMost: 120))"
            return commit.parents.count > 1
                ? GitStep.step(text, "revert", "--no-edit", "-m", "1", commit.id.text)
                : GitStep.step(text, "revert", "--no-edit", commit.id.text)
        }
        let shown = PlainText.line(git.branch, atMost: 100)
        guard needsPullRequest else {
            return [
                GitStep.fetch,
                GitStep.step("go to \(shown)", "checkout", git.branch),
                GitStep.step(
                    "bring it to where the remote has it",
                    "merge",
                    "--ff-only",
                    "origin/\(git.branch)"
                ),
            ] + reverts + [GitStep.step("push; nothing is forced", "push", "origin", git.branch)]
        }
        let name = "revert-\(head.short)"
        return [
            GitStep.fetch,
            GitStep.step("begin a branch at \(shown)", "checkout", "-b", name, "origin/\(git.branch)"),
        ] + reverts + [
            GitStep.step("push the branch", "push", "origin", name),
            RollbackPlan.Step("open a pull request from \(name) to \(shown), have it approved, and merge it"),
        ]
    }

    private var needsPullRequest: Bool {
        guard case .known(let protection?, _) = git.protection else { return false }
        return protection.requiresPullRequest || protection.isLocked
    }
}
