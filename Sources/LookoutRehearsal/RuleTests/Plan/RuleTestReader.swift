package import LookoutAlerting
import LookoutConfiguration
import LookoutModel
package import LookoutProbing
import LookoutRules
package import LookoutSettings

/// Reads a file of rule tests and everything that it names; all that is wrong is found at once.
package struct RuleTestReader: Sendable {
    private let probes: ProbeRegistry
    private let receivers: ReceiverRegistry

    /// - Parameters:
    ///   - probes: the probe types whose facts samples may have.
    ///   - receivers: the receiver types that a configuration may use; none of them is ever asked.
    package init(probes: ProbeRegistry, receivers: ReceiverRegistry) {
        self.probes = probes
        self.receivers = receivers
    }

    /// The tests, nil if there are errors; and what was found, warnings included.
    package func read(_ path: String) -> (file: RuleTestFile?, diagnostics: Diagnostics) {
        switch YAMLReader(file: path).readFile() {
        case .failure(let diagnostics): (nil, diagnostics)
        case .success(let document): read(document, path)
        }
    }

    private func read(
        _ document: YAMLReader.Document,
        _ path: String
    ) -> (file: RuleTestFile?, diagnostics: Diagnostics) {
        var context = SettingsContext()
        let (settings, isSound) = RuleTestFileSettings.readable(document.root, &context)
        var builder = RuleTestFileBuilder(
            path: path,
            settings: settings,
            placement: ScalarPlacement(source: document.source),
            types: probes.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
            diagnostics: context.diagnostics
        )
        let configuration = settings.configuration.flatMap {
            self.configuration($0, besideFile: path, &builder.diagnostics)
        }
        guard isSound, settings.configuration == nil || configuration != nil else {
            return (nil, builder.diagnostics)
        }
        let file = builder.file(configuration)
        return (builder.diagnostics.hasErrors ? nil : file, builder.diagnostics)
    }

    private func configuration(
        _ named: PlainText,
        besideFile path: String,
        _ diagnostics: inout Diagnostics
    ) -> Configuration? {
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let loader = ConfigurationLoader(
            probes: probes,
            receivers: receivers,
            secrets: PlaceholderSecrets(),
            stateDirectory: nil
        )
        let result = loader.load(named.text.hasPrefix("/") ? named.text : directory + named.text)
        for error in result.diagnostics.errors { diagnostics.add(error) }
        return result.configuration
    }
}
