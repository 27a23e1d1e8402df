import LookoutDeployments
import LookoutModel

/// A deploy as Render tells of it.
struct RenderDeploy: Hashable, Sendable {
    var id: String
    /// Render's word, such as `build_in_progress`; empty where it gives none.
    var status: String
    /// Render's word for what made it deploy, such as `new_commit`.
    var trigger: String?
    var commit: CommitID?
    var createdAt: Timestamp
    var finishedAt: Timestamp?
    /// Why it failed, from the events of the service; nil where they do not say.
    var failureReason: String?
    /// Whether the events say that changed variables made it deploy; nil where they do not say.
    var isOfVariables: Bool?

    init(_ object: AnswerObject) throws(ProviderFailure) {
        id = try object.identifier("id")
        status = try object.text("status") ?? ""
        trigger = try object.text("trigger")
        commit = try object.object("commit")?.commit("id")
        let (created, started) = (try object.time("createdAt"), try object.time("startedAt"))
        createdAt = try object.required(created ?? started, "createdAt")
        finishedAt = try object.time("finishedAt")
    }

    /// The deploy in the words that all providers share.
    func deploy(of service: HostedService, page: String?) -> ProviderDeploy {
        ProviderDeploy(
            id: id,
            part: .backend,
            state: meaning,
            commit: commit,
            branch: service.branch,
            cause: cause,
            createdAt: createdAt,
            liveAt: wasLive ? finishedAt : nil,
            finishedAt: finishedAt,
            page: page.map { "\($0)/deploys/\(id)" }
        )
    }

    /// Whether users got it at some time: what Render deactivates, another deploy has taken the place of.
    private var wasLive: Bool { status == "live" || status == "deactivated" }

    /// Whether it ended with a failure.
    var isFailure: Bool { ["build_failed", "update_failed", "pre_deploy_failed"].contains(status) }

    private var meaning: ProviderDeploy.State {
        switch status {
        case "created", "queued": .queued
        case "build_in_progress": .building
        case "pre_deploy_in_progress", "update_in_progress": .releasing
        case "live": .live
        case "deactivated": .superseded
        case "canceled": .cancelled
        case "build_failed": .failed(reason: told("the build failed"))
        case "pre_deploy_failed": .failed(reason: told("the pre-deploy command failed"))
        case "update_failed": .failed(reason: told("the new version did not start or did not become healthy"))
        default: .unknown(PlainText.line(status, atMost: 60))
        }
    }

    private func told(_ what: String) -> String {
        failureReason.map { "\(what): \($0)" } ?? what
    }

    private var cause: ProviderDeploy.Cause {
        if isOfVariables == true { return .variables }
        return switch trigger {
        case "new_commit": .commit
        case "api", "deploy_hook", "manual": .manual
        case "rollback": .rollback
        case let trigger?: .other(PlainText.line(trigger, atMost: 60))
        case nil: .other("unknown")
        }
    }
}
