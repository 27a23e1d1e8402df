import LookoutModel
import LookoutProbing
import LookoutSettings

/// Makes checks of the file's probes: each probe once for each of its environments.
struct ProbeExpansion {
    let registry: ProbeRegistry
    let defaults: CheckDefaults
    let environments: [EnvironmentEntry]
    private var names = NameRegister(kind: "probe")

    static var commonKeys: [String] { ProbeIdentity.fields.map(\.key) + CheckSettings.fields.map(\.key) }

    init(registry: ProbeRegistry, file: ConfigurationFile) {
        self.registry = registry
        defaults = file.defaults
        environments = file.environments
    }

    /// A check as far as it could be read, so that rules can be held against it in any case.
    struct ExpandedCheck {
        let check: Check
        /// Nil if its settings have errors, which are reported.
        let probe: ConfiguredProbe?

        var configured: ConfiguredCheck? {
            probe.map { ConfiguredCheck(check: check, probe: $0) }
        }
    }

    /// The checks of one probe.
    mutating func checks(of node: SettingsNode, _ context: inout SettingsContext) -> [ExpandedCheck] {
        let entry = TypedEntry(
            node,
            kind: "probe",
            commonKeys: ProbeExpansion.commonKeys,
            types: registry.names,
            &context
        )
        guard let entry else { return [] }
        let identity = ProbeIdentity.readable(entry.node(for: ProbeIdentity.self), &context).settings
        let isNew = identity.name.map { names.take($0, &context) } ?? false
        var checks: [ExpandedCheck] = []
        for environment in selected(by: identity, &context) {
            context.variables = environment.variables
            context.environment = environment.name
            let settings = CheckSettings.readable(entry.node(for: CheckSettings.self), &context).settings
            let probe = entry.tag.flatMap { tag in
                registry.type(named: tag.key)?.configured(tag.value, &context)
            }
            if isNew, let name = identity.name {
                let check = check(name, type: entry.tag?.key ?? "", in: environment, settings, &context)
                checks.append(ExpandedCheck(check: check, probe: probe))
            }
        }
        context.variables = [:]
        context.environment = nil
        return checks
    }

    /// The environments that a probe is for, those with errors of their own left out.
    private func selected(
        by identity: ProbeIdentity,
        _ context: inout SettingsContext
    ) -> [ConfiguredEnvironment] {
        guard let chosen = identity.environments else { return environments.compactMap(\.environment) }
        let known = environments.map(\.name)
        var seen: Set<String> = []
        for choice in chosen {
            if !known.contains(choice.value) {
                context.diagnostics.error(
                    "there is no environment \"\(choice.value.shortened)\"",
                    at: choice.position,
                    hint: Spelling.hint(for: choice.value, among: known)
                )
            } else if !seen.insert(choice.value).inserted {
                context.diagnostics.error(
                    "environment \"\(choice.value)\" is named twice",
                    at: choice.position
                )
            }
        }
        if chosen.isEmpty, let name = identity.name {
            context.diagnostics.error(
                "probe \"\(name.value.text)\" is for no environment",
                at: name.position,
                hint: "leave \"environments\" out for all of them"
            )
        }
        return environments.filter { seen.contains($0.name) }.compactMap(\.environment)
    }

    private func check(
        _ name: Located<Name>,
        type: String,
        in environment: ConfiguredEnvironment,
        _ settings: CheckSettings,
        _ context: inout SettingsContext
    ) -> Check {
        let check = Check(
            id: CheckID(environment: environment.name, probe: name.value.text),
            type: type,
            interval: settings.interval ?? defaults.interval,
            timeout: settings.timeout ?? defaults.timeout,
            attempts: settings.attempts ?? defaults.attempts,
            labels: environment.labels.merging(settings.labels)
        )
        let longest = check.timeout * check.attempts
        if longest > check.interval {
            context.diagnostics.warning(
                "a run of \"\(name.value.text)\" may take \(longest.durationText) (timeout times attempts),"
                    + " longer than its interval of \(check.interval.durationText)",
                at: name.position,
                hint: "runs that fall due meanwhile are skipped; lower timeout or attempts"
            )
        }
        return check
    }
}
