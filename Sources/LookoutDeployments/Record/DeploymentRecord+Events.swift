import LookoutModel

extension DeploymentRecord {
    /// The record of what is known so far; nil before the deployment has begun.
    ///
    /// Amendments of people come last and say who made them and when; what they replace stays in the events.
    package init?(of events: [DeploymentEvent]) {
        guard let first = events.first(where: { $0.intent != nil }), let intent = first.intent else {
            return nil
        }
        let story = RecordStory(events)
        self.init(
            deployment: Timestamp(seconds: first.at.microseconds / 1_000_000),
            trigger: Self.trigger(intent),
            changes: intent.changes.isEmpty ? story.moves : intent.changes,
            backupBranch: story.backup ?? "None",
            result: story.result,
            issues: story.issues,
            rollbackRequired: story.rollback,
            validations: story.validations
        )
        for event in events {
            guard case .amended(let field, let text, let name) = event.kind else { continue }
            amend(field, text: text, by: name, at: event.at)
        }
        self = normalized
    }

    private static func trigger(_ intent: DeploymentIntent) -> String {
        let trigger = intent.trigger.isEmpty ? "Not stated" : intent.trigger
        return intent.isEmergency ? "EMERGENCY (\(intent.reason)): \(trigger)" : trigger
    }

    /// The fields that a person can put right, as `amended` events name them; a validation by its item.
    package static let amendableFields = [
        "trigger", "changes", "backup-branch", "result", "issues", "rollback-required",
    ]

    private mutating func amend(_ field: String, text: String, by name: String, at time: Timestamp) {
        let whole = Timestamp(seconds: time.microseconds / 1_000_000)
        let amended = "\(text) (amended \(whole.rfc3339) by \(name))"
        switch field {
        case "trigger": trigger = amended
        case "changes": changes.append(amended)
        case "backup-branch": backupBranch = amended
        case "result": result = amended
        case "issues": issues = amended
        case "rollback-required": rollbackRequired = amended
        default:
            if let index = validations.firstIndex(where: { $0.item == field }) {
                validations[index].text = amended
            } else {
                validations.append(Validation(item: field, verdict: .unknown, text: amended))
            }
        }
    }
}

extension DeploymentEvent {
    fileprivate var intent: DeploymentIntent? {
        if case .began(let intent, _) = kind { intent } else { nil }
    }
}
