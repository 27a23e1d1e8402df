package import LookoutModel

/// Something that became known of a deployment; a deployment is what its events add up to.
///
/// Events are only ever appended, and count once they are stored.
package struct DeploymentEvent: Hashable, Sendable {
    package var at: Timestamp
    package var kind: Kind

    package init(at time: Timestamp, _ kind: Kind) {
        self.at = time
        self.kind = kind
    }

    /// What became known.
    package enum Kind: Hashable, Sendable {
        /// It exists: a person began it, or it was seen by itself (`origin`).
        case began(DeploymentIntent, origin: Origin)
        /// The gate was judged; the newest counts.
        case gateJudged(GateReport)
        /// A person has looked at something that cannot be probed.
        case ticked(item: String, by: String)
        /// A person goes on although the criterion is not met or not known.
        case overridden(criterion: String, by: String, reason: String)
        case backupSeen(branch: String, commit: CommitID)
        /// The branch that is deployed points elsewhere.
        case mainMoved(from: CommitID?, to: CommitID)
        /// A deploy at a provider has come into being or changed its state.
        case deploySeen(ProviderDeploy)
        /// No deploy began at this part, and why; that is no fault where a build filter says so.
        case nothingDeployed(EnvironmentPart, because: [Obstacle])
        case versionSeen(check: CheckID, before: String?, after: String?)
        case variablesChanged(EnvironmentPart, VariableChanges)
        case watchBegan(WatchPlan)
        case watchExtended(until: Timestamp)
        /// A rule fired, or its alert ended, in the environment while this went on.
        case alertSeen(WatchedAlert)
        case issuesSeen([TrackedIssue])
        /// A check or a part of the validation that follows a deployment, with its result.
        case validated(ValidationResult)
        case judged(WatchVerdict)
        case diagnosed([Diagnosis])
        case planned(RollbackPlan)
        /// Somebody rolls back; in words and, where known, to which deploy or commit.
        case rollbackSeen(part: EnvironmentPart?, detail: String)
        case recovered
        /// The hour after it is over: people are asked what users say.
        case reminded
        case noted(by: String, text: String)
        /// A field of the record, put right by a person.
        case amended(field: String, text: String, by: String)
        case closed(DeploymentResult)
        /// People were told of this step, so nobody is told twice after a restart.
        case announced(DeploymentStep)
        /// The wall clock was stepped while this went on; ends that lie ahead move along.
        case clockStepped(from: Timestamp, to: Timestamp)
        /// An event of a newer version, as it was stored; it is shown and changes nothing.
        case unknown(kind: String, document: JSONValue)
    }

    /// What made the deployment known first.
    package enum Origin: Hashable, Sendable {
        case person
        case mainMoved
        case deploy(EnvironmentPart)
        case version(CheckID)
        case variables
    }
}

/// A step of a deployment that people are told of.
package enum DeploymentStep: String, CaseIterable, Hashable, Sendable {
    case start, watch, verdict, rollback, recovery, trouble, reminder, close
}

/// What became of a deployment.
package enum DeploymentResult: Hashable, Sendable {
    case successful
    /// Worse than before, and nothing was rolled back while it was watched.
    case regressed
    case rolledBack
    /// A provider could not publish it; users have what they had before.
    case failed(reason: String)
    /// Nobody can say whether it is better or worse.
    case inconclusive(reason: String)
    /// Another deployment took its place before it could be judged.
    case superseded(by: String)
    case abandoned(reason: String)
}

/// A part of the validation after a deployment, as the record lists it.
package struct ValidationResult: Hashable, Sendable {
    /// What the validation of a part came to.
    package enum Verdict: String, Hashable, Sendable {
        case passed, failed, unknown
    }

    /// `backend-health`, `cors`, `websocket`, `frontend`, `markers`, `errors`, `page-load`, `user-reports`, or a flow.
    package var item: String
    package var verdict: Verdict
    /// What was seen, in one line.
    package var detail: String

    package init(item: String, verdict: Verdict, detail: String) {
        self.item = item
        self.verdict = verdict
        self.detail = detail
    }
}

/// An alert of the environment that a deployment goes to.
package struct WatchedAlert: Hashable, Sendable {
    package var rule: String
    package var labels: Labels
    package var severity: Severity
    package var summary: String
    package var isFiring: Bool
    package var since: Timestamp
    /// When it ended; nil while it fires, and where nobody can say.
    package var endedAt: Timestamp?

    package init(
        rule: String,
        labels: Labels,
        severity: Severity,
        summary: String,
        isFiring: Bool,
        since: Timestamp,
        endedAt: Timestamp? = nil
    ) {
        self.rule = rule
        self.labels = labels
        self.severity = severity
        self.summary = summary
        self.isFiring = isFiring
        self.since = since
        self.endedAt = endedAt
    }
}

/// Which variables differ between two looks, without their values.
package struct VariableChanges: Hashable, Sendable {
    package var added: [String]
    package var removed: [String]
    package var changed: [String]

    package init(added: [String] = [], removed: [String] = [], changed: [String] = []) {
        self.added = added
        self.removed = removed
        self.changed = changed
    }

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}
