import LookoutSettings

/// Writes the files of a migration, endpoint by endpoint.
struct MigrationWriter {
    let environment: String
    private(set) var diagnostics = Diagnostics()
    private var probes = YAMLLines()
    private var ruleLines = YAMLLines()
    private var names: Set<String> = []
    /// The environment variables of Gatus that are no secrets, each with a value to replace.
    private var variables: [(name: String, value: String)] = []

    init(environment: String) {
        self.environment = environment
    }

    mutating func write(_ file: GatusFile) {
        for (what, position) in file.leftOut {
            diagnostics.warning("there is no equivalent yet for \(what)", at: position)
        }
        if !file.providers.isEmpty {
            diagnostics.warning(
                "alerting providers are not migrated: \(file.providers.joined(separator: ", "))",
                at: nil,
                hint: "name who is told under receivers:; alertmanager_webhook suits most bridges"
            )
        }
        for endpoint in file.endpoints { write(endpoint) }
    }

    /// The rule file.
    var rules: String {
        var lines = YAMLLines()
        lines.comment(
            """
            Rules migrated from a Gatus configuration by `lookout rules migrate gatus`.

            A rule is true when the endpoint does not answer, answers with a status that Gatus would not
            have taken, or misses a condition; "differs:" says where Gatus would have judged otherwise.
            Severities (1 outage, 2 major, 3 minor) and runbooks are yours to set: Gatus has none.
            A fault that two endpoints share raises two alerts; depends_on: says which explains which.
            """
        )
        if ruleLines.lines.isEmpty {
            lines.add("groups: []")
            return lines.text
        }
        lines.add("groups:")
        return lines.text + ruleLines.text
    }

    /// The configuration file.
    func configuration(of file: GatusFile) -> String {
        var lines = YAMLLines()
        lines.comment(
            """
            Migrated from a Gatus configuration by `lookout rules migrate gatus`.

            Gatus has groups and no environments: everything is in one, and the group is a label.
            """
        )
        lines.add("environments:")
        lines.indented { lines in
            guard !variables.isEmpty else { return lines.add("\(environment): {}") }
            lines.add("\(environment):")
            lines.indented { lines in
                lines.comment(
                    "Gatus takes these from its process's environment. Put their values here, but no secrets."
                )
                lines.add("variables:")
                lines.indented { lines in
                    for (name, value) in variables { lines.add("\(name): \(value.yamlScalar)") }
                }
            }
        }
        lines.add("")
        lines.add("defaults:")
        lines.indented { lines in
            lines.add("interval: 60s")
            lines.add("timeout: 10s")
            lines.add("attempts: 1 # Gatus does not ask again within a check; 2 saves many false alarms")
        }
        lines.add("")
        let probeText = probes.lines.contains { !$0.hasPrefix("  #") }
        lines.add(probeText ? "probes:" : "probes: []")
        var text = lines.text + probes.text + "\n"
        text += "rules:\n  files: [\(GatusMigration.rulesFile)]\n\n"
        if !file.providers.isEmpty {
            text +=
                "# Gatus told: \(file.providers.map(\.onOneLine).joined(separator: ", ")). See docs/configuration.md.\n"
        }
        return text + "receivers:\n  - name: journal\n    journal: {}\n"
    }

    // MARK: Endpoints

    private mutating func write(_ endpoint: GatusEndpoint) {
        let title = [endpoint.group, endpoint.name].filter { !$0.isEmpty }.joined(separator: "/")
        guard endpoint.isEnabled else {
            return leaveOut(title, endpoint, "it is not enabled", isLoss: false)
        }
        guard !endpoint.name.isEmpty, !endpoint.url.isEmpty else {
            return leaveOut(title.isEmpty ? endpoint.url : title, endpoint, "it has no name or no url")
        }
        let scheme = endpoint.url.prefix { $0 != ":" }.lowercased()
        if endpoint.hasDNS || endpoint.hasSSH {
            return leaveOut(
                title,
                endpoint,
                "probes of type \(endpoint.hasDNS ? "dns" : "ssh") are not built yet"
            )
        }
        let isVariable = endpoint.url.hasPrefix("$")
        guard ["http", "https", "ws", "wss"].contains(scheme) || isVariable else {
            return leaveOut(title, endpoint, "probes of type \(scheme) are not built yet")
        }
        let name = uniqueName(of: endpoint)
        var migration = EndpointMigration(endpoint, name: name, isWebSocket: scheme.hasPrefix("ws"))
        migration.migrate()
        for variable in migration.variables where !variables.contains(where: { $0.name == variable.name }) {
            variables.append(variable)
        }
        for (message, position) in migration.warnings {
            diagnostics.warning("\(title): \(message)", at: position)
        }
        probes.indented { $0.append(migration.probe) }
        if let rules = migration.rules {
            ruleLines.indented { $0.append(rules) }
        }
    }

    private mutating func leaveOut(
        _ title: String,
        _ endpoint: GatusEndpoint,
        _ reason: String,
        isLoss: Bool = true
    ) {
        probes.indented { lines in
            lines.comment("left out: \(title) (\(endpoint.url.withoutSecrets)): \(reason)")
            for condition in endpoint.conditions where isLoss { lines.comment("  \(condition.text)") }
        }
        if isLoss { diagnostics.warning("\(title) is left out: \(reason)", at: endpoint.position) }
    }

    private mutating func uniqueName(of endpoint: GatusEndpoint) -> String {
        let slug = String("\(endpoint.group) \(endpoint.name)".slug.prefix(80)).slug
        let base = slug.isEmpty ? "endpoint" : slug
        var name = base
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(base)-\(number)"
        }
        return name
    }
}

extension String {
    /// A URL without user and password.
    var withoutSecrets: String {
        guard let scheme = firstRange(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard let sign = host.lastIndex(of: "@") else { return self }
        return String(self[..<scheme.upperBound] + rest[rest.index(after: sign)...])
    }
}

extension YAMLLines {
    /// Adds the lines of another block at this depth.
    mutating func append(_ other: YAMLLines) {
        for line in other.lines { add(line) }
    }
}
