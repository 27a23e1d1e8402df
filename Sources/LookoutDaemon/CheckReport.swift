package import LookoutModel

/// What one round of checks came to.
package struct CheckReport: Sendable {
    /// One check's sample and what the rules say of it.
    package struct Result: Sendable {
        package var sample: Sample
        /// The rules that hold, the worst first.
        package var findings: [Finding]
        /// The rules that could not be evaluated.
        package var unjudged: [Unjudged]

        /// The worst severity; a failure that no rule speaks of is minor, not nothing.
        package var severity: Severity? {
            findings.map(\.severity).min() ?? (sample.outcome.failure == nil ? nil : .minor)
        }
    }

    /// A rule that holds, in words.
    package struct Finding: Sendable {
        package var rule: String
        package var severity: Severity
        package var summary: String
        package var runbook: String?
    }

    /// A rule that could not be evaluated, and why.
    package struct Unjudged: Sendable {
        package var rule: String
        package var reason: String
    }

    package var results: [Result]

    package init(results: [Result]) {
        self.results = results
    }

    package var worstSeverity: Severity? { results.compactMap(\.severity).min() }

    /// Whether every check could be asked and every rule evaluated.
    package var isComplete: Bool {
        results.allSatisfy { $0.sample.outcome.isConclusive && $0.unjudged.isEmpty }
    }

    package var json: JSONValue {
        [
            "worst_severity": worstSeverity.map { .int(Int64($0.rawValue)) } ?? .null,
            "complete": .bool(isComplete),
            "checks": .array(results.map(\.json)),
        ]
    }
}

extension CheckReport.Result {
    fileprivate var json: JSONValue {
        [
            "check": .string(sample.check.description),
            "environment": .string(sample.check.environment),
            "probe": .string(sample.check.probe),
            "started_at": .string(sample.startedAt.rfc3339),
            "outcome": .string(sample.outcome.name),
            "failure": text(sample.outcome.failure?.kind.rawValue),
            "message": text(sample.outcome.message),
            "severity": severity.map { .int(Int64($0.rawValue)) } ?? .null,
            "attempts": .int(Int64(sample.attempts)),
            "status_code": sample.statusCode.map { .int(Int64($0)) } ?? .null,
            "version": text(sample.version),
            "timings": sample.timings.json,
            "certificate_expires_at": text(sample.observation?.certificates?.earliestExpiry?.rfc3339),
            "facts": .object(sample.observation?.facts ?? [:]),
            "remarks": .array((sample.observation?.findings ?? []).map(JSONValue.string)),
            "rules": .array(
                findings.map {
                    [
                        "rule": .string($0.rule), "severity": .int(Int64($0.severity.rawValue)),
                        "summary": .string($0.summary), "runbook": text($0.runbook),
                    ]
                }
            ),
            "rule_errors": .array(unjudged.map { ["rule": .string($0.rule), "error": .string($0.reason)] }),
        ]
    }

    private func text(_ value: String?) -> JSONValue {
        value.map(JSONValue.string) ?? .null
    }
}

extension Timings {
    /// Seconds of each phase; null for a phase that did not take place.
    fileprivate var json: JSONValue {
        func seconds(_ duration: Duration?) -> JSONValue {
            duration.map { .double($0.inSeconds) } ?? .null
        }
        return [
            "dns_seconds": seconds(dns), "connect_seconds": seconds(connect), "tls_seconds": seconds(tls),
            "first_byte_seconds": seconds(firstByte), "transfer_seconds": seconds(transfer),
            "total_seconds": seconds(total),
        ]
    }
}
