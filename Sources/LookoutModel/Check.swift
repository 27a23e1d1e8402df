/// The name of a check: `environment/probe`, such as `production/backend-health`.
package struct CheckID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let environment: String
    package let probe: String

    package init(environment: String, probe: String) {
        self.environment = environment
        self.probe = probe
    }

    /// Reads `environment/probe`; nil if there is no slash or a part is empty.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(environment: String(parts[0]), probe: String(parts[1]))
    }

    package var description: String { "\(environment)/\(probe)" }

    package static func < (left: CheckID, right: CheckID) -> Bool {
        (left.environment, left.probe) < (right.environment, right.probe)
    }
}

/// One probe in one environment on a schedule.
package struct Check: Hashable, Sendable {
    package let id: CheckID
    /// The probe type's name, such as `http`.
    package let type: String
    /// Time from one start to the next.
    package let interval: Duration
    /// Time that one attempt may take, all steps together.
    package let timeout: Duration
    /// How often a failing run is asked again before it counts: 1 is "not again".
    package let attempts: Int
    /// Labels of the environment and of the probe, `environment` and `probe` included.
    package let labels: Labels

    package init(
        id: CheckID,
        type: String,
        interval: Duration,
        timeout: Duration,
        attempts: Int = 1,
        labels: Labels = [:]
    ) {
        self.id = id
        self.type = type
        self.interval = interval
        self.timeout = timeout
        self.attempts = attempts
        self.labels = labels.merging(["environment": id.environment, "probe": id.probe])
    }
}
