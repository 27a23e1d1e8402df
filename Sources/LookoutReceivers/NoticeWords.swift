import LookoutAlerting
import LookoutModel

/// The words in which people are told of a notice, whatever they read them on.
struct NoticeWords {
    let notice: Notice

    private var alert: Alert { notice.alert }

    /// `[SEV1 FIRING] Backend is down – production/backend-health`, without control characters.
    var headline: String { PlainText.line("\(tag) \(subject)") }

    var tag: String { "[SEV\(alert.severity.rawValue) \(notice.kind.rawValue.uppercased())]" }

    /// What it is about: the summary (or the rule, if it says nothing) and the check.
    var subject: String {
        let what = alert.texts.summary.isEmpty ? alert.id.rule : alert.texts.summary
        let labels = alert.id.labels
        let place = [labels["environment"], labels["probe"]].compactMap(\.self).joined(separator: "/")
        return place.isEmpty ? what : "\(what) – \(place)"
    }

    /// When it began, and when it ended if it did.
    var times: String {
        let begin = alert.firingSince ?? alert.pendingSince
        guard notice.kind == .resolved, let end = alert.resolvedSince else { return begin.rfc3339 }
        return "\(begin.rfc3339), resolved \(end.rfc3339) after \(Self.length(end - begin))"
    }

    /// What else there is to know: why it ended, where that is not because all is well again; since
    /// when nothing is known; and who takes care of it.
    var remarks: [String] {
        if notice.kind == .resolved {
            switch alert.resolution {
            case .ruleRemoved: return ["resolved because the rule is no longer configured"]
            case .checkRemoved: return ["resolved because the check is no longer configured"]
            case .recovered, nil: return []
            }
        }
        var remarks: [String] = []
        if let spell = alert.blindness {
            remarks.append("unknown since \(spell.since.rfc3339): \(spell.reason)")
        }
        if let word = alert.acknowledgement, word.isInForce(at: notice.createdAt) {
            remarks.append("acknowledged by \(word.author) at \(word.at.rfc3339)")
        }
        return remarks
    }

    /// What the rule suggests to do; nothing is suggested about what is over.
    var suggestion: String? {
        guard notice.kind != .resolved, let suggestion = alert.texts.suggestion else { return nil }
        return switch suggestion {
        case .rollback: "roll back to the deployment before this one"
        case .restoreEnvironment: "put the environment's variables back to what they were"
        case .none: "neither a rollback nor restoring the environment will help"
        }
    }

    /// The rule's further texts, by name.
    var annotations: [(name: String, text: String)] {
        alert.texts.annotations.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) }
    }

    /// A length of time in its two largest units: `45s`, `4m 10s`, `3h 5m`, `2d 1h`.
    static func length(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let units = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
            (seconds % 60, "s"),
        ]
        let first = units.firstIndex { $0.0 > 0 } ?? units.count - 1
        return units[first...].prefix(2).filter { $0.0 > 0 || seconds == 0 }
            .map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}
