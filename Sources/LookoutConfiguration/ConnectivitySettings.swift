package import LookoutProbing
package import LookoutSettings

/// `connectivity`: by what Lookout knows that it has a network itself.
struct ConnectivitySettings: Settings {
    /// Fewer do not make a majority that means anything.
    static let fewestReferences = 3

    var references: [Located<ConnectivityReference>] = []
    var timeout = Duration.seconds(2)

    static var fields: [Field<ConnectivitySettings>] {
        [
            Field(
                "references",
                \.references,
                "At least three that always answer, on different networks: tcp://1.1.1.1:443, dns://192.168.0.1/example.org."
            ),
            Field(
                "timeout",
                \.timeout,
                "Time that a reference has to answer. Default: 2s.",
                in: .milliseconds(100)...(.seconds(10))
            ),
        ]
    }

    var options: Connectivity.Options {
        Connectivity.Options(references: references.map(\.value), timeout: timeout)
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        var seen: Set<ConnectivityReference> = []
        for reference in references where !seen.insert(reference.value).inserted {
            context.diagnostics.error(
                "\(reference.value) is given twice",
                at: reference.position,
                hint: "references on different networks tell whose fault it is"
            )
        }
        guard (1..<Self.fewestReferences).contains(references.count) else { return }
        context.error(
            "\(references.count) reference\(references.count == 1 ? "" : "s") cannot tell who is offline",
            at: node["references"] ?? node,
            hint: "name at least \(Self.fewestReferences), or none to never ask"
        )
    }
}

extension ConnectivityReference: SettingsValue {
    package static var shape: Shape { .string(pattern: "^(tcp|dns)://") }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        guard let reference = ConnectivityReference(text) else {
            context.error(
                "\"\(text.shortened)\" is no reference",
                at: node,
                hint: "write tcp://HOST:PORT, or dns://SERVER/NAME"
            )
            return nil
        }
        self = reference
    }
}
