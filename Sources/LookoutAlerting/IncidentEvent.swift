package import LookoutModel

/// One line of an incident's timeline.
package struct IncidentEvent: Hashable, Sendable {
    /// What happened.
    package enum Happening: Hashable, Sendable {
        /// An alert's state or severity changed.
        case changed(AlertTransition)
        /// A receiver was told, or will be, or could not be.
        case told(NoticeRecord)
        case silenceBegan(Silence)
        case silenceEnded(Silence)
        /// Somebody wrote something, or took an alert on.
        case noted(IncidentNote)
        /// Somebody announced a step of a deployment, or of the work on the incident.
        case announced(Announcement)
    }

    package var at: Timestamp
    /// What it is about, such as `backend-down production/backend-health`; nil for the whole incident.
    package var subject: String?
    package var happening: Happening

    package init(at time: Timestamp, subject: String? = nil, _ happening: Happening) {
        self.at = time
        self.subject = subject
        self.happening = happening
    }

    /// The word by which programs tell events.
    package var kind: String {
        switch happening {
        case .changed(let transition): transition.cause.rawValue
        case .told(let record): "notice_\(record.status.rawValue)"
        case .silenceBegan(let silence): "\(silence.kind.rawValue)_began"
        case .silenceEnded(let silence): "\(silence.kind.rawValue)_ended"
        case .noted(let note): note.kind.rawValue
        case .announced(let announcement): "announced_\(announcement.stage.rawValue)"
        }
    }

    /// What happened, in words for people: one line, without control characters.
    package var text: String {
        switch happening {
        case .changed(let transition): Self.words(for: transition)
        case .told(let record): Self.words(for: record)
        case .silenceBegan(let silence):
            "\(silence.kind.rawValue) by \(silence.author.orSomebody) until \(silence.endsAt.rfc3339)"
                + Self.comment(silence.comment)
        case .silenceEnded(let silence): "\(silence.kind.rawValue) by \(silence.author.orSomebody) ended"
        case .noted(let note):
            switch note.kind {
            case .note: "\(note.author.orSomebody): \(note.text)"
            case .acknowledged: "acknowledged by \(note.author.orSomebody)" + Self.comment(note.text)
            case .released: "acknowledgement removed by \(note.author.orSomebody)" + Self.comment(note.text)
            }
        case .announced(let announcement):
            "announced by \(announcement.author.orSomebody): \(announcement.wording.title)"
                + Self.comment(announcement.remark)
        }
    }

    private static func comment(_ text: String) -> String { text.isEmpty ? "" : ": \(text)" }

    private static func words(for transition: AlertTransition) -> String {
        let severity = "severity \(transition.severity.rawValue)"
        return switch transition.cause {
        case .appeared where transition.to == .firing: "fires with \(severity)"
        case .appeared: "first seen, \(severity)"
        case .held: "fires with \(severity)"
        case .passed: "gone before it fired"
        case .forgotten: "not heard of any more before it fired"
        case .cleared: "condition gone, waiting whether it stays so"
        case .returned: "condition back"
        case .recovered: "resolved"
        case .escalated: "worse: \(severity)"
        case .deescalated: "less bad: \(severity)"
        case .ruleRemoved: "resolved: the rule is no longer configured"
        case .checkRemoved: "resolved: the check is no longer configured"
        }
    }

    private static func words(for record: NoticeRecord) -> String {
        let what = "\(record.notice.receiver) \(record.notice.kind.words)"
        let reason = record.reason.map { ": \($0)" } ?? ""
        let attempts =
            record.failedAttempts == 1 ? "1 failed attempt" : "\(record.failedAttempts) failed attempts"
        let after = record.failedAttempts == 0 ? "" : " after \(attempts)"
        return switch record.status {
        case .delivered: "told \(what)\(after)"
        case .waiting:
            record.failedAttempts == 0 ? "to be told: \(what)" : "not told yet\(after): \(what)\(reason)"
        case .dead: "could not tell \(what), given up\(after)\(reason)"
        case .superseded: "\(what): told as part of a later notice"
        }
    }
}

extension Notice.Kind {
    /// The kind in words: `that it fires`.
    fileprivate var words: String {
        switch self {
        case .firing: "that it fires"
        case .escalated: "that it is worse"
        case .deescalated: "that it is less bad"
        case .reminder: "again that it fires"
        case .flapping: "that it comes and goes"
        case .resolved: "that it is resolved"
        case .firedAndResolved: "that it fired and is resolved"
        case .announcement: "what was announced"
        }
    }
}

extension String {
    /// Somebody's name; a word for nobody's.
    var orSomebody: String { isEmpty ? "somebody" : self }
}
