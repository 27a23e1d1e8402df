package import LookoutAlerting
import LookoutDiagnosis
import LookoutModel
package import LookoutProbing
import LookoutRules
package import LookoutSettings

/// Reads a configuration file and everything that it names, and checks it as a whole.
///
/// Every error is reported, not only the first, with its file, line and column. Nothing is changed
/// and nothing is kept: who wants to know whether a file is sound loads it and looks.
package struct ConfigurationLoader: Sendable {
    private let probes: ProbeRegistry
    private let receivers: ReceiverRegistry
    private let secrets: any SecretSource
    private let stateDirectory: String?

    /// - Parameters:
    ///   - probes: the probe types that the file may use.
    ///   - receivers: the receiver types that the file may use.
    ///   - secrets: where secrets are looked up.
    ///   - stateDirectory: where data goes if the file does not say; systemd's `StateDirectory=`.
    package init(
        probes: ProbeRegistry,
        receivers: ReceiverRegistry,
        secrets: any SecretSource = SystemSecrets(),
        stateDirectory: String? = ProcessEnvironment.value("STATE_DIRECTORY")
    ) {
        self.probes = probes
        self.receivers = receivers
        self.secrets = secrets
        self.stateDirectory = stateDirectory
    }

    /// The configuration, nil if there are errors; and whatever was found, warnings included.
    package func load(_ path: String) -> (configuration: Configuration?, diagnostics: Diagnostics) {
        read(YAMLReader(file: path).readFile(), of: path) { file, directory in
            RuleFileList(file.rules.files, in: directory)
        }
    }

    /// The same of texts that were read earlier; what they refer to is looked up now.
    package func load(
        _ sources: ConfigurationSources
    ) -> (configuration: Configuration?, diagnostics: Diagnostics) {
        let main = sources.main
        return read(YAMLReader(file: main.path).read(Array(main.text.utf8)), of: main.path) { _, _ in
            RuleFileList(sources.rules)
        }
    }

    private func read(
        _ result: Result<YAMLReader.Document, Diagnostics>,
        of path: String,
        rules ruleFiles: (ConfigurationFile, ConfigurationDirectory) -> RuleFileList
    ) -> (configuration: Configuration?, diagnostics: Diagnostics) {
        let document: YAMLReader.Document
        switch result {
        case .success(let read): document = read
        case .failure(let diagnostics): return (nil, diagnostics)
        }
        let directory = ConfigurationDirectory(ofFile: path)
        var context = SettingsContext(secrets: SecretsBesideFile(source: secrets, directory: directory))
        let file = ConfigurationFile.readable(document.root, &context).settings
        var expansion = ProbeExpansion(registry: probes, file: file)
        let checks = file.probes.flatMap { expansion.checks(of: $0, &context) }
        var receiverList = ReceiverList(registry: receivers)
        let configuredReceivers = file.receivers.compactMap { receiverList.receiver(of: $0, &context) }
        let heartbeats = file.heartbeats(
            HeartbeatReceivers(configuredReceivers, names: receiverList.knownNames),
            &context
        )
        let (routes, policy) = file.telling.read(
            configuredReceivers,
            names: receiverList.knownNames,
            &context
        )
        let deployments = file.deployments?.settings(
            environments: file.environments.map(\.name),
            probes: Array(Set(checks.map(\.check.id.probe))),
            in: directory,
            &context
        )
        let ruleFiles = ruleFiles(file, directory)
        context.diagnostics.add(contentsOf: ruleFiles.diagnostics)
        let scope = RuleScope(
            types: probes.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
            environments: file.environments.map(\.facts),
            checks: checks.map(\.check),
            retention: file.retention.samples
        )
        let (rules, ruleFindings) = RuleCompiler(scope: scope).compile(ruleFiles.files)
        context.diagnostics.add(contentsOf: ruleFindings)
        let (knowledge, knowledgeFindings) = KnowledgeCompiler().compile(ruleFiles.files)
        context.diagnostics.add(contentsOf: knowledgeFindings)
        guard !context.diagnostics.hasErrors, let rules, let knowledge else {
            return (nil, context.diagnostics)
        }
        let configuration = Configuration(
            dataDirectory: dataDirectory(file.dataDirectory, in: directory),
            listen: file.listen,
            log: file.log,
            environments: file.environments.compactMap(\.environment),
            checks: checks.compactMap(\.configured),
            ruleFiles: ruleFiles.paths,
            rules: rules,
            ruleScope: scope,
            knowledge: knowledge,
            receivers: configuredReceivers,
            routes: routes,
            policy: policy,
            limits: file.limits,
            retention: file.retention,
            connectivity: file.connectivity.options,
            heartbeats: heartbeats,
            selfAlerts: file.selfAlerts.settings,
            externalURL: file.externalURL?.text ?? "http://\(file.listen)",
            deployments: deployments,
            sources: ConfigurationSources(
                main: FileText(path: path, text: document.source),
                rules: ruleFiles.texts,
                plainSecrets: context.plainSecrets
            )
        )
        return (configuration, context.diagnostics)
    }

    /// Where data goes.
    ///
    /// - Parameters:
    ///   - named: what the file says; nil if it says nothing.
    ///   - directory: where the file stands.
    /// - Returns: A directory, which need not be there.
    func dataDirectory(_ named: String?, in directory: ConfigurationDirectory) -> String {
        if let named { return directory.resolve(named) }
        // systemd joins several directories with colons; the first is the main one.
        let given = stateDirectory?.split(separator: ":").first.map(String.init)
        return given ?? directory.resolve("lookout-data")
    }
}
