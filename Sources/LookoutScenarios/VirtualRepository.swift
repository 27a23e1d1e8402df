import LookoutDemo
import LookoutDeployments
import LookoutModel

/// The repository of a simulated code host, without the git program: what a scenario's deployments are asked of.
///
/// A rehearsal moves branches as the commands would; that the commands themselves do so is shown elsewhere, with
/// the program.
struct VirtualRepository: GitRepository {
    /// The commits and branches as they are now.
    private let history: @Sendable () -> DemoHistory
    /// Makes a branch at the code host.
    private let create: @Sendable (_ branch: String, _ commit: String) -> Bool

    init(
        history: @escaping @Sendable () -> DemoHistory,
        create: @escaping @Sendable (_ branch: String, _ commit: String) -> Bool
    ) {
        self.history = history
        self.create = create
    }

    func refresh() async throws(ProviderFailure) {}

    func remoteCommit(of branch: String) async throws(ProviderFailure) -> CommitID? {
        history().branches[branch].flatMap { CommitID($0) }
    }

    func remoteBranches(
        withPrefix prefix: String
    ) async throws(ProviderFailure) -> [String: CommitID] {
        history().branches.filter { $0.key.hasPrefix(prefix) }.compactMapValues { CommitID($0) }
    }

    func commit(_ id: CommitID) async throws(ProviderFailure) -> Commit {
        try commit(revision(id.text))
    }

    func commits(
        from old: CommitID,
        to new: CommitID,
        limit: Int
    ) async throws(ProviderFailure) -> [Commit] {
        var commits: [Commit] = []
        for revision in history().commits(from: old.text, to: new.text).reversed().prefix(limit) {
            commits.append(try commit(revision))
        }
        return commits
    }

    func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool {
        history().isAncestor(old.text, of: new.text)
    }

    func mergeBase(
        _ one: CommitID,
        _ other: CommitID
    ) async throws(ProviderFailure) -> CommitID? {
        history().mergeBase(one.text, other.text).flatMap { CommitID($0.id) }
    }

    func mainline(of branch: String, limit: Int) async throws(ProviderFailure) -> [Commit] {
        let history = history()
        guard let head = history.head(of: branch) else {
            throw .notFound("the remote has no branch \(branch)")
        }
        var commits: [Commit] = []
        var next: DemoRevision? = head
        while let revision = next, commits.count < limit {
            commits.append(try commit(revision))
            next = revision.parents.first.flatMap { history.revisions[$0] }
        }
        return commits
    }

    func changedFiles(
        from old: CommitID,
        to new: CommitID
    ) async throws(ProviderFailure) -> [String] {
        history().changedFiles(from: old.text, to: new.text)
    }

    func files(under folder: String, at commit: CommitID) async throws(ProviderFailure) -> [String] {
        let history = history()
        let files = history.ancestry(of: commit.text).flatMap { history.revisions[$0]?.files ?? [] }
        return Set(files.filter { $0.hasPrefix(folder + "/") }).sorted()
    }

    func createRemoteBranch(_ name: String, at commit: CommitID) async throws(ProviderFailure) {
        guard create(name, commit.text) else { throw .refused("the branch \(name) exists") }
    }

    func rehearse(
        _ commands: [CommandLine],
        main: String,
        expecting: CommitID
    ) async throws(ProviderFailure) {
        _ = try revision(expecting.text)
        guard commands.allSatisfy({ $0.program == "git" }) else {
            throw .refused("only git commands are rehearsed")
        }
    }

    private func revision(_ id: String) throws(ProviderFailure) -> DemoRevision {
        guard let revision = history().revisions[id] else {
            throw .notFound("the repository has no commit \(id)")
        }
        return revision
    }

    private func commit(_ revision: DemoRevision) throws(ProviderFailure) -> Commit {
        guard let id = CommitID(revision.id) else {
            throw .unexpected("\(revision.id) is no commit")
        }
        return Commit(
            id,
            parents: revision.parents.compactMap { CommitID($0) },
            subject: revision.title,
            author: revision.author,
            at: revision.at
        )
    }
}
