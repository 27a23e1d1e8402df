package import LookoutDeployments
import LookoutModel

extension GitHubProject {
    /// More commits than this are not asked for one by one.
    private static let maximumCommits = 300

    package func reviews(
        from old: CommitID,
        to new: CommitID
    ) async throws(ProviderFailure) -> [ChangeReview] {
        var known: [Int: ChangeReview.State] = [:]
        var reviews: [ChangeReview] = []
        for document in try await commits(from: old, to: new) {
            let commit = try document.required(try document.commit("sha"), "sha")
            let pulls = try await pulls(of: commit)
            // A merge by hand brings what it merges, and that is listed by itself.
            if pulls.isEmpty, try document.objects("parents").count > 1 { continue }
            for pull in pulls where known[pull.number] == nil {
                known[pull.number] = GitHubReviews.state(of: try await votes(on: pull), on: pull)
            }
            reviews.append(
                try review(of: commit, document, pulls.map { ($0, known[$0.number] ?? .missing) })
            )
        }
        return reviews
    }

    /// The commits that the second has and the first has not, oldest first; all of them.
    private func commits(
        from old: CommitID,
        to new: CommitID
    ) async throws(ProviderFailure) -> [AnswerObject] {
        let comparison = request(
            "what \(new.short) has and \(old.short) has not",
            ["compare", "\(old.text)...\(new.text)"],
            [.init("per_page", "100"), .init("page", "1")]
        )
        let first = try await transport.read(comparison).object()
        let total = try first.required(try first.count("total_commits"), "total_commits")
        guard total <= Self.maximumCommits else {
            throw .unexpected(
                "\(first.source): \(total) commits are more than the \(Self.maximumCommits) that are asked for"
            )
        }
        var commits = try first.objects("commits")
        if commits.count < total {
            commits = try await transport.objects(comparison, .links, in: "commits", atMost: total)
        }
        guard commits.count == total else {
            throw .unexpected("\(first.source): \(commits.count) commits are listed, and \(total) counted")
        }
        return commits
    }

    /// The pull requests that a commit came with, or is to come with; not those that were closed without it.
    private func pulls(of commit: CommitID) async throws(ProviderFailure) -> [GitHubPull] {
        let list = request(
            "the pull requests of \(commit.short)",
            ["commits", commit.text, "pulls"],
            [.init("per_page", "100")]
        )
        var pulls: [GitHubPull] = []
        for document in try await transport.objects(list, .links, atMost: Self.maximumCommits) {
            let pull = try GitHubPull(document)
            if pull.counts { pulls.append(pull) }
        }
        return pulls
    }

    private func votes(on pull: GitHubPull) async throws(ProviderFailure) -> [GitHubReviews.Vote] {
        let list = request(
            "the reviews of pull request \(pull.number)",
            ["pulls", String(pull.number), "reviews"],
            [.init("per_page", "100")]
        )
        var votes: [GitHubReviews.Vote] = []
        for document in try await transport.objects(list, .links, atMost: 1000) {
            votes.append(try GitHubReviews.Vote(document))
        }
        return votes
    }

    /// The best review counts where a commit came through several: into staging, and with staging into main.
    private func review(
        of commit: CommitID,
        _ document: AnswerObject,
        _ pulls: [(pull: GitHubPull, state: ChangeReview.State)]
    ) throws(ProviderFailure) -> ChangeReview {
        if let best = pulls.min(by: { GitHubReviews.rank($0.state) < GitHubReviews.rank($1.state) }) {
            return ChangeReview(
                commit: commit,
                pullRequest: best.pull.number,
                title: best.pull.title,
                state: best.state
            )
        }
        let message = try document.object("commit")?.text("message") ?? ""
        let subject = String(message.prefix { !$0.isNewline })
        return ChangeReview(
            commit: commit,
            pullRequest: nil,
            title: PlainText.line(subject, atMost: 200),
            state: .noPullRequest
        )
    }
}
