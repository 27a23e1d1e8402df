/// A likely cause of what is seen, with what speaks for it and against it.
package struct Diagnosis: Hashable, Sendable {
    /// What to do about it.
    package struct Fix: Hashable, Sendable {
        /// A sentence with real values in it.
        package var text: String
        package var command: CommandLine?

        package init(_ text: String, command: CommandLine? = nil) {
            self.text = text
            self.command = command
        }
    }

    /// What would help, as far as rolling back is concerned.
    package enum Remedy: String, Hashable, Sendable, CaseIterable {
        case rollbackFrontend = "rollback-frontend"
        case rollbackBackend = "rollback-backend"
        case rollbackCode = "rollback-code"
        case restoreVariables = "restore-variables"
        /// A rollback would not help: a provider's incident, a cold start, one's own network.
        case wait
        case repair
    }

    /// The name in the knowledge file: `missing-variables`.
    package var cause: String
    package var title: String
    /// Between 0 and 1, of all causes together with "something else"; for ranking, not a promise.
    package var probability: Double
    package var evidence: [String]
    package var counterEvidence: [String]
    /// What would tell, and could not be asked.
    package var unknown: [String]
    package var remedy: Remedy
    package var fixes: [Fix]

    package init(
        cause: String,
        title: String,
        probability: Double,
        evidence: [String],
        counterEvidence: [String] = [],
        unknown: [String] = [],
        remedy: Remedy,
        fixes: [Fix] = []
    ) {
        self.cause = cause
        self.title = title
        self.probability = probability
        self.evidence = evidence
        self.counterEvidence = counterEvidence
        self.unknown = unknown
        self.remedy = remedy
        self.fixes = fixes
    }
}

/// Who names causes: the knowledge file.
package protocol Diagnostician: Sendable {
    /// The likeliest first; empty if nothing is wrong.
    func diagnoses(of symptoms: Symptoms) -> [Diagnosis]
}
