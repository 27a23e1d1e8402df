import LookoutDeployments
import LookoutModel
import LookoutSettings

/// `deployments` as it stands in the file: what it names is looked up when everything is read.
struct DeploymentsSection: SettingsValue {
    static var shape: Shape { DeploymentSettings.shape }

    private let settings: DeploymentSettings
    private let node: SettingsNode
    private let isSound: Bool

    /// Keeps what can be read, so that its other mistakes are found too.
    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        (settings, isSound) = DeploymentSettings.readable(node, &context)
        self.node = node
    }

    /// The settings with their paths in full; nil after reporting what they name and is not there.
    ///
    /// - Parameters:
    ///   - environments: the names of the file's environments.
    ///   - probes: the names of the probes.
    ///   - directory: where the file stands.
    ///   - context: takes the findings.
    /// - Returns: The settings, or nil.
    func settings(
        environments: [String],
        probes: [String],
        in directory: ConfigurationDirectory,
        _ context: inout SettingsContext
    ) -> DeploymentSettings? {
        let before = context.diagnostics.errorReports
        let known = NameReference(kind: "environment", names: environments)
        for (key, environment) in [("production", settings.production), ("staging", settings.staging)] {
            guard let environment, let place = node[key] else { continue }
            let name = Located(environment.name, at: (place["environment"] ?? place).position)
            _ = known.resolve([name], &context)
        }
        if let probe = settings.gate.healthProbe, let place = node["gate"]?["health_probe"] {
            let name = Located(probe, at: place.position)
            _ = NameReference(kind: "probe", names: probes).resolve([name], &context)
        }
        guard isSound, context.diagnostics.errorReports == before else { return nil }
        return settings.resolved(in: directory)
    }
}

extension DeploymentSettings {
    /// The same with paths that begin where the file stands, and the branches where the repository has them.
    fileprivate func resolved(in directory: ConfigurationDirectory) -> DeploymentSettings {
        var settings = self
        settings.production.variableFile = production.variableFile.map(directory.resolve)
        settings.staging?.variableFile = staging?.variableFile.map(directory.resolve)
        settings.recordFolder = recordFolder.map(directory.resolve)
        settings.repository?.main = production.branch
        if let branch = staging?.branch { settings.repository?.staging = branch }
        if case .folder(let path)? = repository?.place {
            settings.repository?.place = .folder(directory.resolve(path))
        }
        settings.watch.longest = max(watch.longest, watch.duration)
        return settings
    }
}
