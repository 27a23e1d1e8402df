package import LookoutModel

/// A deploy at a hosting provider, in words that all of them share.
package struct ProviderDeploy: Hashable, Sendable {
    /// Where it stands.
    package enum State: Hashable, Sendable {
        /// Asked for, not begun.
        case queued
        case building
        /// Built; the new version is being started or uploaded.
        case releasing
        /// What users get.
        case live
        /// It was live, and another is now.
        case superseded
        /// The provider's own message, as far as it gave one.
        case failed(reason: String)
        case cancelled
        /// Built and not published: the site is locked, or publishing is stopped.
        case held(reason: String)
        /// The provider decided to build nothing.
        case skipped(reason: String)
        /// A word that the documentation does not have.
        case unknown(String)
    }

    /// What made the provider deploy.
    package enum Cause: Hashable, Sendable {
        case commit
        /// A person or a program asked for it.
        case manual
        case rollback
        case variables
        case other(String)
    }

    /// The provider's id.
    package var id: String
    package var part: EnvironmentPart
    package var state: State
    /// Nil where the provider does not say what was built.
    package var commit: CommitID?
    package var branch: String?
    package var cause: Cause
    package var createdAt: Timestamp
    /// When it was first what users got; nil if it never was, or nobody can say.
    package var liveAt: Timestamp?
    package var finishedAt: Timestamp?
    /// Where people look at it.
    package var page: String?
    /// An address at which exactly this build is served, whatever is live (Netlify's permalink).
    package var permalink: String?
    /// Whether publishing is pinned to this deploy.
    package var isLocked: Bool

    package init(
        id: String,
        part: EnvironmentPart,
        state: State,
        commit: CommitID? = nil,
        branch: String? = nil,
        cause: Cause = .commit,
        createdAt: Timestamp,
        liveAt: Timestamp? = nil,
        finishedAt: Timestamp? = nil,
        page: String? = nil,
        permalink: String? = nil,
        isLocked: Bool = false
    ) {
        self.id = id
        self.part = part
        self.state = state
        self.commit = commit
        self.branch = branch
        self.cause = cause
        self.createdAt = createdAt
        self.liveAt = liveAt
        self.finishedAt = finishedAt
        self.page = page
        self.permalink = permalink
        self.isLocked = isLocked
    }

    /// Whether nothing more comes of it by itself.
    package var isFinal: Bool {
        switch state {
        case .live, .superseded, .failed, .cancelled, .skipped: true
        case .queued, .building, .releasing, .held, .unknown: false
        }
    }
}
