package import LookoutModel

extension AgentStatus {
    /// The status as the API sends it.
    package var json: JSONValue {
        [
            "version": .string(version),
            "started_at": .string(startedAt.rfc3339),
            "now": .string(now.rfc3339),
            "worst_severity": worstSeverity.map { .int(Int64($0.rawValue)) } ?? .null,
            "configuration": [
                "path": .string(configuration.path),
                "loaded_at": .string(configuration.loadedAt.rfc3339),
                "reload_error": JSONValue(configuration.reloadError),
            ],
            "checks": .array(checks.map(\.json)),
            "alerts": .array(alerts.map(\.json)),
            "receivers": .array(receivers.map(\.json)),
            "rule_errors": .array(ruleErrors.map(\.json)),
            "rules": .array(rules.map(\.json)),
            "counters": counters.json,
        ]
    }
}

extension CheckStatus {
    package var json: JSONValue {
        [
            "check": .string(id.description),
            "environment": .string(id.environment),
            "probe": .string(id.probe),
            "type": .string(type),
            "interval_seconds": .double(interval.inSeconds),
            "outcome": .string(outcome),
            "failure": JSONValue(failure),
            "message": JSONValue(message),
            "sampled_at": JSONValue(sampledAt?.rfc3339),
            "duration_seconds": duration.map { .double($0.inSeconds) } ?? .null,
            "status_code": statusCode.map { .int(Int64($0)) } ?? .null,
            "version": JSONValue(version),
        ]
    }
}

extension AlertStatus {
    fileprivate var json: JSONValue {
        [
            "id": .string(id),
            "rule": .string(rule),
            "labels": .object(labels.dictionary.mapValues(JSONValue.string)),
            "state": .string(state),
            "severity": severity.map { .int(Int64($0.rawValue)) } ?? .null,
            "since": .string(since.rfc3339),
            "summary": .string(summary),
            "episode": .int(Int64(episode)),
            "withheld": JSONValue(withheld),
            "acknowledged_by": JSONValue(acknowledgedBy),
            "suggestion": JSONValue(suggestion),
        ]
    }
}

extension RuleErrorStatus {
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule), "labels": .object(labels.dictionary.mapValues(JSONValue.string)),
            "error": .string(reason),
        ]
    }
}

extension RuleStatus {
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule),
            "evaluations": .int(Int64(evaluations)),
            "holds": .int(Int64(holds)),
            "no_data": .int(Int64(noData)),
            "errors": .int(Int64(errors)),
            "withheld": .int(Int64(withheld)),
            "unstored": .object(unstored.mapValues { .int(Int64($0)) }),
            "error": JSONValue(currentError),
        ]
    }
}

extension ReceiverStatus {
    package var json: JSONValue {
        [
            "name": .string(name), "type": .string(type),
            "health": .string(health.name),
            "health_at": JSONValue(health.time?.rfc3339),
            "error": JSONValue(health.reason),
            "queued": .int(Int64(queued)),
            "delivered": .int(Int64(delivered)),
            "dead": .int(Int64(dead)),
            "superseded": .int(Int64(superseded)),
            "oldest_queued_at": JSONValue(oldestQueued?.rfc3339),
        ]
    }
}

extension AgentCounters {
    fileprivate var json: JSONValue {
        [
            "runs": .int(Int64(runs)),
            "skipped_runs": .int(Int64(skippedRuns)),
            "runs_in_flight": .int(Int64(runsInFlight)),
            "samples_stored": .int(Int64(samplesStored)),
            "samples_dropped": .int(Int64(samplesDropped)),
            "rule_evaluations": .int(Int64(ruleEvaluations)),
            "rule_errors": .int(Int64(ruleErrors)),
            "audit_findings": .int(Int64(auditFindings)),
            "offline": .bool(isOffline),
        ]
    }
}

extension JSONValue {
    /// A string, or null for nothing.
    package init(_ text: String?) {
        self = text.map(JSONValue.string) ?? .null
    }
}
