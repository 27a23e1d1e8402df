import LookoutModel

/// How it was noticed, how it ended, and what is left to be done.
extension IncidentDocument {
    var detection: [String] {
        let worst = incident.worst
        var lines = [
            "## Detection", "",
            "- First sign: \(time(incident.firstSign))",
            "- First alert: \(time(incident.beganAt)), "
                + "\(length(incident.beganAt - incident.firstSign)) after the first sign",
        ]
        if let first = deliveries.first, let at = first.settledAt {
            lines.append(
                "- First told: `\(MarkdownText.code(first.notice.receiver))` at \(time(at)), "
                    + "\(length(at - incident.beganAt)) after the first alert"
            )
        } else {
            lines.append("- Nobody has been told")
        }
        lines += worst.evidence.samples.map { "- Seen \(time($0.at)): \(MarkdownText.escaped($0.text))" }
        lines += worst.evidence.changes.map { "- Changed \(time($0.at)): \(MarkdownText.escaped($0.text))" }
        return lines
    }

    var resolution: [String] {
        var lines = ["## Resolution", ""]
        lines += incident.episodes.map { episode in
            let subject = "- `\(MarkdownText.code(episode.subject))` "
            guard let end = episode.endedAt else { return subject + "still fires" }
            return subject + "\(episode.ending.words) at \(time(end))"
        }
        let worst = incident.worst.texts
        if let suggestion = worst.suggestion { lines.append("- Lookout suggested: \(suggestion.words)") }
        if let runbook = worst.runbook { lines.append("- Runbook: \(MarkdownText.escaped(runbook))") }
        return lines + [
            "", "Cause: _to be filled in_", "", "What was done, by whom: _to be filled in_",
        ]
    }

    /// The communication protocol of the deployment workflow, with what is known to be done ticked.
    var followUp: [String] {
        let told = Set(deliveries.map(\.notice.receiver)).sorted().map { "`\(MarkdownText.code($0))`" }
        let toldAll = told.isEmpty ? "" : ": told \(told.joined(separator: ", "))"
        let notes = timeline.events.count { event in
            if case .noted(let note) = event.happening { note.kind == .note } else { false }
        }
        return [
            "## Follow-up", "",
            box(!told.isEmpty) + "Notify the team" + toldAll,
            box(isAnnounced(.document)) + "Document issue and fix in the git commit",
            monitoring,
            box(isAnnounced(.close)) + "Update this document: cause, fix, who noticed"
                + (notes == 0 ? "" : " (\(notes) in the timeline)"),
            box(false) + "Agree on what keeps it from coming back, with a name and a date",
        ]
    }

    /// Whether somebody announced a step of the work on it.
    private func isAnnounced(_ stage: Announcement.Stage) -> Bool {
        timeline.events.contains { event in
            if case .announced(let announcement) = event.happening {
                announcement.stage == stage
            } else {
                false
            }
        }
    }

    private var monitoring: String {
        guard let end = incident.endedAt else { return box(false) + "Monitor for 30 minutes after the fix" }
        let until = end + .seconds(1800)
        let isOver = now >= until
        let remark = isOver ? "no further alert of this incident" : "until \(time(until))"
        return box(isOver) + "Monitor for 30 minutes after the fix: \(remark)"
    }

    /// The deployment history template of the workflow, for the deployment that mends it.
    var deployment: [String] {
        let rollback = incident.worst.texts.suggestion == .rollback ? " (Lookout suggested it)" : ""
        return [
            "## Deployment of the fix", "",
            "**Trigger**: \(MarkdownText.escaped(incident.title))  ",
            "**Changes**: _to be filled in_  ",
            "**Backup branch**: _to be filled in_  ",
            "**Result**: _to be filled in_  ",
            "**Issues**: _to be filled in_  ",
            "**Rollback required**: _to be filled in_\(rollback)",
            "", "**Validation results**:", "",
            box(false) + "Backend health",
            box(false) + "PAM functionality",
            box(false) + "Frontend performance",
            box(false) + "User reports",
        ]
    }

    private func box(_ isTicked: Bool) -> String { isTicked ? "- [x] " : "- [ ] " }
}

extension AlertTransition.Cause? {
    fileprivate var words: String {
        switch self {
        case .ruleRemoved: "ended because the rule is no longer configured,"
        case .checkRemoved: "ended because the check is no longer configured,"
        default: "recovered"
        }
    }
}

extension Suggestion {
    /// The step in words for people.
    fileprivate var words: String {
        switch self {
        case .rollback: "roll back to the deployment before this one"
        case .restoreEnvironment: "put the environment's variables back to what they were"
        case .none: "neither a rollback nor restoring the environment will help"
        }
    }
}
