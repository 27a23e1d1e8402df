import LookoutSettings

/// What matters of a Gatus file, read as leniently as Gatus reads it.
struct GatusFile {
    var endpoints: [GatusEndpoint] = []
    /// Parts of the file that have no equivalent, with their places.
    var leftOut: [(what: String, position: SourcePosition)] = []
    /// The names of the alerting providers.
    var providers: [String] = []

    /// Reads the file; nil after reporting that it is none.
    init?(_ root: SettingsNode, _ diagnostics: inout Diagnostics) {
        let root = root.merged
        guard case .mapping(let entries) = root.content else {
            diagnostics.error("this is no Gatus configuration", at: root.position)
            return nil
        }
        var defaults: [String: GatusAlert] = [:]
        if case .mapping(let alerting)? = root["alerting"]?.merged.content {
            for provider in alerting {
                providers.append(provider.key)
                defaults[provider.key] = provider.value.merged["default-alert"].map {
                    GatusAlert($0.merged, defaults: [:])
                }
            }
        }
        for entry in entries { note(entry, &diagnostics) }
        guard case .sequence(let nodes)? = root["endpoints"]?.content, !nodes.isEmpty else {
            diagnostics.error(
                "this is no Gatus configuration: there are no endpoints",
                at: root["endpoints"]?.position ?? root.position,
                hint: "a directory of files is migrated file by file"
            )
            return nil
        }
        endpoints = nodes.map { GatusEndpoint($0.merged, defaults: defaults) }
    }

    private mutating func note(_ entry: SettingsNode.Entry, _ diagnostics: inout Diagnostics) {
        switch entry.key {
        case "endpoints", "alerting": break
        case "suites": leftOut.append(("suites: requests that build on each other", entry.position))
        case "external-endpoints":
            leftOut.append(("external-endpoints: results that others push", entry.position))
        case "maintenance": leftOut.append(("maintenance: times without alerts", entry.position))
        case "connectivity": leftOut.append(("connectivity: pausing while offline", entry.position))
        case "remote": leftOut.append(("remote: endpoints of other instances", entry.position))
        case "metrics", "storage", "web", "ui", "security", "announcements", "concurrency", "debug",
            "disable-monitoring-lock", "skip-invalid-config-update", "tunneling":
            break
        default:
            // A key of the user's own, to hang anchors on, is usual.
            guard !entry.key.hasPrefix("x-"), !entry.key.hasPrefix("default") else { return }
            diagnostics.warning(
                "Gatus knows no key \"\(entry.key.shortened)\" and leaves it out without a word",
                at: entry.position,
                hint: Spelling.nearest(to: entry.key, among: Self.keys).map { "did you mean \"\($0)\"?" }
            )
        }
    }

    private static let keys = [
        "endpoints", "alerting", "suites", "external-endpoints", "maintenance", "connectivity", "remote",
        "metrics", "storage", "web", "ui", "security", "announcements", "concurrency",
    ]
}

extension SettingsNode {
    /// The mapping with what its merge keys (`<<`) bring in; keys of its own win.
    ///
    /// Aliases were followed when the file was read, so this ends.
    var merged: SettingsNode {
        guard case .mapping(let entries) = content, entries.contains(where: { $0.key == "<<" }) else {
            return self
        }
        var all = entries.filter { $0.key != "<<" }
        for entry in entries where entry.key == "<<" {
            let sources: [SettingsNode] =
                if case .sequence(let nodes) = entry.value.content { nodes } else { [entry.value] }
            for source in sources {
                guard case .mapping(let more) = source.merged.content else { continue }
                all += more.filter { new in !all.contains { $0.key == new.key } }
            }
        }
        return SettingsNode(.mapping(all), at: position)
    }

    /// The text of a scalar; nil for anything else.
    var scalarText: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The text of a key's scalar.
    func text(_ key: String) -> String? { self[key]?.scalarText }

    /// The entries of a key's mapping that are scalars.
    func texts(_ key: String) -> [(name: String, text: String)] {
        guard case .mapping(let entries)? = self[key]?.merged.content else { return [] }
        return entries.compactMap { entry in entry.value.scalarText.map { (entry.key, $0) } }
    }
}
