package import LookoutModel

/// What a person asks the gate for.
package struct GateRequest: Hashable, Sendable {
    package var intent: DeploymentIntent
    /// The branch that would be merged; nil for staging's.
    package var branch: String?
    /// Items of the checklist that people have looked at; the newest of an item counts.
    package var ticks: [GateTick]
    package var overrides: [GateReport.Override]
    /// The deployment that this gate belongs to, if it has begun.
    package var deployment: DeploymentID?

    package init(
        _ intent: DeploymentIntent,
        branch: String? = nil,
        ticks: [GateTick] = [],
        overrides: [GateReport.Override] = [],
        deployment: DeploymentID? = nil
    ) {
        self.intent = intent
        self.branch = branch
        self.ticks = ticks
        self.overrides = overrides
        self.deployment = deployment
    }
}

/// Somebody has looked at what cannot be probed.
package struct GateTick: Hashable, Sendable {
    /// The id of the checklist's item.
    package var item: String
    package var by: String
    package var at: Timestamp

    package init(item: String, by name: String, at time: Timestamp) {
        self.item = item
        self.by = name
        self.at = time
    }
}

/// The reasons to deploy that the workflow knows.
package enum DeployReason: String, CaseIterable, Hashable, Sendable {
    case backendFixes = "backend-fixes"
    case testedFeatures = "tested-features"
    case criticalBugs = "critical-bugs"
    case variableMismatch = "variable-mismatch"
    case corsConfiguration = "cors-configuration"
    case pamBroken = "pam-broken"

    /// In the workflow's words.
    package var text: String {
        switch self {
        case .backendFixes: "Backend fixes are needed"
        case .testedFeatures: "New features are fully tested and validated on staging"
        case .criticalBugs: "Critical bugs need immediate production deployment"
        case .variableMismatch: "Environment variable mismatches between staging and production backends"
        case .corsConfiguration: "CORS configuration issues need to be resolved"
        case .pamBroken: "PAM functionality is broken in production but working in staging"
        }
    }
}
