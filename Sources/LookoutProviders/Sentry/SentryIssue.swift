import LookoutDeployments
import LookoutModel

extension TrackedIssue {
    /// Reads an issue of Sentry, whose counts are texts.
    init(sentry issue: AnswerObject, novelty: Novelty) throws(ProviderFailure) {
        let id = try issue.identifier("id")
        let firstSeen = try issue.required(try issue.time("firstSeen"), "firstSeen")
        self.init(
            id: id,
            shortID: try issue.words("shortId", atMost: 60) ?? id,
            title: try issue.words("title", atMost: 200) ?? "(no title)",
            level: try issue.words("level", atMost: 20) ?? "unknown",
            novelty: novelty,
            count: try issue.count("count") ?? 0,
            users: try issue.count("userCount") ?? 0,
            firstSeen: firstSeen,
            lastSeen: try issue.time("lastSeen") ?? firstSeen,
            page: try issue.page("permalink")
        )
    }
}

/// A kind of issue that is not new and still matters: what Sentry calls it, and how its history does.
struct SentryReturn: Hashable, Sendable {
    var novelty: TrackedIssue.Novelty
    /// The word for `is:` in a search.
    var word: String
    /// The entry in the issue's history that says when.
    var activity: String

    static let all = [
        SentryReturn(novelty: .regressed, word: "regressed", activity: "set_regression"),
        SentryReturn(novelty: .escalating, word: "escalating", activity: "set_escalating"),
    ]
}
