import LookoutDeployments
import LookoutModel

/// An event of a service at Render, as far as it tells of deploys.
struct RenderEvent: Hashable, Sendable {
    /// Render's word, such as `deploy_ended`.
    var type: String
    var at: Timestamp
    var deploy: String?
    /// Whether changed variables made Render deploy; nil where it does not say.
    var isOfVariables: Bool?
    /// Why it ended badly, in words; nil where it does not say.
    var reason: String?

    init(_ object: AnswerObject) throws(ProviderFailure) {
        type = try object.text("type") ?? ""
        at = try object.required(try object.time("timestamp"), "timestamp")
        guard let details = try object.object("details") else { return }
        deploy = try details.text("deployId")
        isOfVariables = try details.object("trigger")?.flag("envUpdated")
        guard case .object? = details["reason"], let end = try details.object("reason") else { return }
        let failure = try end.object("failure")
        reason = try Self.words(failure ?? end)
        if reason == nil, end["buildFailed"] != nil { reason = "the build did not succeed; its log says why" }
    }

    /// What Render says of a program that ended or did not become healthy.
    private static func words(_ failure: AnswerObject) throws(ProviderFailure) -> String? {
        var parts: [String] = []
        if let status = try failure.count("nonZeroExit") { parts.append("exit status \(status)") }
        if failure["oomKilled"] != nil {
            let memory = try failure.object("oomKilled")?.words("memoryLimit", atMost: 40)
            parts.append("out of memory" + (memory.map { " (limit \($0))" } ?? ""))
        }
        if let seconds = try failure.count("timedOutSeconds") { parts.append("timed out after \(seconds) s") }
        if let text = try failure.words("timedOutReason") { parts.append(text) }
        if let text = try failure.words("unhealthy") { parts.append("unhealthy: \(text)") }
        if try failure.flag("evicted") == true { parts.append("evicted by Render") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
