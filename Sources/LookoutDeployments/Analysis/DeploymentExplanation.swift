package import LookoutModel
import LookoutStatistics

/// A stored verdict, worked out again from the runs and the events that it was worked out from.
package struct DeploymentExplanation: Equatable, Sendable {
    /// One check, with every look that was taken at it.
    package struct Check: Equatable, Sendable {
        package let analysis: CheckAnalysis
        package let looks: [ComparisonLook]
    }

    package let id: DeploymentID
    /// What is stored, and when it was said.
    package let stored: WatchVerdict
    package let judgedAt: Timestamp
    /// Nil if the same runs and events give none.
    package let recomputed: WatchVerdict?
    package let checks: [Check]

    /// Takes all that is stored of a deployment; nil if it was not watched and judged.
    package init?(_ id: DeploymentID, events: [DeploymentEvent], runs: [CheckID: ComparedRuns]) {
        guard let index = events.lastIndex(where: \.isVerdict), case .judged(let verdict) = events[index].kind
        else { return nil }
        // What came later was not known then.
        let deployment = Deployment(id, events: events[..<index])
        guard let plan = deployment.watch else { return nil }
        self.id = id
        stored = verdict
        judgedAt = events[index].at
        recomputed = WatchJudge(plan: plan, runs: runs).verdict(of: deployment, at: judgedAt)
        checks = plan.checks.sorted { $0.check < $1.check }
            .map { watched in
                let compared = runs[watched.check] ?? ComparedRuns(baseline: [], window: [])
                return Self.check(watched, plan, compared)
            }
    }

    /// Whether the verdict comes out again, word for word and digit for digit.
    package var isSame: Bool { stored == recomputed }

    private static func check(_ watched: WatchedCheck, _ plan: WatchPlan, _ runs: ComparedRuns) -> Check {
        var watch = CheckWatch(watched, plan: plan, before: runs.baseline)
        var looks: [ComparisonLook] = []
        for run in runs.window {
            let count = watch.comparison.failures.count
            watch.observe(run)
            // A run that woke a sleeper is compared with nothing.
            guard watch.comparison.failures.count > count else { continue }
            looks.append(ComparisonLook(watch.comparison, after: run))
        }
        return Check(
            analysis: CheckAnalysis(check: watched.check.description, watch.comparison),
            looks: looks
        )
    }

    package var json: JSONValue {
        [
            "id": .string(id.text),
            "judged_at": .string(judgedAt.rfc3339),
            "stored": stored.document,
            "recomputed": recomputed?.document ?? .null,
            "same": .bool(isSame),
            "checks": .array(checks.map(\.json)),
        ]
    }
}

extension DeploymentExplanation.Check {
    /// The analysis with its looks, as `lookout deploy analyze --json` writes it.
    package var json: JSONValue {
        guard case .object(var members) = analysis.json else { return .null }
        members["looks"] = .array(looks.map(\.json))
        return .object(members)
    }
}

extension DeploymentEvent {
    fileprivate var isVerdict: Bool { if case .judged = kind { true } else { false } }
}
