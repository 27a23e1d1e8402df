package import LookoutModel

/// A pull request and what was said about it.
package struct GitHubPull: Hashable, Sendable {
    /// One review.
    package struct Review: Hashable, Sendable {
        package var user: String
        /// `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`.
        package var state: String
        /// What the branch pointed at when it was reviewed.
        package var commit: String
        package var at: Timestamp

        package init(by user: String, _ state: String, of commit: String, at time: Timestamp) {
            self.user = user
            self.state = state
            self.commit = commit
            self.at = time
        }
    }

    package var number: Int
    package var title: String
    package var author: String
    package var base: String
    /// The last commit of the branch that it brought in.
    package var head: String
    /// All commits that came with it, the merge included.
    package var commits: [String]
    package var mergeCommit: String?
    package var mergedAt: Timestamp?
    package var reviews: [Review]

    package init(
        number: Int,
        title: String,
        author: String,
        base: String,
        head: String,
        commits: [String],
        mergeCommit: String? = nil,
        mergedAt: Timestamp? = nil,
        reviews: [Review] = []
    ) {
        self.number = number
        self.title = title
        self.author = author
        self.base = base
        self.head = head
        self.commits = commits
        self.mergeCommit = mergeCommit
        self.mergedAt = mergedAt
        self.reviews = reviews
    }
}

/// A check that ran on a commit.
package struct GitHubCheck: Hashable, Sendable {
    package var name: String
    /// GitHub's word, such as `queued` or `completed`.
    package var status: String
    /// `success`, `failure`, …; nil until it is completed.
    package var conclusion: String?
    package var at: Timestamp

    package init(_ name: String, status: String = "completed", conclusion: String?, at time: Timestamp) {
        self.name = name
        self.status = status
        self.conclusion = conclusion
        self.at = time
    }
}

/// What protects a branch.
package struct GitHubProtection: Hashable, Sendable {
    package var allowsForcePush: Bool
    package var requiresReviews: Bool
    package var isLocked: Bool
    /// The statuses without which nothing gets onto the branch.
    package var requiredContexts: [String]

    package init(
        allowsForcePush: Bool = false,
        requiresReviews: Bool = true,
        isLocked: Bool = false,
        requiredContexts: [String] = []
    ) {
        self.allowsForcePush = allowsForcePush
        self.requiresReviews = requiresReviews
        self.isLocked = isLocked
        self.requiredContexts = requiredContexts
    }
}

/// A commit status as it was posted.
struct GitHubStatus: Hashable, Sendable {
    let id: Int
    let state: String
    let context: String
    let description: String?
    let targetURL: String?
    let at: Timestamp
}

/// A deployment as it was recorded, with its statuses, oldest first.
struct GitHubDeployment: Hashable, Sendable {
    /// One status of a deployment.
    struct Status: Hashable, Sendable {
        let id: Int
        let state: String
        let description: String
        let environmentURL: String
        let logURL: String
        let at: Timestamp
    }

    let id: Int
    let ref: String
    let sha: String
    let task: String
    let environment: String
    let description: String?
    let at: Timestamp
    var statuses: [Status] = []
}
