package import LookoutDeployments
package import LookoutModel

/// A repository that is read through the git program.
///
/// Of a remote's address it keeps a copy of its own. An existing checkout is only read: what the branches of its
/// remote point at is asked of the remote, and the commits have to be there already.
package struct GitProgramRepository: GitRepository {
    /// Where the commits are.
    package enum Source: Sendable {
        case remote(RemoteAddress, token: Secret?)
        /// An absolute path, and the name that the checkout gives its remote. One without such a remote, as a bare
        /// repository on a server, is taken to be the remote itself.
        case checkout(String, remote: String = "origin", token: Secret? = nil)
    }

    let source: Source
    let program: GitProgram
    let folder: GitFolder
    let patience: Duration
    private let allowsWriting: Bool

    /// The work folder is an absolute path, where the copy of a remote and rehearsals are kept; unless writing is
    /// allowed, no branch is made.
    package init(
        _ source: Source,
        program: GitProgram,
        workFolder: String,
        allowsWriting: Bool,
        patience: Duration = .seconds(300)
    ) {
        self.source = source
        self.program = program
        self.folder = GitFolder(path: workFolder)
        self.allowsWriting = allowsWriting
        self.patience = patience
    }

    package func refresh() async throws(ProviderFailure) {
        switch source {
        case .remote: try await mirror?.refresh()
        case .checkout: _ = try await branches(matching: "")
        }
    }

    package func remoteCommit(of branch: String) async throws(ProviderFailure) -> CommitID? {
        let name = try BranchName(branch)
        return try await branches(matching: name.text)[name.text]
    }

    package func remoteBranches(
        withPrefix prefix: String
    ) async throws(ProviderFailure) -> [String: CommitID] {
        guard BranchName.isPrefix(prefix) else { throw BranchName.refusal(prefix) }
        return try await branches(matching: "\(prefix)*").filter { $0.key.utf8.starts(with: prefix.utf8) }
    }

    package func commit(_ id: CommitID) async throws(ProviderFailure) -> Commit {
        let commits = try await objects(with: [id]).commits(reachableFrom: id, limit: 1)
        guard let commit = commits.first, commit.id == id else {
            throw .unexpected("git rev-list answered something else")
        }
        return commit
    }

    package func commits(
        from old: CommitID,
        to new: CommitID,
        limit: Int
    ) async throws(ProviderFailure) -> [Commit] {
        let objects = try await objects(with: [old, new])
        let commits = try await objects.commits(
            reachableFrom: new,
            except: old,
            limit: limit,
            ["--date-order"]
        )
        // One without parents may be where a shallow clone ends.
        if commits.contains(where: \.parents.isEmpty) {
            try await objects.refuseIfShallow("what \(new.short) has and \(old.short) has not")
        }
        return commits
    }

    package func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool {
        try await objects(with: [old, new]).isAncestor(old, of: new)
    }

    package func mergeBase(
        _ one: CommitID,
        _ other: CommitID
    ) async throws(ProviderFailure) -> CommitID? {
        try await objects(with: [one, other]).mergeBase(one, other)
    }

    package func mainline(of branch: String, limit: Int) async throws(ProviderFailure) -> [Commit] {
        guard let tip = try await remoteCommit(of: branch) else {
            throw .notFound("git: \(title) has no branch \"\(PlainText.line(branch, atMost: 80))\"")
        }
        let objects = try await objects(with: [tip])
        let commits = try await objects.commits(reachableFrom: tip, limit: limit, ["--first-parent"])
        if commits.count < limit { try await objects.refuseIfShallow("what was before \(tip.short)") }
        return commits
    }

    package func changedFiles(
        from old: CommitID,
        to new: CommitID
    ) async throws(ProviderFailure) -> [String] {
        try await objects(with: [old, new]).changedFiles(from: old, to: new)
    }

    package func files(
        under folder: String,
        at commit: CommitID
    ) async throws(ProviderFailure) -> [String] {
        try await objects(with: [commit]).files(under: folder, at: commit)
    }

    /// Never changes a branch that is there: the push has a lease on its absence.
    package func createRemoteBranch(
        _ name: String,
        at commit: CommitID
    ) async throws(ProviderFailure) {
        let branch = try BranchName(name)
        guard allowsWriting else {
            throw .readOnly("Lookout is set to read only: the branch \"\(name)\" is not made")
        }
        guard try await branches(matching: branch.text)[branch.text] == nil else {
            throw .refused("git: \(title) has a branch \"\(name)\" already")
        }
        _ = try await objects(with: [commit])
        let target = try await pushTarget()
        let options = ["--force-with-lease=\(branch.ref):", "--no-verify", "--"]
        let refspec = "\(commit.text):\(branch.ref)"
        var call = GitCall(["push"] + options + [target.address, refspec], in: target.place)
        call.reach = target.reach
        _ = try await program.answer(to: call)
    }

    package func rehearse(
        _ commands: [CommandLine],
        main: String,
        expecting commit: CommitID
    ) async throws(ProviderFailure) {
        try await rehearse(commands, main: main, expecting: commit, protection: nil)
    }

    /// The same, with a remote that protects its main branch as the real one does.
    package func rehearse(
        _ commands: [CommandLine],
        main: String,
        expecting commit: CommitID,
        protection: BranchProtection?
    ) async throws(ProviderFailure) {
        let branch = try BranchName(main)
        let branches = try await branches(matching: "")
        guard let tip = branches[branch.text] else {
            throw .notFound("git: \(title) has no branch \"\(PlainText.line(main, atMost: 80))\"")
        }
        let objects = try await objects(with: [tip, commit])
        let rules = try await rules(protection)
        let rehearsal = GitRehearsal(program: program, folder: folder, source: objects, patience: patience)
        try await rehearsal.run(
            commands,
            on: GitRehearsal.Stage(branches: branches, main: branch, rules: rules),
            expecting: commit
        )
    }
}
