import LookoutModel

/// The options that take the change out of the branch that is deployed, so that both sides are built anew without it.
struct GitRollback {
    /// More reverts than these are not written down: nobody resolves their conflicts in a hurry.
    static let mostReverts = 20

    let facts: RollbackFacts
    let git: RollbackFacts.Git

    /// What was found out: options, the best first, or why there are none.
    struct Finding: Hashable {
        var options: [RollbackPlan.Option] = []
        var unknown: [String] = []
        /// Why nothing is to be undone.
        var nothing: String?
    }

    var finding: Finding {
        var finding = Finding()
        guard case .known(let pointed, _) = git.head else {
            finding.unknown.append(
                "git: what \(branch) points at is not known (\(git.head.words)), so no form is written"
            )
            return finding
        }
        guard let head = pointed else {
            finding.nothing = "the remote has no branch \(branch)"
            return finding
        }
        guard let target = target(from: head) else {
            finding.unknown.append(
                "git: what \(branch) pointed at before the deployment is not known, so no form is written"
            )
            return finding
        }
        // Before a deployment the branch still stands at the target; the forms are written for then.
        guard target != head || facts.began == nil else {
            finding.nothing = "\(branch) points at \(target.short) already"
            return finding
        }
        finding.options = options(from: head, to: target, &finding.unknown)
        return finding
    }

    private var branch: String { PlainText.line(git.branch, atMost: 100) }

    /// The commit that the branch had before the bad merge: its first parent, whatever backups there are.
    private func target(from head: CommitID) -> CommitID? {
        let mainline = git.mainline.value ?? []
        let isCurrent = mainline.first?.id == head
        guard let target = git.before ?? (isCurrent ? mainline.first?.parents.first : nil) else { return nil }
        guard facts.badCommits.contains(target) else { return target }
        return mainline.drop { $0.id != target }.first { !facts.badCommits.contains($0.id) }?.id
    }

    private func options(
        from head: CommitID,
        to target: CommitID,
        _ unknown: inout [String]
    ) -> [RollbackPlan.Option] {
        let place = BackupPlace(git, target: target)
        if case .unknown = git.backups {
            unknown.append(
                "git: the backup branches are not known (\(git.backups.words)), so the workflow's form is missing"
            )
        }
        var forced: [RollbackPlan.Option] = []
        if let backup = place.matching { forced.append(backupForm(backup, at: target, head: head)) }
        if target != head { forced.append(pinnedForm(target, head: head)) }
        if let stale = place.stale { forced.append(staleForm(stale, target: target, head: head)) }
        let revert = target == head ? nil : RevertForm(facts: facts, git: git).option(from: head, to: target)
        switch git.protection {
        case .known(let protection?, _) where !protection.allowsForcePush || protection.isLocked:
            forced = forced.map { option in
                var option = option
                option.cautions.insert("\(branch) is protected: the remote refuses a forced push", at: 0)
                return option
            }
            return (revert.map { [$0] } ?? []) + forced
        case .known:
            return forced + (revert.map { [$0] } ?? [])
        case .unknown:
            unknown.append(
                "git: whether \(branch) may be forced is not known (\(git.protection.words)); if the push is refused, revert"
            )
            return forced + (revert.map { [$0] } ?? [])
        }
    }

    // MARK: Forms

    /// The requirement's own form, with what a clone needs that has not seen the backup branch yet.
    private func backupForm(_ backup: String, at target: CommitID, head: CommitID) -> RollbackPlan.Option {
        option(
            .gitBackup,
            title: "reset \(branch) to \(PlainText.line(backup, atMost: 200)) (\(target.short))",
            target: target,
            head: head,
            proof: ["\(PlainText.line(backup, atMost: 200)) is on the remote and points at \(target.short)"],
            steps: [
                GitStep.fetch,
                GitStep.step(
                    "take the backup as it is on the remote",
                    "branch",
                    "--force",
                    backup,
                    "origin/\(backup)"
                ),
                GitStep.step("go to \(branch)", "checkout", git.branch),
                GitStep.step(
                    "reset it to the backup; changes that are not committed are lost",
                    "reset",
                    "--hard",
                    backup
                ),
                GitStep.step(
                    "push, unless somebody has pushed since the fetch",
                    "push",
                    "--force-with-lease",
                    "origin",
                    git.branch
                ),
            ]
        )
    }

    /// The same target by its commit, safe against what was fetched meanwhile, and without a checkout.
    private func pinnedForm(_ target: CommitID, head: CommitID) -> RollbackPlan.Option {
        option(
            .gitPinned,
            title: "set \(branch) back to \(target.short), if it still is at \(head.short)",
            target: target,
            head: head,
            steps: [
                GitStep.fetch,
                GitStep.step(
                    "push the earlier commit; refused if \(branch) is no longer at \(head.short)",
                    "push",
                    "--force-with-lease=\(git.branch):\(head.text)",
                    "origin",
                    "\(target.text):\(git.branch)"
                ),
            ]
        )
    }

    /// What the workflow's words lead to after a hotfix, which makes no backup.
    private func staleForm(
        _ backup: BackupPlace.Backup,
        target: CommitID,
        head: CommitID
    ) -> RollbackPlan.Option {
        var option = backupForm(backup.branch, at: backup.commit, head: head)
        let extra = (git.mainline.value ?? []).drop { $0.id != target }.prefix { $0.id != backup.commit }
        option.cautions.insert(
            "the latest backup is not what was live before: it also undoes \(extra.count) good "
                + "change\(extra.count == 1 ? "" : "s") (\(extra.prefix(5).map(\.id.short).joined(separator: ", ")))",
            at: 0
        )
        return option
    }

    private func option(
        _ means: RollbackPlan.Means,
        title: String,
        target: CommitID,
        head: CommitID,
        proof: [String] = [],
        steps: [RollbackPlan.Step]
    ) -> RollbackPlan.Option {
        let changes = ChangeList(facts: facts)
        return RollbackPlan.Option(
            means,
            title: title,
            target: target.text,
            expects: target == head ? nil : head,
            proof: proof + GitProof(facts: facts, git: git).lines(for: target),
            steps: steps,
            undoes: changes.undone(by: target, in: nil),
            leaves: changes.left(by: nil),
            cautions: changes.cautions(for: nil) + [
                "both providers build again; restoring their finished deploys is faster, and comes first"
            ]
        )
    }
}

/// Steps of the git program.
enum GitStep {
    static let fetch = step("bring what the remote has", "fetch", "origin")

    static func step(_ text: String, _ arguments: String...) -> RollbackPlan.Step {
        RollbackPlan.Step(text, command: CommandLine("git", arguments))
    }
}
