import LookoutDeployments
import LookoutModel

/// A deploy as Netlify tells of it; what it means depends on what the site publishes.
struct NetlifyDeploy: Hashable, Sendable {
    var id: String
    /// Netlify's word: `building`, `ready`, `error`, …; empty where it gives none.
    var state: String
    /// `production`, `deploy-preview`, `branch-deploy`; nil where it does not say.
    var context: String?
    var branch: String?
    var commit: CommitID?
    var createdAt: Timestamp
    var updatedAt: Timestamp?
    var publishedAt: Timestamp?
    var message: String?
    var isSkipped: Bool
    var isLocked: Bool
    var isDraft: Bool
    var hasCommit: Bool
    var page: String?
    var permalink: String?

    init(_ object: AnswerObject) throws(ProviderFailure) {
        id = try object.identifier("id")
        state = try object.text("state") ?? ""
        context = try object.text("context")
        branch = try object.text("branch")
        commit = try object.commit("commit_ref")
        hasCommit = try object.text("commit_ref") != nil
        let (created, updated) = (try object.time("created_at"), try object.time("updated_at"))
        publishedAt = try object.time("published_at")
        createdAt = try object.required(created ?? updated ?? publishedAt, "created_at")
        updatedAt = updated
        message = try object.words("error_message")
        isSkipped = try object.flag("skipped") ?? false
        isLocked = try object.flag("locked") ?? false
        isDraft = try object.flag("draft") ?? false
        page = try object.page("admin_url").map { "\($0)/deploys/" }
        page = page.map { $0 + id }
        permalink = try object.page("deploy_ssl_url")
    }

    /// Whether it was made to be what the site shows.
    var isProduction: Bool { context == "production" && !isDraft }

    /// The deploy in the words that all providers share.
    func deploy(given publication: NetlifyPublication) -> ProviderDeploy {
        let state = meaning(given: publication)
        return ProviderDeploy(
            id: id,
            part: .frontend,
            state: state,
            commit: commit,
            branch: branch,
            cause: hasCommit ? .commit : .manual,
            createdAt: createdAt,
            liveAt: liveAt(given: publication),
            finishedAt: finishedAt(state),
            page: page,
            permalink: permalink,
            isLocked: isLocked
        )
    }

    /// When it was what users got.
    ///
    /// A deploy may be ready, newer than the published one and never have been live: built while the site was
    /// locked, or for a preview. Only what was published before the current one certainly was live.
    private func liveAt(given publication: NetlifyPublication) -> Timestamp? {
        guard id != publication.id else { return publishedAt ?? publication.publishedAt }
        guard isProduction, ["ready", "old"].contains(state), let publishedAt,
            let current = publication.publishedAt, publishedAt < current
        else { return nil }
        return publishedAt
    }

    private func finishedAt(_ state: ProviderDeploy.State) -> Timestamp? {
        switch state {
        case .live, .superseded: publishedAt ?? updatedAt
        case .failed, .cancelled, .skipped, .held: updatedAt
        case .queued, .building, .releasing, .unknown: nil
        }
    }

    private func meaning(given publication: NetlifyPublication) -> ProviderDeploy.State {
        if id == publication.id { return .live }
        return switch state {
        case "new", "accepted", "enqueued": .queued
        case "pending_review": .held(reason: "it waits for a person to approve it at Netlify")
        case "rejected": .failed(reason: message ?? "a person did not approve it at Netlify")
        case "building", "retrying": .building
        case "uploading", "uploaded", "preparing", "prepared", "processing", "processed": .releasing
        case "ready": readyMeaning(given: publication)
        case "old": .superseded
        case "error": failure
        default: .unknown(PlainText.line(state, atMost: 60))
        }
    }

    private func readyMeaning(given publication: NetlifyPublication) -> ProviderDeploy.State {
        if isDraft { return .held(reason: "a draft, which is not published by itself") }
        if let context, context != "production" {
            return .held(reason: "a \(PlainText.line(context, atMost: 60)), which is not published by itself")
        }
        return liveAt(given: publication) == nil ? .held(reason: publication.reasonToHold) : .superseded
    }

    /// Netlify has one word for a build that failed, was cancelled, or was not wanted; its message tells which.
    private var failure: ProviderDeploy.State {
        let text = message?.lowercased() ?? ""
        if isSkipped || text == "skipped" {
            return .skipped(reason: message ?? "Skipped")
        }
        if text.contains("canceled build due to no content change") {
            return .skipped(reason: message ?? "")
        }
        if text.hasPrefix("canceled") || text.hasPrefix("cancelled") { return .cancelled }
        return .failed(reason: message ?? "Netlify gives no message; its page has the build log")
    }
}
