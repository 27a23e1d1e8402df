import LookoutAlerting
import LookoutModel

/// The words in which people are told of one notice.
struct AlertWords {
    let notice: Notice
    let alert: Alert
    let clock: WallClock

    private var begin: Timestamp { alert.firingSince ?? alert.pendingSince }

    /// `SEV1` for news, with a word behind it for everything else.
    static func tag(_ kind: Notice.Kind, _ severity: Severity) -> String {
        let name = "SEV\(severity.rawValue)"
        return switch kind {
        case .firing: name
        case .escalated: "\(name) ESCALATED"
        case .deescalated: "\(name) DEESCALATED"
        case .reminder: "\(name) STILL FIRING"
        case .flapping: "\(name) FLAPPING"
        case .resolved: "\(name) RESOLVED"
        case .firedAndResolved: "\(name) FIRED AND RESOLVED"
        case .announcement: "ANNOUNCEMENT"
        }
    }

    /// What it is about: the summary (or the rule, if it says nothing) and the place.
    static func subject(_ alert: Alert) -> String {
        let what = alert.texts.summary.isEmpty ? alert.id.rule : alert.texts.summary
        let place = [alert.id.labels["environment"], alert.id.labels["probe"]].compactMap(\.self)
            .joined(separator: "/")
        let room = Message.Limit.subject - place.utf8.count - 5
        guard !place.isEmpty, room > 0 else { return clean(what, Message.Limit.subject) }
        return "\(clean(what, room)) – \(clean(place, Message.Limit.subject))"
    }

    /// The same of whatever a notice is about.
    static func subject(_ notice: Notice) -> String {
        switch notice.subject {
        case .alert(let alert): subject(alert)
        case .announcement(let announcement): clean(announcement.wording.title, Message.Limit.subject)
        }
    }

    /// The first digits of the alert's key and the number of the episode.
    static func episode(_ alert: Alert) -> String { "\(alert.key.text.prefix(12))-\(alert.episode)" }

    /// What was seen against what was expected; at the end, how it came about.
    var lead: String {
        let description = Self.paragraphs(alert.texts.description)
        let opening: String? =
            switch notice.kind {
            case .firing, .reminder, .announcement: nil
            case .escalated: "Worse than told before: now severity \(alert.severity.rawValue)."
            case .deescalated: "Less bad than told before: now severity \(alert.severity.rawValue)."
            case .flapping: "It comes and goes; until it settles, further changes are not told."
            case .resolved, .firedAndResolved: ending
            }
        guard let opening else { return description }
        guard !description.isEmpty else { return opening }
        return notice.kind.isEnd ? "\(opening)\nIt was: \(description)" : "\(opening)\n\(description)"
    }

    private var ending: String {
        let end = alert.resolvedSince ?? notice.createdAt
        let length = "Resolved after \(Lengths.text(end - begin))"
        switch alert.resolution {
        case .ruleRemoved: return "\(length), because the rule is no longer configured."
        case .checkRemoved: return "\(length), because the check is no longer configured."
        case .recovered, nil:
            guard let seen = alert.evidence.samples.last else { return "\(length)." }
            return "\(length); seen then: \(Self.clean(seen.text, Message.Limit.evidenceText))"
        }
    }

    var acknowledgement: Alert.Acknowledgement? {
        alert.acknowledgement.flatMap { $0.isInForce(at: notice.createdAt) ? $0 : nil }
    }

    /// Since when, whether anything is known, and who takes care of it.
    var standing: [Message.Fact] {
        var facts = times
        if let spell = alert.blindness, !notice.kind.isEnd {
            let reason = Self.clean(spell.reason, Message.Limit.value)
            facts.append(Message.Fact("Unknown", "since \(clock.text(spell.since)): \(reason)"))
        }
        if let word = acknowledgement, !notice.kind.isEnd {
            let author = word.author.isEmpty ? "somebody" : Self.clean(word.author, Message.Limit.value)
            let until = word.until.map { " until \(clock.text($0))" } ?? ""
            facts.append(Message.Fact("Acknowledged by", "\(author) at \(clock.text(word.at))\(until)"))
        }
        if alert.returns > 0 {
            let count = alert.returns == 1 ? "once" : "\(alert.returns) times"
            facts.append(Message.Fact("Came back", "\(count) in this episode"))
        }
        if notice.earlierEpisodes > 0 {
            let count = notice.earlierEpisodes == 1 ? "once" : "\(notice.earlierEpisodes) times"
            facts.append(Message.Fact("Fired before", "\(count), told only here: too much was waiting"))
        }
        return facts
    }

    /// What the rule says besides, and the rule itself.
    var details: [Message.Fact] {
        let rule = Message.Fact("Rule", Self.clean(alert.id.rule, Message.Limit.value))
        return annotations + [labels].compactMap(\.self) + [rule]
    }

    private var times: [Message.Fact] {
        guard notice.kind.isEnd else {
            let length = notice.createdAt - begin
            let suffix = notice.kind == .firing ? "" : ", for \(Lengths.text(length))"
            return [Message.Fact("Since", clock.text(begin) + suffix)]
        }
        let end = alert.resolvedSince ?? notice.createdAt
        return [Message.Fact("Fired", clock.text(begin)), Message.Fact("Resolved", clock.text(end))]
    }

    private var annotations: [Message.Fact] {
        alert.texts.annotations.filter { !$0.value.isEmpty }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .prefix(Message.Limit.facts)
            .map {
                Message.Fact(
                    Self.clean($0.key, Message.Limit.name),
                    Self.clean($0.value, Message.Limit.value)
                )
            }
    }

    /// The labels that the subject does not say.
    private var labels: Message.Fact? {
        let others = alert.allLabels.sorted.filter { $0.name != "environment" && $0.name != "probe" }
        guard !others.isEmpty else { return nil }
        let text = others.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        return Message.Fact("Labels", Self.clean(text, Message.Limit.value))
    }

    /// What the rule suggests to do.
    var suggestion: String? {
        switch alert.texts.suggestion {
        case .rollback: "roll back to the deployment before this one"
        case .restoreEnvironment: "put the environment's variables back to what they were"
        case .some(.none): "neither a rollback nor restoring the environment will help"
        case nil: nil
        }
    }

    /// Text from elsewhere on one line, harmless and no longer than some bytes.
    static func clean(_ text: String, _ limit: Int) -> String {
        PlainText.line(text.shortened(to: limit, .bytes)).shortened(to: limit, .bytes)
    }

    /// Text from elsewhere with its lines, harmless and bounded; without blank lines, and without blanks at
    /// the beginning, which are markup to some.
    static func paragraphs(_ text: String) -> String {
        PlainText.lines(text.shortened(to: Message.Limit.lead, .bytes))
            .map { $0.drop(while: \.isWhitespace) }
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
            .shortened(to: Message.Limit.lead, .bytes)
    }
}
