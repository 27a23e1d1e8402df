import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutSettings

/// A URL to probe, and the certificate authority to trust if it is https.
struct HTTPTarget {
    let url: String
    var authorityFile: String?

    /// The `http` probe with these settings, read as from a configuration.
    func probe() throws -> ConfiguredProbe {
        var members: [(String, SettingsNode)] = [("url", .text(url))]
        if let authorityFile {
            members.append(("tls", .mapping([("ca_file", .text(authorityFile))])))
        }
        var context = SettingsContext()
        guard let probe = HTTPProbe.configured(.mapping(members), &context) else {
            throw context.diagnostics
        }
        return probe
    }
}

extension SettingsNode {
    private static let nowhere = SourcePosition(file: "benchmark", line: 1, column: 1)

    fileprivate static func text(_ text: String) -> SettingsNode {
        SettingsNode(.scalar(text, isQuoted: true), at: nowhere)
    }

    fileprivate static func mapping(_ members: [(String, SettingsNode)]) -> SettingsNode {
        let entries = members.map { Entry(key: $0.0, position: nowhere, value: $0.1) }
        return SettingsNode(.mapping(entries), at: nowhere)
    }
}
