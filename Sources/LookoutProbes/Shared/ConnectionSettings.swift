import LookoutHTTP
package import LookoutSettings

/// What the settings of every probe type share that opens connections.
protocol ConnectionSettings: Settings {
    var tls: TLSSettings { get set }
    var resolve: [ResolveEntry] { get set }
}

extension ConnectionSettings {
    /// The fields for TLS and name resolution.
    static var connectionFields: [Field<Self>] {
        [
            Field("tls", \.tls, "How TLS is done."),
            Field(
                "resolve",
                \.resolve,
                "Addresses to use instead of looking names up: host:port:address, as curl's --resolve."
            ),
        ]
    }

    /// The resolve entries as the transport takes them.
    var resolveLines: [String] { resolve.map(\.line) }
}

/// The `tls` part of a probe's settings.
package struct TLSSettings: Settings, Hashable {
    var verifies = true
    var authorityFile: String?

    package init() {}

    package static var fields: [Field<TLSSettings>] {
        [
            Field("verify", \.verifies, "Whether the certificate must be valid for the host (default true)."),
            Field(
                "ca_file",
                \.authorityFile,
                "A PEM file of certificate authorities instead of the system's."
            ),
        ]
    }

    var options: TLSOptions {
        TLSOptions(verifies: verifies, authorityFile: authorityFile)
    }
}

/// One `host:port:address` line.
package struct ResolveEntry: SettingsValue, Hashable {
    let line: String

    package static var shape: Shape { .string(pattern: "^[^:]+:[0-9]+:.+$") }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "host:port:address") else { return nil }
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty, let port = Int(parts[1]),
            (1...65_535).contains(port)
        else {
            context.error(
                "\"\(text)\" is not host:port:address",
                at: node,
                hint: "write for example api.example.com:443:192.0.2.7"
            )
            return nil
        }
        line = text
    }
}
