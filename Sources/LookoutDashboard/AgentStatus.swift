package import LookoutModel

/// What the running agent says of itself: the answer of `/api/v1/status` and of `lookout status`.
package struct AgentStatus: Hashable, Sendable {
    package var version: String
    package var startedAt: Timestamp
    package var now: Timestamp
    package var configuration: ConfigurationStatus
    package var checks: [CheckStatus]
    package var alerts: [AlertStatus]
    package var receivers: [ReceiverStatus]
    package var ruleErrors: [RuleErrorStatus]
    package var rules: [RuleStatus]
    package var counters: AgentCounters

    package init(
        version: String,
        startedAt: Timestamp,
        now: Timestamp,
        configuration: ConfigurationStatus,
        checks: [CheckStatus],
        alerts: [AlertStatus],
        receivers: [ReceiverStatus],
        ruleErrors: [RuleErrorStatus] = [],
        rules: [RuleStatus] = [],
        counters: AgentCounters
    ) {
        self.version = version
        self.startedAt = startedAt
        self.now = now
        self.configuration = configuration
        self.checks = checks
        self.alerts = alerts
        self.receivers = receivers
        self.ruleErrors = ruleErrors
        self.rules = rules
        self.counters = counters
    }

    /// The worst severity of a firing alert; nil if none fires.
    package var worstSeverity: Severity? {
        alerts.filter { $0.state == "firing" || $0.state == "recovering" }.compactMap(\.severity).min()
    }
}

/// Which configuration is in force, and whether a newer one was refused.
package struct ConfigurationStatus: Hashable, Sendable {
    package var path: String
    package var loadedAt: Timestamp
    /// Why the last reload was refused; nil if the last one worked.
    package var reloadError: String?

    package init(path: String, loadedAt: Timestamp, reloadError: String? = nil) {
        self.path = path
        self.loadedAt = loadedAt
        self.reloadError = reloadError
    }
}

/// The newest word on one check.
package struct CheckStatus: Hashable, Sendable {
    package var id: CheckID
    package var type: String
    package var interval: Duration
    /// `ok`, `failed`, `error`, `inconclusive`, or `pending` before the first sample.
    package var outcome: String
    package var failure: String?
    package var message: String?
    package var sampledAt: Timestamp?
    package var duration: Duration?
    package var statusCode: Int?
    package var version: String?

    package init(check: Check, newest sample: Sample?) {
        id = check.id
        type = check.type
        interval = check.interval
        outcome = sample?.outcome.name ?? "pending"
        failure = sample?.outcome.failure?.kind.rawValue
        message = sample?.outcome.message
        sampledAt = sample?.startedAt
        duration = sample?.timings.total
        statusCode = sample?.statusCode
        version = sample?.version
    }
}

/// Counts since the agent started.
package struct AgentCounters: Hashable, Sendable {
    package var runs = 0
    /// Runs left out because the one before was still under way or the machine was busy.
    package var skippedRuns = 0
    package var runsInFlight = 0
    package var samplesStored = 0
    /// Samples lost because the disk did not take them.
    package var samplesDropped = 0
    package var ruleEvaluations = 0
    /// Rules that could not be evaluated: each is a fault of a rule or an unexpected answer.
    package var ruleErrors = 0
    /// Alerts that fired and were not told as they should have been: each is a fault of Lookout.
    package var auditFindings = 0
    /// Whether Lookout knows that it has no network.
    package var isOffline = false

    package init() {}
}
