package import LookoutAlerting
package import LookoutModel

extension AlertReport {
    /// The alert with all that is known of it, as the API sends it.
    package func json(at now: Timestamp) -> JSONValue {
        let labels = alert.allLabels
        return [
            "id": .string(alert.key.text),
            "episode_id": .string(alert.episodeKey),
            "episode": .int(Int64(alert.episode)),
            "rule": .string(alert.id.rule),
            "labels": .object(labels.dictionary.mapValues(JSONValue.string)),
            "state": .string(alert.state.rawValue),
            "severity": .int(Int64(alert.severity.rawValue)),
            "summary": .string(alert.texts.summary),
            "description": .string(alert.texts.description),
            "runbook": JSONValue(alert.texts.runbook),
            "annotations": .object(alert.texts.annotations.mapValues(JSONValue.string)),
            "suggestion": JSONValue(alert.texts.suggestion?.rawValue),
            "pending_since": .string(alert.pendingSince.rfc3339),
            "firing_since": JSONValue(alert.firingSince?.rfc3339),
            "recovering_since": JSONValue(alert.recoveringSince?.rfc3339),
            "resolved_since": JSONValue(alert.resolvedSince?.rfc3339),
            "resolution": JSONValue(alert.resolution?.rawValue),
            "last_judged": .string(alert.lastJudged.rfc3339),
            "returns": .int(Int64(alert.returns)),
            "depends_on": .array(alert.parents.map(JSONValue.string)),
            "unknown": alert.blindness.map {
                ["since": .string($0.since.rfc3339), "reason": .string($0.reason)]
            } ?? .null,
            "acknowledgement": alert.acknowledgement?.json(at: now) ?? .null,
            "withheld": withheld?.json ?? .null,
            "told": .object(alert.told.mapValues(\.json)),
            "evidence": alert.evidence.json,
        ]
    }
}

extension Alert.Acknowledgement {
    package func json(at now: Timestamp) -> JSONValue {
        [
            "by": .string(author), "at": .string(at.rfc3339), "until": JSONValue(until?.rfc3339),
            "comment": .string(comment),
            "in_force": .bool(isInForce(at: now)),
        ]
    }
}

extension Alert.Told {
    fileprivate var json: JSONValue {
        [
            "episode": .int(Int64(episode)), "severity": .int(Int64(severity.rawValue)),
            "resolved": .bool(isResolved),
        ]
    }
}

extension Evidence {
    fileprivate var json: JSONValue {
        ["samples": .array(samples.map(\.json)), "changes": .array(changes.map(\.json))]
    }
}

extension Evidence.Line {
    fileprivate var json: JSONValue { ["at": .string(at.rfc3339), "text": .string(text)] }
}

extension RecordedTransition {
    /// A line of an alert's history.
    func json(rule: String?) -> JSONValue {
        [
            "sequence": .int(sequence),
            "alert": .string(transition.alert.text),
            "rule": JSONValue(rule),
            "episode": .int(Int64(transition.episode)),
            "from": JSONValue(transition.from?.rawValue),
            "to": JSONValue(transition.to?.rawValue),
            "severity": .int(Int64(transition.severity.rawValue)),
            "cause": .string(transition.cause.rawValue),
            "at": .string(transition.at.rfc3339),
        ]
    }
}
