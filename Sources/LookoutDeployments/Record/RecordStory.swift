import LookoutModel

/// What the events of a deployment come to, field by field of its record.
struct RecordStory {
    private var gate: GateReport?
    private var verdict: WatchVerdict?
    private var outcome: DeploymentResult?
    private var rollbacks: [String] = []
    private var hasRecovered = false
    private var alerts: [String] = []
    private var tracked: [String] = []
    private var cause: String?
    private var results: [ValidationResult] = []
    private var overrides: [String] = []
    private var branch: String?
    private(set) var moves: [String] = []

    init(_ events: [DeploymentEvent]) {
        for event in events { add(event.kind) }
    }

    private mutating func add(_ kind: DeploymentEvent.Kind) {
        switch kind {
        case .gateJudged(let report): gate = report
        case .overridden(let criterion, let name, let reason):
            overrides.append("\(criterion) overridden by \(name): \(reason)")
        case .backupSeen(let name, _): branch = name
        case .mainMoved(let from, let to):
            moves.append("commits \(from.map { "\($0.short).." } ?? "")\(to.short)")
        case .variablesChanged(let part, let changes):
            let names = changes.added + changes.changed + changes.removed
            moves.append("variables of the \(part.rawValue): \(names.joined(separator: ", "))")
        case .alertSeen(let alert):
            if alert.isFiring, !alerts.contains(alert.summary) { alerts.append(alert.summary) }
        case .issuesSeen(let issues):
            for issue in issues where issue.novelty == .new || issue.novelty == .regressed {
                let text = "\(issue.shortID) \(issue.title)"
                if !tracked.contains(text) { tracked.append(text) }
            }
        case .validated(let result):
            results.removeAll { $0.item == result.item }
            results.append(result)
        case .judged(let judged): verdict = judged
        case .diagnosed(let diagnoses): cause = diagnoses.first?.title
        case .rollbackSeen(_, let detail): rollbacks.append(detail)
        case .recovered: hasRecovered = true
        case .closed(let result): outcome = result
        // The rest is in the timeline, and no field of the template.
        default: break
        }
    }

    var backup: String? { branch ?? gate?.backupBranch }

    var result: String {
        switch outcome {
        case .successful: "✅ Successful"
        case .regressed: "❌ Regressed"
        case .rolledBack: hasRecovered ? "↩ Rolled back, recovered" : "↩ Rolled back"
        case .failed(let reason): "❌ Failed: \(reason)"
        case .inconclusive(let reason): "❔ Inconclusive: \(reason)"
        case .superseded(let other): "⏭ Superseded by \(other)"
        case .abandoned(let reason): "⏹ Abandoned: \(reason)"
        case nil: "⏳ In progress"
        }
    }

    /// "None" is said only where it was judged and passed, and nothing else was seen.
    var issues: String {
        var issues: [String] = []
        if let verdict, verdict.word != .pass { issues += verdict.reasons.prefix(5).map(\.text) }
        if let cause { issues.append("likely cause: \(cause)") }
        issues += alerts.prefix(5)
        issues += tracked.prefix(5)
        let skipped = (gate?.findings ?? []).compactMap { finding in
            if case .skipped(let reason) = finding.verdict, gate?.isEmergency == true {
                "gate skipped \(finding.criterion): \(reason)"
            } else {
                nil
            }
        }
        issues += skipped
        issues += (gate?.overrides ?? []).map { "\($0.criterion) overridden by \($0.by): \($0.reason)" }
            .filter { !overrides.contains($0) }
        issues += overrides
        if !issues.isEmpty { return issues.joined(separator: "; ") }
        return verdict?.word == .pass ? "None" : "Not known"
    }

    var rollback: String {
        if !rollbacks.isEmpty { return "Yes: \(rollbacks.joined(separator: "; "))" }
        return switch outcome {
        case .rolledBack: "Yes"
        case .regressed: "Yes, and none was seen"
        case .successful, .failed, .superseded, .abandoned: "No"
        case .inconclusive: "Not known"
        case nil: verdict?.word == .regressed ? "Yes" : "Not known"
        }
    }

    // MARK: Validation

    /// The template's four lines, and what the team validates besides.
    var validations: [DeploymentRecord.Validation] {
        let lines = Self.lines.map { line in
            let parts = results.filter { line.items.contains($0.item) }
            return DeploymentRecord.Validation(
                item: line.name,
                verdict: Self.verdict(parts),
                text: Self.text(parts, passed: line.passed)
            )
        }
        let known = Set(Self.lines.flatMap(\.items))
        return lines
            + results.filter { !known.contains($0.item) }.map { result in
                DeploymentRecord.Validation(
                    item: result.item,
                    verdict: result.verdict,
                    text: Self.text([result], passed: "Working")
                )
            }
    }

    private static let lines: [(name: String, items: [String], passed: String)] = [
        ("Backend health", ["backend-health", "cors"], "Healthy"),
        ("PAM functionality", ["websocket", "markers"], "Working"),
        ("Frontend performance", ["frontend", "page-load"], "Normal"),
        ("User reports", ["user-reports", "errors"], "No issues"),
    ]

    /// The worst of them; nothing asked is not known.
    private static func verdict(_ results: [ValidationResult]) -> ValidationResult.Verdict {
        if results.contains(where: { $0.verdict == .failed }) { return .failed }
        return results.isEmpty || results.contains { $0.verdict == .unknown } ? .unknown : .passed
    }

    private static func text(_ results: [ValidationResult], passed: String) -> String {
        let worst = verdict(results)
        let details = results.filter { $0.verdict == worst }.map(\.detail).filter { !$0.isEmpty }
        switch worst {
        case .passed: return passed
        case .failed: return details.isEmpty ? "Failed" : details.joined(separator: "; ")
        case .unknown:
            return details.isEmpty ? "Not checked" : "Not known: \(details.joined(separator: "; "))"
        }
    }
}
