import LookoutModel

/// The commits that would be deployed, and the way back for main.
extension GateJudge {
    var changes: GateReport.Finding {
        var draft = draft(.changes)
        let candidate = known(facts.code.candidate, &draft)
        let main = known(facts.code.main, &draft)
        guard let candidate, let main, let commits = known(facts.code.commits, &draft) else {
            return draft.finding
        }
        guard candidate != main, !commits.isEmpty else {
            draft.object(
                "\(main.short) is on \(settings.production.branch) already, so there is nothing to deploy"
            )
            return draft.finding
        }
        draft.note(
            "\(commits.count) commit\(commits.count == 1 ? "" : "s"), from \(main.short) to \(candidate.short)"
        )
        for commit in commits.prefix(Self.shownCommits) {
            draft.note("\(commit.id.short) \(PlainText.line(commit.subject, atMost: 120))")
        }
        if commits.count > Self.shownCommits { draft.note("and \(commits.count - Self.shownCommits) more") }
        return draft.finding
    }

    private static let shownCommits = 10

    /// Changes that are live and would not be in what was tried on staging.
    ///
    /// Merges do not count: merging staging with `--no-ff` leaves one on main each time.
    var hotfixesMerged: GateReport.Finding {
        var draft = draft(.hotfixesMerged)
        guard let commits = known(facts.code.onlyOnMain, &draft) else { return draft.finding }
        let changes = commits.filter { $0.parents.count < 2 }
        for commit in changes.prefix(Self.shownCommits) {
            draft.object(
                "\(commit.id.short) is only on \(settings.production.branch): \(PlainText.line(commit.subject, atMost: 120))",
                remedy:
                    "merge \(settings.production.branch) into the branch that you deploy, and try it on staging again"
            )
        }
        if changes.isEmpty { draft.note("no change is only on \(settings.production.branch)") }
        return draft.finding
    }

    var reviews: GateReport.Finding {
        guard settings.gate.requiresReviews else {
            return skipped(.reviews, "the configuration asks for no reviews")
        }
        var draft = draft(.reviews)
        guard let reviews = known(facts.code.reviews, &draft) else { return draft.finding }
        let named = Set(reviews.map(\.commit))
        // A merge brings nothing of its own; what it brings is listed.
        for commit in facts.code.commits.value ?? []
        where commit.parents.count < 2 && !named.contains(commit.id) {
            draft.doubt("\(commit.id.short): nobody can say whether it was reviewed")
        }
        for review in reviews {
            let title = PlainText.line(review.title, atMost: 120)
            let name = (review.pullRequest.map { "#\($0) " } ?? "\(review.commit.short) ") + title
            let ask = "have somebody review it, or go on by name and reason"
            switch review.state {
            case .approved(let people): draft.note("\(name): approved by \(people.joined(separator: ", "))")
            case .changesRequested(let people):
                draft.object("\(name): \(people.joined(separator: ", ")) asked for changes", remedy: ask)
            case .stale: draft.object("\(name): was changed after it was approved", remedy: ask)
            case .missing: draft.object("\(name): nobody has approved it", remedy: ask)
            case .noPullRequest: draft.object("\(name): came without a pull request", remedy: ask)
            }
        }
        if reviews.isEmpty, draft.verdict == .go { draft.doubt("no review of any change is known") }
        return draft.finding
    }

    var commitChecks: GateReport.Finding {
        var draft = draft(.commitChecks)
        guard var checks = known(facts.code.checks, &draft) else { return draft.finding }
        let required = settings.gate.requiredChecks
        // The gate's own status would wait for itself.
        let isAsked = { (name: String) in
            name != CommitStatus.preflight && (required.isEmpty || required.contains(name))
        }
        checks.passed.removeAll { !isAsked($0) }
        checks.failed.removeAll { !isAsked($0) }
        checks.pending.removeAll { !isAsked($0) }
        for name in checks.failed { draft.object("\(name) has failed", remedy: "mend it, or run it again") }
        for name in checks.pending { draft.doubt("\(name) is not through yet", remedy: "wait for it") }
        let all = Set(checks.passed + checks.failed + checks.pending)
        for name in required where !all.contains(name) {
            draft.doubt("\(name) is required, and the commit has no such check")
        }
        if all.isEmpty, required.isEmpty { return skipped(.commitChecks, "the commit has no checks") }
        if !checks.passed.isEmpty { draft.note("passed: \(checks.passed.joined(separator: ", "))") }
        return draft.finding
    }

    /// Backup branches with a right name that point at main; any of them does.
    var backupBranches: [String] {
        guard let repository = settings.repository, let main = facts.code.main.value else { return [] }
        return (facts.code.backups.value ?? [:])
            .filter { $0.value == main && BackupBranchName($0.key, prefix: repository.backupPrefix) != nil }
            .keys.sorted(by: >)
    }

    var backupBranch: GateReport.Finding {
        var draft = draft(.backupBranch)
        guard let repository = settings.repository else {
            draft.doubt("no repository is configured", remedy: "describe it as deployments.repository")
            return draft.finding
        }
        let main = known(facts.code.main, &draft)
        guard let main, let backups = known(facts.code.backups, &draft) else { return draft.finding }
        if let name = backupBranches.first {
            draft.note("\(name) points at \(main.short)")
            return draft.finding
        }
        draft.object(
            "no branch \(repository.backupPrefix)YYYYMMDD-HHMMSS points at \(main.short), which is live"
        )
        for (name, commit) in backups.sorted(by: { $0.key < $1.key }) where commit == main {
            draft.note("\(name) points at it, and its name has not the form of a backup's")
        }
        if backups.values.contains(where: { $0 != main }) {
            draft.note(
                "\(backups.count) others point at earlier commits; their names are local times and say no order"
            )
        }
        let name = BackupBranchName(prefix: repository.backupPrefix, at: facts.now).text
        draft.advise([
            "git fetch \(repository.remote)",
            "git push \(repository.remote) \(main):refs/heads/\(name)",
            "git ls-remote --heads \(repository.remote) \(name)",
            "or: lookout preflight --create-backup",
        ])
        return draft.finding
    }
}
