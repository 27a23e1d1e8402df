import LookoutDeployments
import LookoutModel

/// What a Netlify site shows to its users, and whether it is pinned to that.
struct NetlifyPublication: Hashable, Sendable {
    /// The published deploy; nil if nothing is published.
    var id: String?
    var publishedAt: Timestamp?
    /// Whether publishing is pinned to it, so that newer deploys are built and not shown.
    var isLocked = false

    init(id: String? = nil, publishedAt: Timestamp? = nil, isLocked: Bool = false) {
        self.id = id
        self.publishedAt = publishedAt
        self.isLocked = isLocked
    }

    /// Reads it from a site.
    init(_ site: AnswerObject) throws(ProviderFailure) {
        guard let published = try site.object("published_deploy") else { return }
        id = try published.identifier("id")
        publishedAt = try published.time("published_at")
        isLocked = try published.flag("locked") ?? false
    }

    /// Why a deploy that is built is not shown.
    var reasonToHold: String {
        guard let id else { return "built, and the site publishes nothing" }
        return isLocked
            ? "built, and the site is locked to deploy \(id)" : "built, and the site shows deploy \(id)"
    }
}
