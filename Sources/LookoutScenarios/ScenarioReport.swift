import LookoutDeployments
package import LookoutModel

/// What came of a scenario.
package struct ScenarioReport: Sendable {
    /// What is rehearsed.
    package let name: String
    /// What was not as the scenario expects it; empty if all was.
    package internal(set) var unmet: [String] = []
    /// The alerts, deployments and what Lookout says of them, as `lookout demo --scenario FILE --json` prints it.
    package private(set) var json = JSONValue.object([:])

    /// The same for people.
    package private(set) var text = ""

    init(name: String) {
        self.name = name
    }

    mutating func fill(
        _ end: ScenarioSituation,
        _ chronicle: AlertChronicle,
        _ deployments: [Deployment],
        remarks: [String],
        since start: Timestamp
    ) {
        func seconds(_ time: Timestamp?) -> JSONValue {
            time.map { .double(Double(($0 - start).microseconds) / 1_000_000) } ?? .null
        }
        json = [
            "scenario": .string(name),
            "alerts": .array(
                chronicle.entries.map { entry in
                    [
                        "rule": .string(entry.rule), "environment": .string(entry.environment),
                        "severity": .int(Int64(entry.severity.rawValue)),
                        "summary": .string(entry.summary),
                        "fired_after_seconds": seconds(entry.firedAt),
                        "ended_after_seconds": seconds(entry.endedAt),
                    ]
                }
            ),
            "severity": end.severity.map { .int(Int64($0.rawValue)) } ?? .null,
            "deployments": .array(
                deployments.map { deployment in
                    [
                        "id": .string(deployment.id.text),
                        "phase": .string(deployment.phase.rawValue),
                        "began_after_seconds": seconds(deployment.beganAt),
                        "verdict": deployment.verdict?.document ?? .null,
                        "diagnoses": .array(deployment.diagnoses.map(\.document)),
                        "rollback": deployment.plan?.document ?? .null,
                        "rolled_back": .bool(!deployment.rollbacks.isEmpty),
                        "recovered_after_seconds": seconds(deployment.recoveredAt),
                    ]
                }
            ),
            "verdict": end.deployment?.verdict.map { .string($0.word.rawValue) } ?? .null,
            "diagnoses": .array(end.advice.diagnoses.map(\.document)),
            "rollback": end.advice.plan?.document ?? .null,
            "remarks": .array(remarks.map(JSONValue.string)),
            "unmet": .array(unmet.map(JSONValue.string)),
        ]
        text = Self.text(name, end, chronicle, remarks: remarks, unmet: unmet, since: start)
    }

    private static func text(
        _ name: String,
        _ end: ScenarioSituation,
        _ chronicle: AlertChronicle,
        remarks: [String],
        unmet: [String],
        since start: Timestamp
    ) -> String {
        func minutes(_ time: Timestamp) -> String {
            let seconds = (time - start).components.seconds
            return "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
        }
        var lines = [name, ""]
        for entry in chronicle.entries {
            let end = entry.endedAt.map { "to \(minutes($0))" } ?? "to the end"
            lines.append(
                "severity \(entry.severity.rawValue)  \(minutes(entry.firedAt)) \(end)  \(entry.rule)  "
                    + PlainText.line(entry.summary)
            )
        }
        if chronicle.entries.isEmpty { lines.append("no alert fired") }
        if let verdict = end.deployment?.verdict {
            lines += ["", "verdict: \(verdict.word.rawValue)"]
            lines += verdict.reasons.map { "  " + PlainText.line($0.text) }
        }
        for (rank, diagnosis) in end.advice.diagnoses.enumerated() {
            if rank == 0 { lines += ["", "likely causes:"] }
            lines.append("  \(rank + 1). \(diagnosis.cause): \(PlainText.line(diagnosis.title))")
            lines += diagnosis.evidence.map { "     + " + PlainText.line($0) }
            lines += diagnosis.counterEvidence.map { "     - " + PlainText.line($0) }
        }
        if let plan = end.advice.plan {
            lines += ["", "rollback: \(PlainText.line(plan.suggestion))"]
            for option in plan.options.prefix(plan.suggestedCount) {
                lines += option.steps.compactMap { step in step.command.map { "  " + $0.shellText } }
            }
        }
        if !remarks.isEmpty { lines += [""] + remarks.map { "remark: " + PlainText.line($0) } }
        if !unmet.isEmpty { lines += ["", "not as expected:"] + unmet.map { "  " + PlainText.line($0) } }
        return lines.joined(separator: "\n") + "\n"
    }
}
