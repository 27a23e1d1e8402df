/// What the code host knows beyond git: reviews, checks, protection, statuses (GitHub).
package protocol CodeHost: Sendable {
    /// Who the token belongs to and what it may do; the first thing that is asked.
    func access() async throws(ProviderFailure) -> ProviderAccess
    /// Whether every change between the two commits came through a pull request that was approved as it was merged.
    func reviews(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [ChangeReview]
    /// What checks and statuses say of a commit.
    func checks(of commit: CommitID) async throws(ProviderFailure) -> CommitChecks
    /// What protects a branch; nil if nothing does.
    func protection(of branch: String) async throws(ProviderFailure) -> BranchProtection?
    /// Posts the result of the gate as a commit status.
    func post(_ status: CommitStatus, to commit: CommitID) async throws(ProviderFailure)
}

/// What a token is good for.
package struct ProviderAccess: Hashable, Sendable {
    /// Who it speaks for; empty where the provider does not say.
    package var identity: String
    /// Scopes as the provider names them; nil where it does not say.
    package var scopes: [String]?
    package var canWrite: Bool?

    package init(identity: String = "", scopes: [String]? = nil, canWrite: Bool? = nil) {
        self.identity = identity
        self.scopes = scopes
        self.canWrite = canWrite
    }
}

/// One change and who looked at it.
package struct ChangeReview: Hashable, Sendable {
    /// Whether it was looked at.
    package enum State: Hashable, Sendable {
        case approved(by: [String])
        case changesRequested(by: [String])
        /// Approved, and changed after that.
        case stale
        case missing
        /// A commit that came with no pull request.
        case noPullRequest
    }

    package var commit: CommitID
    package var pullRequest: Int?
    package var title: String
    package var state: State

    package init(commit: CommitID, pullRequest: Int?, title: String, state: State) {
        self.commit = commit
        self.pullRequest = pullRequest
        self.title = title
        self.state = state
    }
}

/// What automated checks say of a commit.
package struct CommitChecks: Hashable, Sendable {
    package var passed: [String]
    package var failed: [String]
    package var pending: [String]

    package init(passed: [String] = [], failed: [String] = [], pending: [String] = []) {
        self.passed = passed
        self.failed = failed
        self.pending = pending
    }
}

/// What a branch's protection says about a rollback.
package struct BranchProtection: Hashable, Sendable {
    package var allowsForcePush: Bool
    package var requiresPullRequest: Bool
    package var isLocked: Bool

    package init(allowsForcePush: Bool, requiresPullRequest: Bool, isLocked: Bool) {
        self.allowsForcePush = allowsForcePush
        self.requiresPullRequest = requiresPullRequest
        self.isLocked = isLocked
    }
}

/// A commit status; the description is cut to 140 characters where it is posted.
package struct CommitStatus: Hashable, Sendable {
    /// The words of GitHub.
    package enum State: String, Hashable, Sendable {
        case pending, success, failure, error
    }

    package static let preflight = "lookout/preflight"

    package var state: State
    package var context: String
    package var description: String
    package var page: String?

    package init(_ state: State, context: String = Self.preflight, description: String, page: String? = nil) {
        self.state = state
        self.context = context
        self.description = description
        self.page = page
    }
}
