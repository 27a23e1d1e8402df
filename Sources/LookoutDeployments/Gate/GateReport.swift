package import LookoutModel

/// What the gate before a deployment says, criterion by criterion.
package struct GateReport: Hashable, Sendable {
    /// What was found out about one criterion.
    package enum Verdict: Hashable, Sendable {
        case go
        case noGo
        /// Nobody can say; blocks like `noGo` unless a person overrides it.
        case unknown
        /// Not asked, and why: the shortened gate of an emergency, or a criterion that has no object here.
        case skipped(reason: String)
    }

    /// A criterion with what was found out about it.
    package struct Finding: Hashable, Sendable {
        /// The name for overrides and machines: `staging-healthy`.
        package var criterion: String
        /// What is asked, as a statement: "staging has been healthy for 30 minutes".
        package var title: String
        package var verdict: Verdict
        /// What was seen, a line each.
        package var evidence: [String]
        /// What to do where it is not met: sentences, lines to paste, commands.
        package var remedy: [String]

        package init(
            _ criterion: String,
            _ title: String,
            _ verdict: Verdict,
            evidence: [String] = [],
            remedy: [String] = []
        ) {
            self.criterion = criterion
            self.title = title
            self.verdict = verdict
            self.evidence = evidence
            self.remedy = remedy
        }
    }

    /// A person who goes on in spite of a finding.
    package struct Override: Hashable, Sendable {
        package var criterion: String
        package var by: String
        package var reason: String

        package init(criterion: String, by name: String, reason: String) {
            self.criterion = criterion
            self.by = name
            self.reason = reason
        }
    }

    /// What all findings come to.
    package enum Decision: String, Hashable, Sendable {
        case go
        case noGo = "no-go"
        case unknown
    }

    package var at: Timestamp
    package var environment: String
    package var isEmergency: Bool
    /// What would be deployed, and what is deployed now.
    package var candidate: CommitID?
    package var main: CommitID?
    package var backupBranch: String?
    package var findings: [Finding]
    package var overrides: [Override]

    package init(
        at time: Timestamp,
        environment: String,
        isEmergency: Bool = false,
        candidate: CommitID? = nil,
        main: CommitID? = nil,
        backupBranch: String? = nil,
        findings: [Finding],
        overrides: [Override] = []
    ) {
        self.at = time
        self.environment = environment
        self.isEmergency = isEmergency
        self.candidate = candidate
        self.main = main
        self.backupBranch = backupBranch
        self.findings = findings
        self.overrides = overrides
    }

    /// `go` only if every finding is met, skipped or overridden; a finding that is not met weighs more than an unknown.
    package var decision: Decision {
        let overridden = Set(overrides.map(\.criterion))
        let open = findings.filter { !overridden.contains($0.criterion) }
        if open.contains(where: { $0.verdict == .noGo }) { return .noGo }
        return open.contains { $0.verdict == .unknown } || findings.isEmpty ? .unknown : .go
    }
}
