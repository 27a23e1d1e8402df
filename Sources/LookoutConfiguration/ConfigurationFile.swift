import LookoutModel
import LookoutRules
import LookoutSettings

/// The file as it stands: everything that can be read before the probes are expanded.
///
/// Probes and receivers are kept as nodes, since what they may hold depends on the types there are.
struct ConfigurationFile: Settings {
    var dataDirectory: String?
    var listen = ListenAddress.standard
    var log = LogSettings()
    var environments: [EnvironmentEntry] = []
    var defaults = CheckDefaults()
    var limits = LimitSettings()
    var retention = RetentionSettings()
    var rules = RulesSettings()
    var probes: [SettingsNode] = []
    var receivers: [SettingsNode] = []
    var telling = TellingSections()
    var connectivity = ConnectivitySettings()
    var heartbeats: [HeartbeatSettings] = []
    var selfAlerts = SelfAlertSettings()
    var externalURL: ExternalURL?
    var deployments: DeploymentsSection?

    static var fields: [Field<ConfigurationFile>] {
        [
            Field(
                "data_directory",
                \.dataDirectory,
                "Where the databases are kept. Default: $STATE_DIRECTORY, else lookout-data beside this file."
            ),
            Field("listen", \.listen, "Where the local API listens. Default: \(ListenAddress.standard)."),
            Field("log", \.log, "What the daemon says of itself."),
            environmentsField,
            Field("defaults", \.defaults, "What probes have that do not say otherwise."),
            Field("limits", \.limits, "How much Lookout may do at once."),
            Field("retention", \.retention, "How long history is kept."),
            nodes("probes", \.probes, "What is watched, each once for all environments.", required: true),
            Field("rules", \.rules, "When to alert."),
            nodes("receivers", \.receivers, "Who is told."),
            Field(
                "routes",
                readable: \.telling.routes,
                "Who is told of what. Default: everybody of everything."
            ),
            Field("reminders", \.telling.reminders, "How often people are told again, by severity."),
            Field(
                "announcements",
                \.telling.announcements,
                "How the steps of deployments and incidents are worded when they are announced."
            ),
            Field("flapping", \.telling.flapping, "When an alert flaps; off: never. Default: above 30 %."),
            Field(
                "time_intervals",
                readable: \.telling.timeIntervals,
                "Times by name, for routes and maintenance."
            ),
            Field(
                "maintenance",
                readable: \.telling.maintenance,
                "Planned work, of which nobody is told meanwhile."
            ),
            Field(
                "deployments",
                \.deployments,
                "Where the product is deployed, and what must hold before and after."
            ),
            Field("connectivity", \.connectivity, "By what Lookout knows that it has a network itself."),
            Field("heartbeats", \.heartbeats, "Addresses outside that raise the alarm when Lookout is dead."),
            Field("self_alerts", \.selfAlerts, "How bad it is what Lookout finds wrong with itself."),
            Field(
                "external_url",
                \.externalURL,
                "Where people reach this Lookout, for links. Default: http:// and what `listen` says."
            ),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if let dataDirectory, dataDirectory.isEmpty {
            context.error("data_directory is empty", at: node["data_directory"] ?? node)
        }
        if probes.isEmpty {
            context.diagnostics.warning(
                "there is no probe, so nothing is watched",
                at: node["probes"]?.position
            )
        }
    }

    private static var environmentsField: Field<ConfigurationFile> {
        Field(
            "environments",
            "The environments that are watched, by name.",
            required: true,
            shape: .dictionary(EnvironmentSettings.shape)
        ) { node, context, file in
            guard let entries = node.entries(&context) else { return false }
            file.environments = entries.map { EnvironmentEntry($0, &context) }
            if entries.isEmpty {
                context.error(
                    "there is no environment",
                    at: node,
                    hint: "name at least one, such as production:"
                )
            }
            return !entries.isEmpty && file.environments.allSatisfy { $0.environment != nil }
        }
    }

    /// A list that is looked at later.
    private static func nodes(
        _ key: String,
        _ path: any WritableKeyPath<ConfigurationFile, [SettingsNode]> & Sendable,
        _ summary: String,
        required: Bool = false
    ) -> Field<ConfigurationFile> {
        Field(key, summary, required: required, shape: .list(.any)) { node, context, file in
            switch node.content {
            case .null: return true
            case .sequence(let nodes): file[keyPath: path] = nodes
            default:
                context.error(
                    "expected a list, found \(node.kind)",
                    at: node,
                    hint: "begin each of the \(key) with \"- name:\""
                )
                return false
            }
            return true
        }
    }
}

/// One environment of the file: its name, and what is known of it unless it has errors.
struct EnvironmentEntry {
    let name: String
    /// Nil after an error in it was reported.
    let environment: ConfiguredEnvironment?

    init(_ entry: SettingsNode.Entry, _ context: inout SettingsContext) {
        name = entry.key
        let validName = Name(entry.key, at: entry.position, &context)
        let settings = EnvironmentSettings(entry.value, &context)
        environment =
            if validName != nil, let settings {
                ConfiguredEnvironment(name: name, variables: settings.variables, labels: settings.labels)
            } else {
                nil
            }
    }
}

extension EnvironmentEntry {
    /// What rules may know of it.
    var facts: EnvironmentFacts {
        EnvironmentFacts(
            name: name,
            labels: environment?.labels ?? [:],
            variables: environment?.variables ?? [:]
        )
    }
}

/// What stands under an environment's name.
struct EnvironmentSettings: Settings {
    var variables: [String: String] = [:]
    var labels: Labels = [:]

    static var fields: [Field<EnvironmentSettings>] {
        [
            Field("variables", \.variables, "What ${name} stands for in the probes. Not for secrets."),
            Field("labels", \.labels, "Labels of every check of this environment."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        labels.reportReserved(at: node["labels"] ?? node, &context)
    }
}

extension Labels {
    /// Reports labels that Lookout sets itself.
    func reportReserved(at node: SettingsNode, _ context: inout SettingsContext) {
        for name in ["environment", "probe", "severity", "alertname"] where self[name] != nil {
            context.error(
                "the label \"\(name)\" belongs to Lookout",
                at: node[name] ?? node,
                hint: "give yours another name"
            )
        }
    }
}
