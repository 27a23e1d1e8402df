import LookoutDeployments
import LookoutModel

/// A pull request, as far as reviews are concerned.
struct GitHubPull {
    let number: Int
    let title: String
    let author: String
    /// The last commit of its branch: as it was merged, or as it is now.
    let head: CommitID
    /// Whether it was merged, or may yet be.
    let counts: Bool

    init(_ document: AnswerObject) throws(ProviderFailure) {
        number = try document.required(try document.count("number"), "number")
        title = try document.words("title", atMost: 200) ?? ""
        author = try document.object("user")?.text("login") ?? ""
        let branch = try document.required(try document.object("head"), "head")
        head = try branch.required(try branch.commit("sha"), "sha")
        let state = try document.required(try document.text("state"), "state")
        let mergedAt = try document.time("merged_at")
        counts = state == "open" || mergedAt != nil
    }
}

/// Decides from the reviews of a pull request whether somebody of the team has approved what it is now.
enum GitHubReviews {
    /// One review.
    struct Vote {
        let user: String
        let state: String
        /// What was looked at.
        let commit: CommitID?
        /// Whether it is a person who belongs to the repository: anybody may review in public.
        let counts: Bool

        init(user: String, state: String, commit: CommitID?, counts: Bool = true) {
            self.user = user
            self.state = state
            self.commit = commit
            self.counts = counts
        }

        init(_ document: AnswerObject) throws(ProviderFailure) {
            let author = try document.object("user")
            // A person whose account is gone has no name any more.
            user = try author?.words("login", atMost: 60) ?? "ghost"
            state = try document.required(try document.text("state"), "state")
            commit = try document.commit("commit_id")
            let isPerson = try author?.text("type") != "Bot"
            let standing = try document.text("author_association")
            counts = isPerson && (standing.map(GitHubReviews.insiders.contains) ?? true)
        }
    }

    private static let insiders: Set = ["OWNER", "MEMBER", "COLLABORATOR"]
    /// Reviews that decide; a comment leaves an earlier decision as it is.
    private static let decisions: Set = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"]

    /// The votes are in the order in which they were cast.
    static func state(of votes: [Vote], on pull: GitHubPull) -> ChangeReview.State {
        var latest: [String: Vote] = [:]
        for vote in votes where vote.counts && decisions.contains(vote.state) && vote.user != pull.author {
            latest[vote.user] = vote
        }
        let refusing = latest.values.filter { $0.state == "CHANGES_REQUESTED" }.map(\.user).sorted()
        guard refusing.isEmpty else { return .changesRequested(by: refusing) }
        let approving = latest.values.filter { $0.state == "APPROVED" }
        guard !approving.isEmpty else { return .missing }
        let current = approving.filter { $0.commit == pull.head }.map(\.user).sorted()
        return current.isEmpty ? .stale : .approved(by: current)
    }

    /// The smaller, the better.
    static func rank(_ state: ChangeReview.State) -> Int {
        switch state {
        case .approved: 0
        case .stale: 1
        case .missing: 2
        case .changesRequested: 3
        case .noPullRequest: 4
        }
    }
}
