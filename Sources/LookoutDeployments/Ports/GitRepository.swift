/// A git repository and its remote, read through the git program.
///
/// Names of branches and messages come from people and are never handed to a shell.
package protocol GitRepository: Sendable {
    /// Brings what the remote has; says why it cannot.
    func refresh() async throws(ProviderFailure)
    /// The commit that a branch of the remote points at; nil if there is no such branch.
    func remoteCommit(of branch: String) async throws(ProviderFailure) -> CommitID?
    /// The branches of the remote whose name begins so.
    func remoteBranches(withPrefix prefix: String) async throws(ProviderFailure) -> [String: CommitID]
    func commit(_ id: CommitID) async throws(ProviderFailure) -> Commit
    /// The commits that the second has and the first has not, newest first, at most `limit`.
    func commits(
        from old: CommitID,
        to new: CommitID,
        limit: Int
    ) async throws(ProviderFailure) -> [Commit]
    func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool
    func mergeBase(_ one: CommitID, _ other: CommitID) async throws(ProviderFailure) -> CommitID?
    /// The first-parent history of a branch of the remote, newest first: what it pointed at, one after another.
    func mainline(of branch: String, limit: Int) async throws(ProviderFailure) -> [Commit]
    /// The paths that differ, relative to the root.
    func changedFiles(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [String]
    /// The names of the files under a folder in a commit (such as migrations).
    func files(under folder: String, at commit: CommitID) async throws(ProviderFailure) -> [String]
    /// Creates a branch on the remote; `refused` where it exists.
    func createRemoteBranch(_ name: String, at commit: CommitID) async throws(ProviderFailure)
    /// Carries out a rollback's git commands in a throw-away clone with a bare remote of its own.
    ///
    /// Nothing reaches the real remote. Throws what would go wrong.
    func rehearse(_ commands: [CommandLine], main: String, expecting: CommitID) async throws(ProviderFailure)
}
