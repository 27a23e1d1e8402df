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

    package init(types: [ProbeTypeFacts], environments: [EnvironmentFacts], checks: [Check]) {
        self.types = types
        self.environments = environments
        self.checks = checks
    }

    /// The names of all probes that have a check, each once, in order.
    package var probes: [String] {
        Set(checks.map(\.id.probe)).sorted()
    }
}
