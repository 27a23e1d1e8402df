import LookoutConfiguration
import LookoutModel
import LookoutRules
import LookoutSettings

/// Rule files as texts, and a world of checks to try them in.
struct RuleFixture {
    static let environments = [
        EnvironmentFacts(name: "production", labels: ["tier": "production"], variables: ["region": "eu"]),
        EnvironmentFacts(name: "staging", labels: ["tier": "staging"]),
    ]

    static let types = [
        ProbeTypeFacts(
            name: "http",
            facts: [
                FactField("is_json", .bool, "Whether the body is JSON."),
                FactField("redirects", .int, "Redirects that were followed."),
                FactField("unmet", .strings, "Expectations that were not met."),
                FactField("took", .double, "Seconds."),
            ]
        ),
        ProbeTypeFacts(name: "page", facts: [FactField("details", .dynamic, "Anything.")]),
    ]

    static func check(
        _ environment: String = "production",
        _ probe: String = "backend-health",
        type: String = "http",
        interval: Duration = .seconds(30),
        labels: Labels = [:]
    ) -> Check {
        Check(
            id: CheckID(environment: environment, probe: probe),
            type: type,
            interval: interval,
            timeout: .seconds(10),
            attempts: 2,
            labels: labels
        )
    }

    static let checks = [
        check("production"), check("staging"), check("production", "frontend", type: "page"),
    ]

    static let scope = RuleScope(types: types, environments: environments, checks: checks)

    /// Compiles texts as files `a.yaml`, `b.yaml` and so on.
    static func compile(
        _ texts: String...,
        scope: RuleScope = RuleFixture.scope
    ) throws -> (rules: RuleSet?, diagnostics: Diagnostics) {
        RuleCompiler(scope: scope).compile(try files(texts))
    }

    /// What files get, as `line:column level: message` with the hint behind a dash.
    static func findings(_ texts: String..., scope: RuleScope = RuleFixture.scope) throws -> [String] {
        RuleCompiler(scope: scope).compile(try files(texts)).diagnostics.sorted.map { finding in
            let place = finding.position.map { "\($0.file.first ?? "?"):\($0.line):\($0.column)" } ?? "?"
            return "\(place) \(finding.level.rawValue): \(finding.message)"
                + (finding.hint.map { " - \($0)" } ?? "")
        }
    }

    /// Texts as files `a.yaml`, `b.yaml` and so on.
    static func files(_ texts: [String]) throws -> [RuleFile] {
        try texts.enumerated().map { index, text in
            let file = "\(["a", "b", "c"][index]).yaml"
            return RuleFile(node: try YAMLReader(file: file).read(Array(text.utf8)).get().root, source: text)
        }
    }

    /// A file with one rule, whose keys besides id, severity and summary are given.
    static func file(_ keys: String, severity: String = "2", summary: String = "text") -> String {
        """
        groups:
          - name: group
            rules:
              - id: rule
                severity: \(severity)
                summary: \(summary)
                \(keys)

        """
    }

    /// A file with rules, each given by its keys on one line; id, expr, severity and summary are added where
    /// they are left out.
    static func rules(_ rules: String...) -> String {
        let lines = rules.enumerated().map { index, keys in
            let defaults = [
                ("id", "rule-\(index)"), ("expr", "sample.failed && sample.attempts > \(index)"),
                ("severity", "2"),
                ("summary", "text"),
            ]
            .filter { key, _ in
                !keys.contains("\(key):") && !(keys.contains("slo:") && key != "id")
            }
            .map { "\($0): \($1)" }
            return "      - {\((defaults + [keys]).filter { !$0.isEmpty }.joined(separator: ", "))}"
        }
        return "groups:\n  - name: group\n    rules:\n" + lines.joined(separator: "\n") + "\n"
    }

    /// The engine for a file without errors.
    static func engine(_ text: String, scope: RuleScope = RuleFixture.scope) throws -> RuleEngine {
        let (rules, diagnostics) = try compile(text, scope: scope)
        guard let rules else { throw diagnostics }
        return RuleEngine(rules: rules, scope: scope)
    }

    /// What a rule with this condition says of a sample, for the checks of the fixture.
    static func outcome(
        _ expression: String,
        of sample: Sample,
        after earlier: [Sample] = []
    ) throws -> Judgement.Outcome? {
        var engine = try engine(file("expr: |-\n          \(expression)"))
        engine.seed(earlier, of: sample.check)
        let check = check(sample.check.environment, sample.check.probe)
        return engine.observe(sample, of: check, at: now).first?.outcome
    }

    static let now = Moment(wall: Timestamp(seconds: 1_000_000), monotonic: .seconds(50))

    static func sample(
        _ outcome: Outcome = .ok,
        at seconds: Int64 = 1_000_000,
        of check: CheckID = CheckID(environment: "production", probe: "backend-health"),
        total: Duration = .milliseconds(120),
        status: Int? = 200,
        version: String? = nil,
        observation: Observation? = Observation()
    ) -> Sample {
        Sample(
            check: check,
            startedAt: Timestamp(seconds: seconds),
            outcome: outcome,
            timings: Timings(connect: .milliseconds(8), total: total),
            statusCode: status,
            version: version,
            observation: observation
        )
    }

    static let refused = Outcome.failed(Failure(.connect, "connection refused"))
}
