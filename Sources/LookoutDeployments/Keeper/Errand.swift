import LookoutModel

/// What is to be done about a deployment besides storing: told by what it lacks.
enum Errand: Hashable, Sendable {
    case announce(DeploymentStep)
    /// Asks everybody what is wrong and what could be rolled back.
    case advise

    /// What a deployment lacks now, the most urgent first.
    static func due(for deployment: Deployment) -> [Errand] {
        var errands: [Errand] = []
        let steps = DeploymentStep.allCases.filter { !deployment.announced.contains($0) }
        errands += steps.filter { $0.isDue(for: deployment) }.map { .announce($0) }
        let isWorse = deployment.verdict?.word == .regressed || deployment.hasFailedPart
        let asked = deployment.diagnosedAt
        if isWorse, !deployment.isClosed,
            asked == nil || asked.map({ $0 < deployment.judgedAt ?? $0 }) == true
        {
            errands.append(.advise)
        }
        return errands
    }
}

extension DeploymentStep {
    fileprivate func isDue(for deployment: Deployment) -> Bool {
        switch self {
        case .start: deployment.intent != nil && deployment.phase != .planned
        case .watch: deployment.watch != nil
        case .verdict: deployment.verdict != nil
        case .rollback: !deployment.rollbacks.isEmpty
        case .recovery: deployment.recoveredAt != nil
        case .trouble: deployment.hasFailedPart
        case .reminder: deployment.remindedAt != nil
        case .close: deployment.isClosed
        }
    }
}

extension Deployment {
    /// Whether a provider failed, or a rollback did not help.
    fileprivate var hasFailedPart: Bool {
        validations.contains {
            $0.verdict == .failed && ($0.item.hasPrefix("deploy-") || $0.item == "recovery")
        }
    }

    /// What people are told at a step.
    func text(of step: DeploymentStep) -> String {
        switch step {
        case .start:
            var text = "Deployment \(id) to \(environment) is under way"
            if let commit { text += ": \(commit.short)" }
            return text + "."
        case .watch:
            return "Users have it. It is watched until \(watch?.end.rfc3339Seconds ?? "–")."
        case .verdict:
            let reasons = verdict?.reasons.prefix(3).map(\.text).joined(separator: "\n") ?? ""
            return "Verdict: \(verdict?.word.rawValue ?? "–").\n\(reasons)"
        case .rollback: return "It is rolled back: \(rollbacks.last?.detail ?? "–")."
        case .recovery: return "The rollback worked: all is well again."
        case .trouble:
            let failed = validations.filter { $0.verdict == .failed }.prefix(3)
            return failed.map { "\($0.item): \($0.detail)" }.joined(separator: "\n")
        case .reminder: return "An hour has gone by: what do users report? Tick it off, or say what is wrong."
        case .close:
            let why = result?.reason.map { ": \($0)" } ?? ""
            return "It is over: \(result?.word ?? "–")\(why)."
        }
    }
}
