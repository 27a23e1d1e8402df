import LookoutDeployments
import LookoutModel

extension Deployment {
    /// All that is known of it.
    ///
    /// Times at the top are RFC 3339; the parts are as they are stored, where a time is microseconds since 1970.
    func json(concerns: [WatchVerdict.Reason] = []) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id.text),
            "environment": .string(environment),
            "phase": .string(phase.rawValue),
            "events": .int(Int64(count)),
            "intent": intent?.document ?? .null,
            "gate": gate?.document ?? .null,
            "ticks": .array(ticks.map(\.json)),
            "overrides": .array(overrides.map(\.json)),
            "deploys": .array(deploys.map(\.document)),
            "variables": .object(named(variableChanges) { $0.document }),
            "obstacles": .object(named(obstacles) { .array($0.map(\.document)) }),
            "alerts": .array(alerts.map(\.document)),
            "issues": .array(issues.map(\.document)),
            "validations": .array(validations.map(\.document)),
            "watch": watch?.json ?? .null,
            "verdict": verdict?.document ?? .null,
            "concerns": .array(concerns.map(\.document)),
            "diagnoses": .array(diagnoses.map(\.document)),
            "plan": plan?.document ?? .null,
            "notes": .array(notes.map(\.json)),
            "amendments": .array(amendments.map(\.json)),
            "result": result?.document ?? .null,
        ]
        let texts = [
            "commit": commit?.text, "main": main?.text, "main_before": mainBefore?.text,
            "backup_branch": backupBranch, "backup_commit": backupCommit?.text,
        ]
        let times = [
            "began_at": beganAt, "judged_at": judgedAt, "recovered_at": recoveredAt, "closed_at": closedAt,
        ]
        for (name, text) in texts { members[name] = text.map { .string($0) } ?? .null }
        for (name, time) in times { members[name] = time.map { .string($0.rfc3339) } ?? .null }
        return .object(members)
    }

    private func named<Value>(
        _ parts: [EnvironmentPart: Value],
        _ json: (Value) -> JSONValue
    ) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: parts.map { ($0.key.rawValue, json($0.value)) })
    }
}

extension WatchPlan {
    /// From when to when, and how many checks are compared.
    fileprivate var json: JSONValue {
        [
            "start": .string(start.rfc3339), "end": .string(end.rfc3339),
            "latest_end": .string(latestEnd.rfc3339), "checks": .int(Int64(checks.count)),
        ]
    }
}

extension Deployment.Tick {
    fileprivate var json: JSONValue {
        ["item": .string(item), "by": .string(by), "at": .string(at.rfc3339)]
    }
}

extension Deployment.Override {
    fileprivate var json: JSONValue {
        [
            "criterion": .string(criterion), "by": .string(by), "reason": .string(reason),
            "at": .string(at.rfc3339),
        ]
    }
}

extension Deployment.Note {
    fileprivate var json: JSONValue {
        ["text": .string(text), "by": .string(by), "at": .string(at.rfc3339)]
    }
}

extension Deployment.Amendment {
    fileprivate var json: JSONValue {
        ["field": .string(field), "text": .string(text), "by": .string(by), "at": .string(at.rfc3339)]
    }
}

extension DeploymentSummary {
    /// A line of the list, with times in RFC 3339.
    var json: JSONValue {
        guard case .object(var members) = document else { return .null }
        members["began_at"] = .string(beganAt.rfc3339)
        members["closed_at"] = closedAt.map { .string($0.rfc3339) } ?? .null
        return .object(members)
    }
}
