package import LookoutAlerting
package import LookoutDeployments
package import LookoutDiagnosis
package import LookoutModel
package import LookoutProbing
package import LookoutRules

/// A configuration that has been read and checked as a whole: nothing in it is left to look up.
package struct Configuration: Sendable {
    /// Where the databases are kept.
    package var dataDirectory: String
    /// Where the local API listens.
    package var listen: ListenAddress
    package var log: LogSettings
    /// In the order of the file.
    package var environments: [ConfiguredEnvironment]
    /// Every probe in every environment that it is for, in the order of the file.
    package var checks: [ConfiguredCheck]
    /// The paths of the rule files.
    package var ruleFiles: [String]
    package var rules: RuleSet
    /// What the rules were compiled against.
    package var ruleScope: RuleScope
    /// What is known about causes, from the knowledge files among the rule files.
    package var knowledge: Knowledge
    package var receivers: [ConfiguredReceiver]
    /// Which of them hear of which alerts.
    package var routes: Routes
    /// Reminders, planned maintenance and what counts as flapping.
    package var policy: AlertPolicy
    package var limits: LimitSettings
    package var retention: RetentionSettings
    /// By what Lookout knows that it has a network itself; without references it never asks.
    package var connectivity: Connectivity.Options
    package var heartbeats: [Heartbeat]
    /// What the file says of the alerts that Lookout raises about itself.
    package var selfAlerts: [SelfRule: SelfWatch.Setting]
    /// Where people reach this Lookout.
    package var externalURL: String
    /// Nil where nothing is said of deployments: Lookout then knows of none.
    package var deployments: DeploymentSettings?
    /// The texts that all of this was read from.
    package var sources: ConfigurationSources
}

/// A check with the probe that it runs.
package struct ConfiguredCheck: Sendable {
    package let check: Check
    package let probe: ConfiguredProbe
}

/// An environment that is watched, such as `production`.
package struct ConfiguredEnvironment: Hashable, Sendable {
    package var name: String
    /// What `${name}` stands for in the probes of this environment; never secret, as rules see them.
    package var variables: [String: String]
    /// Labels of every check of this environment.
    package var labels: Labels
}
