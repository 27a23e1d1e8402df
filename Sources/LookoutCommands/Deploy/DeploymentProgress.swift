import LookoutDeployments
import LookoutModel
import LookoutSettings

/// What is new about a deployment that somebody follows, each thing once.
struct DeploymentProgress {
    private var told: Set<String> = []

    /// The lines that were not told before, in the order of what happens.
    mutating func news(of deployment: Deployment, concerns: [String]) -> [String] {
        Self.facts(of: deployment, concerns).map { PlainText.line($0, atMost: 1000) }
            .filter { told.insert($0).inserted }
    }

    private static func facts(of deployment: Deployment, _ concerns: [String]) -> [String] {
        var facts = deployment.deploys.map(\.line)
        for part in EnvironmentPart.allCases {
            guard let reasons = deployment.obstacles[part] else { continue }
            let words = reasons.map(\.words).joined(separator: "; ")
            facts.append("no \(part.rawValue) deploy: \(words.isEmpty ? "nobody knows why" : words)")
        }
        if let watch = deployment.watch {
            facts.append("watching \(watch.checks.count) checks until \(watch.end.inSeconds)")
        }
        facts += concerns.map { "so far: \($0)" }
        if let verdict = deployment.verdict {
            facts.append("verdict: \(verdict.word.rawValue)")
            facts += verdict.reasons.map { "  \($0.text)" }
        }
        if let cause = deployment.diagnoses.first { facts.append("likeliest cause: \(cause.title)") }
        if let plan = deployment.plan { facts.append("suggestion: \(plan.suggestion)") }
        facts += deployment.rollbacks.map { "somebody rolls back: \($0.detail)" }
        if let time = deployment.recoveredAt { facts.append("recovered at \(time.inSeconds)") }
        if let result = deployment.result {
            facts.append("result: \(result.word)" + (result.reason.map { ": \($0)" } ?? ""))
        }
        return facts
    }

    /// The line that a terminal shows between news: how far it is.
    static func status(of deployment: Deployment, at now: Timestamp) -> String {
        switch deployment.phase {
        case .planned: return "waiting for main or a provider to move"
        case .following: return "following the providers, \(since(deployment.beganAt, now))"
        case .watching:
            guard let watch = deployment.watch else { return "watching" }
            let (whole, gone) = (watch.end - watch.start, max(.zero, now - watch.start))
            return "watching: \(words(gone)) of \(words(whole))"
        case .judged: return "judged; the first hour goes by"
        case .rollingBack: return "rolling back; recovery is still to be seen"
        case .closed: return "over"
        }
    }

    /// Whether somebody who waits for the verdict need not wait any longer.
    static func isDecided(_ deployment: Deployment) -> Bool {
        deployment.verdict != nil || deployment.isClosed
    }

    private static func since(_ time: Timestamp?, _ now: Timestamp) -> String {
        time.map { "for \(words(max(.zero, now - $0)))" } ?? "for an unknown time"
    }

    private static func words(_ length: Duration) -> String {
        Duration.seconds(length.components.seconds).durationText
    }
}
