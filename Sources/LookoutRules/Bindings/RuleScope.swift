package import LookoutModel

/// What one type of probe reports: rules read it as `sample.<name>.<fact>`.
package struct ProbeTypeFacts: Hashable, Sendable {
    package let name: String
    package let facts: [FactField]

    package init(name: String, facts: [FactField]) {
        self.name = name
        self.facts = facts
    }
}

/// What rules may know of an environment: never a secret.
package struct EnvironmentFacts: Hashable, Sendable {
    package let name: String
    package let labels: Labels
    package let variables: [String: String]

    package init(name: String, labels: Labels = [:], variables: [String: String] = [:]) {
        self.name = name
        self.labels = labels
        self.variables = variables
    }
}

/// All that rules may name: the probe types, the environments, and the checks of the configuration.
package struct RuleScope: Sendable {
    package let types: [ProbeTypeFacts]
    package let environments: [EnvironmentFacts]
    package let checks: [Check]
    /// How long samples are stored, which is how far rules can look back after a start; nil if not known.
    package let retention: Duration?
    /// False where rules are looked at without a configuration, so that every name may be right.
    package let knowsChecks: Bool

    package init(
        types: [ProbeTypeFacts],
        environments: [EnvironmentFacts],
        checks: [Check],
        retention: Duration? = nil
    ) {
        self.types = types
        self.environments = environments
        self.checks = checks
        self.retention = retention
        knowsChecks = true
    }

    /// What can be known without a configuration.
    package init(types: [ProbeTypeFacts]) {
        self.types = types
        environments = []
        checks = []
        retention = nil
        knowsChecks = false
    }

    /// The names of all probes that have a check, each once, in order.
    package var probes: [String] {
        Set(checks.map(\.id.probe)).sorted()
    }
}
