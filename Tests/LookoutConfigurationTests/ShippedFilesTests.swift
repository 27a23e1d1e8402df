import FoundationEssentials
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutReceivers
import LookoutSettings
import LookoutTestSupport
import Testing

/// The example and the rules that come with Lookout, held against the types that are built in.
@Suite struct `Shipped configuration files` {
    static let example = SourceTree.root().appending(path: "examples/lookout.yaml").path()

    private func loader() -> ConfigurationLoader {
        ConfigurationLoader(probes: .builtin, receivers: .builtin, secrets: AnySecret(), stateDirectory: nil)
    }

    @Test func `the example loads with its rules and without a finding`() throws {
        let (configuration, diagnostics) = loader().load(Self.example)
        #expect(diagnostics.sorted.map(\.rendered) == [])
        #expect(configuration?.checks.isEmpty == false)
        #expect(configuration?.ruleFiles.isEmpty == false)
    }

    @Test func `the example has no key that the schema lacks`() throws {
        let root = try YAMLReader(file: Self.example).readFile().get().root
        let schema = ConfigurationSchema(probes: .builtin, receivers: .builtin).json
        #expect(SchemaWalk(root, schema).unknownKeys == [])
    }

    @Test func `the rules have no key that their schema lacks`() throws {
        let configuration = try #require(loader().load(Self.example).configuration)
        for path in configuration.ruleFiles {
            let root = try YAMLReader(file: path).readFile().get().root
            // Causes for diagnoses lie in the same folder, and have a form of their own.
            if root["causes"] != nil { continue }
            #expect(SchemaWalk(root, ConfigurationSchema.ruleFile).unknownKeys == [])
        }
    }

    @Test func `every built-in type has its key in the schema`() {
        let properties = ConfigurationSchema(probes: .builtin, receivers: .builtin).json["properties"]
        for name in ProbeRegistry.builtin.names {
            #expect(properties?["probes"]?["items"]?["properties"]?[name]?["description"] != nil)
        }
    }
}

/// Every secret that is asked for, always the same.
private struct AnySecret: SecretSource {
    func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        .success(Secret("https://hook.example/"))
    }

    func credential(_ name: String) -> Result<Secret, SecretLookupError> { environmentVariable(name) }
    func file(_ path: String) -> Result<Secret, SecretLookupError> { environmentVariable(path) }
}
