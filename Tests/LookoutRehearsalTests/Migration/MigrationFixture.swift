import Foundation
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutReceivers
import LookoutRehearsal
import LookoutRules
import LookoutSettings
import LookoutTestSupport
import Testing

/// A Gatus file, migrated and loaded as Lookout would.
struct MigrationFixture {
    let migration: GatusMigration
    let configuration: Configuration
    /// What the loader says, warnings included.
    let findings: [String]

    init(_ text: String, _ location: Testing.SourceLocation = #_sourceLocation) throws {
        let migration = try GatusMigration.migrate(
            Array(text.utf8),
            named: "gatus.yaml",
            environment: "production"
        )
        .get()
        let folder = try ScratchFolder("migration")
        let path = folder.file("lookout.yaml")
        try Data(migration.configuration.utf8).write(to: URL(filePath: path))
        try Data(migration.rules.utf8).write(to: URL(filePath: folder.file(GatusMigration.rulesFile)))
        let loader = ConfigurationLoader(
            probes: .builtin,
            receivers: .builtin,
            secrets: AnySecret(),
            stateDirectory: nil
        )
        let (configuration, diagnostics) = loader.load(path)
        self.migration = migration
        findings = diagnostics.sorted.map { $0.rendered.replacing("\(folder.path)/", with: "") }
        let errors = findings.filter { $0.contains("error: ") }
        if !errors.isEmpty {
            Issue.record(
                "\(errors.joined(separator: "\n"))\n\(migration.configuration)\n\(migration.rules)",
                sourceLocation: location
            )
        }
        self.configuration = try #require(configuration, sourceLocation: location)
    }

    /// One endpoint with these conditions.
    init(conditions: [String], url: String = "https://api.example.org/health") throws {
        let lines = conditions.map { "      - \(JSONValue.string($0).jsonText)\n" }.joined()
        try self.init("endpoints:\n  - name: api\n    url: \"\(url)\"\n    conditions:\n\(lines)")
    }

    var warnings: [String] {
        migration.warnings.sorted.map { "\($0.message)\($0.hint.map { " - \($0)" } ?? "")" }
    }

    /// Whether the endpoint's rule raises an alert at a sample.
    func judge(_ sample: Sample) throws -> Judgement.Outcome {
        var engine = RuleEngine(rules: configuration.rules, scope: configuration.ruleScope)
        let check = try #require(configuration.checks.first?.check)
        let now = Moment(wall: sample.startedAt, monotonic: .seconds(10))
        return try #require(engine.observe(sample, of: check, at: now).first?.outcome)
    }

    /// What a check of the endpoint sees.
    static func sample(
        body: String = "",
        status: Int? = 200,
        outcome: Outcome = .ok,
        milliseconds: Int = 120,
        headers: [HeaderField] = [],
        certificateDays: Int64? = nil,
        facts: [String: JSONValue] = ["remote_address": "192.0.2.7"]
    ) -> Sample {
        let now = Timestamp(seconds: 1_000_000)
        let chain = certificateDays.map { days in
            CertificateChain(
                certificates: [
                    Certificate(
                        subject: "CN=api",
                        issuer: "CN=ca",
                        names: [],
                        notBefore: .epoch,
                        notAfter: Timestamp(seconds: 1_000_000 + days * 86_400)
                    )
                ],
                isTrusted: true
            )
        }
        return Sample(
            check: CheckID(environment: "production", probe: "api"),
            startedAt: now,
            outcome: outcome,
            timings: Timings(total: .milliseconds(milliseconds)),
            statusCode: status,
            observation: Observation(
                headers: headers,
                body: Array(body.utf8),
                json: try? JSONValue(parsing: Array(body.utf8)),
                certificates: chain,
                facts: facts
            )
        )
    }
}

/// Has every secret that it is asked for, always the same.
private struct AnySecret: SecretSource {
    func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        .success(Secret("secret"))
    }

    func credential(_ name: String) -> Result<Secret, SecretLookupError> { environmentVariable(name) }
    func file(_ path: String) -> Result<Secret, SecretLookupError> { environmentVariable(path) }
}
