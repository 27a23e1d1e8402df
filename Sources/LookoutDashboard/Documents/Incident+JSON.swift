package import LookoutAlerting
package import LookoutModel

extension Incident {
    /// The incident as a list shows it.
    package func json(at now: Timestamp) -> JSONValue {
        [
            "number": .int(number),
            "title": .string(title),
            "severity": .int(Int64(severity.rawValue)),
            "state": isOpen ? "open" : "closed",
            "environments": .array(environments.map(JSONValue.string)),
            "first_sign_at": .string(firstSign.rfc3339),
            "began_at": .string(beganAt.rfc3339),
            "ended_at": JSONValue(endedAt?.rfc3339),
            "duration_seconds": .double(length(at: now).inSeconds),
            "alerts": .int(Int64(Set(episodes.map(\.key)).count)),
        ]
    }

    /// The incident with its episodes and its timeline.
    package func json(_ timeline: IncidentTimeline, at now: Timestamp) -> JSONValue {
        guard case .object(var members) = json(at: now) else { return .null }
        members["episodes"] = .array(episodes.map { $0.json(at: now) })
        members["timeline"] = .array(timeline.events.map(\.json))
        return .object(members)
    }
}

extension IncidentEpisode {
    fileprivate func json(at now: Timestamp) -> JSONValue {
        [
            "alert": .string(key.text),
            "episode": .int(Int64(episode)),
            "rule": JSONValue(id?.rule),
            "labels": .object(labels.dictionary.mapValues(JSONValue.string)),
            "summary": .string(summary),
            "severity": .int(Int64(severity.rawValue)),
            "first_sign_at": .string(firstSign.rfc3339),
            "began_at": .string(firedAt.rfc3339),
            "ended_at": JSONValue(endedAt?.rfc3339),
            "ending": JSONValue(ending?.rawValue),
            "duration_seconds": .double(length(at: now).inSeconds),
        ]
    }
}

extension IncidentEvent {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "at": .string(at.rfc3339), "kind": .string(kind), "text": .string(text),
            "subject": JSONValue(subject),
        ]
        switch happening {
        case .changed(let transition):
            members["alert"] = .string(transition.alert.text)
            members["severity"] = .int(Int64(transition.severity.rawValue))
        case .told(let record):
            members["alert"] = JSONValue(record.notice.alert?.key.text)
            members["notice"] = .string(record.notice.id.description)
            members["receiver"] = .string(record.notice.receiver)
            members["outcome"] = .string(record.status.rawValue)
            members["reason"] = JSONValue(record.reason)
        case .silenceBegan(let silence), .silenceEnded(let silence):
            members["silence"] = .string(silence.id)
            members["by"] = .string(silence.author)
        case .noted(let note): members["by"] = .string(note.author)
        case .announced(let announcement): members["by"] = .string(announcement.author)
        }
        return .object(members)
    }
}
