package import LookoutAlerting
package import LookoutConfiguration

/// What the agent is given besides its configuration.
package struct AgentOptions: Sendable {
    /// The configuration file, read again on reload.
    package var configurationPath: String
    package var loader: ConfigurationLoader
    package var notifier: ServiceNotifier
    /// Where `terminal` receivers write.
    package var output: any LineOutput
    /// Where `journal` receivers write.
    package var errorOutput: any LineOutput
    /// What must not be shown when a receiver is tried; nil if nothing is looked up.
    package var secrets: RememberedSecrets?

    package init(
        configurationPath: String,
        loader: ConfigurationLoader,
        notifier: ServiceNotifier,
        output: any LineOutput,
        errorOutput: any LineOutput,
        secrets: RememberedSecrets? = nil
    ) {
        self.configurationPath = configurationPath
        self.loader = loader
        self.notifier = notifier
        self.output = output
        self.errorOutput = errorOutput
        self.secrets = secrets
    }
}
