import LookoutDeployments
import LookoutModel

/// One deployment for people; everything that came from outside is made safe.
struct DeploymentPage {
    private let deployment: Deployment
    private let concerns: [String]

    /// Takes what is stored, and what speaks against it up to now where it is watched.
    init(_ deployment: Deployment, concerns: [String] = []) {
        self.deployment = deployment
        self.concerns = concerns
    }

    var text: String {
        let sections = [
            heading, list("Deploys", deploys), list("Not deployed", obstacles), list("Changed", changes),
            list("Alerts", alerts), list("Errors", issues), list("Validated", validations),
            list("Up to now", concerns), verdict, list("Said by people", people),
        ]
        let texts = sections.filter { !$0.isEmpty }.map { lines in
            lines.map { PlainText.line($0, atMost: 1000) + "\n" }.joined()
        }
        let causes = deployment.diagnoses.map(\.text).joined()
        let plan = deployment.plan.map { "Rollback: \($0.text)" }
        return (texts + [causes.isEmpty ? nil : "Likely causes\n" + causes, plan].compactMap { $0 })
            .joined(separator: "\n")
    }

    private func list(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [title] + lines.map { "  \($0)" }
    }

    private var heading: [String] {
        let kind = deployment.intent?.isEmergency == true ? "Emergency deployment" : "Deployment"
        var lines = [
            "\(kind) \(deployment.id) to \(deployment.environment): \(deployment.phase.rawValue)"
                + (deployment.result.map { ", \($0.word)" } ?? "")
        ]
        func add(_ title: String, _ text: String?) {
            if let text, !text.isEmpty { lines.append("  \(title) \(text)") }
        }
        add("began", deployment.beganAt?.inSeconds)
        add("by", deployment.intent?.author)
        add("trigger", deployment.intent?.trigger)
        add("emergency because", deployment.intent?.reason)
        for change in deployment.intent?.changes ?? [] { add("change", change) }
        let (before, after) = (deployment.mainBefore?.short, deployment.commit?.short)
        add("commit", after.map { before == nil || before == $0 ? $0 : "\(before ?? "") → \($0)" })
        add("backup", deployment.backupBranch)
        add("gate", deployment.gate?.decision.rawValue)
        if let watch = deployment.watch {
            add("watched", "\(watch.start.inSeconds) to \(watch.end.inSeconds), \(watch.checks.count) checks")
        }
        add("result", deployment.result?.reason)
        add("closed", deployment.closedAt?.inSeconds)
        return lines
    }

    private var deploys: [String] { deployment.deploys.map(\.line) }

    private var obstacles: [String] {
        EnvironmentPart.allCases.compactMap { part in
            deployment.obstacles[part].map { reasons in
                let words = reasons.map(\.words).joined(separator: "; ")
                return "\(part.rawValue): \(words.isEmpty ? "nobody knows why" : words)"
            }
        }
    }

    private var changes: [String] {
        let variables = EnvironmentPart.allCases.flatMap { part -> [String] in
            guard let changes = deployment.variableChanges[part] else { return [] }
            let kinds = [
                ("added", changes.added), ("removed", changes.removed), ("changed", changes.changed),
            ]
            return kinds.filter { !$0.1.isEmpty }
                .map { "\(part.rawValue) variables \($0.0): \($0.1.joined(separator: ", "))" }
        }
        let versions = deployment.versions.map {
            "version at \($0.check): \($0.before ?? "unknown") → \($0.after ?? "unknown")"
        }
        return variables + versions
    }

    private var alerts: [String] {
        deployment.alerts.map {
            "severity \($0.severity.rawValue) \($0.rule), \($0.isFiring ? "firing" : "over"): \($0.summary)"
        }
    }

    private var issues: [String] {
        deployment.issues.map { "\($0.novelty.rawValue) \($0.shortID): \($0.title) (\($0.count) times)" }
    }

    private var validations: [String] {
        deployment.validations.map { "\($0.item) \($0.verdict.rawValue): \($0.detail)" }
    }

    private var verdict: [String] {
        guard let verdict = deployment.verdict else { return [] }
        let detectable = verdict.detectable.isEmpty ? [] : ["smallest change that would have been seen:"]
        return ["Verdict: \(verdict.word.rawValue)"] + verdict.reasons.map { "  \($0.text)" }
            + (detectable + verdict.detectable).map { "  \($0)" }
    }

    private var people: [String] {
        deployment.ticks.map { "\($0.at.inSeconds) \($0.by) has looked at \($0.item)" }
            + deployment.overrides.map {
                "\($0.at.inSeconds) \($0.by) goes on despite \($0.criterion): \($0.reason)"
            }
            + deployment.notes.map { "\($0.at.inSeconds) \($0.by): \($0.text)" }
            + deployment.amendments.map { "\($0.at.inSeconds) \($0.by) amends \($0.field): \($0.text)" }
    }
}

extension ProviderDeploy {
    /// The deploy in one line: `frontend 68a5c1f0 live, commit 9b813c2`.
    var line: String {
        let commit = commit.map { ", commit \($0.short)" } ?? ""
        let reason = state.reason.map { ": \($0)" } ?? ""
        return "\(part.rawValue) \(id) \(state.word)\(commit)\(reason)"
    }
}
