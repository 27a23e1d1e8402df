import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

/// Rules about a whole environment, and the view of the other checks.
@Suite struct EnvironmentRuleTests {
    private static let health = RuleFixture.check("production")
    private static let frontend = RuleFixture.check("production", "frontend", type: "page")
    private static let staging = RuleFixture.check("staging")

    private static func engine(_ keys: String) throws -> RuleEngine {
        try RuleFixture.engine(RuleFixture.file("scope: environment\n        \(keys)"))
    }

    private static func observe(
        _ engine: inout RuleEngine,
        _ check: Check,
        _ outcome: Outcome = .ok,
        at seconds: Int64 = 1_000_000,
        version: String? = nil
    ) -> [Judgement] {
        engine.observe(
            RuleFixture.sample(outcome, at: seconds, of: check.id, version: version),
            of: check,
            at: Moment(wall: Timestamp(seconds: seconds), monotonic: .seconds(seconds))
        )
    }

    @Test func `it has one alert for the environment, and no data before every check has had a sample`()
        throws
    {
        var engine = try Self.engine("expr: checks.all(c, c.failed)")
        let first = Self.observe(&engine, Self.health, RuleFixture.refused)
        #expect(first.map(\.outcome) == [.noData])
        let alert = AlertID(rule: "rule", labels: ["environment": "production"])
        #expect(first.map(\.alert) == [alert])
        let second = Self.observe(&engine, Self.frontend, RuleFixture.refused)
        #expect(second.map(\.outcome) == [.holds(.major)])
        #expect(second.map(\.alert) == [alert])
        #expect(Self.observe(&engine, Self.health).map(\.outcome) == [.clear])
        #expect(engine.alerts == [alert, AlertID(rule: "rule", labels: ["environment": "staging"])])
    }

    @Test func `everything down is one thing and one broken service another`() throws {
        var engine = try RuleFixture.engine(
            """
            groups:
              - name: g
                rules:
                  - {id: all-down, scope: environment, expr: "checks.all(c, c.failed)", severity: 1, summary: s, runbook: docs/x.md}
                  - {id: one-down, expr: "sample.failed && !checks.all(c, c.failed)", severity: 2, summary: s}

            """
        )
        func holds(_ judgements: [Judgement]) -> [String] {
            judgements.filter { if case .holds = $0.outcome { true } else { false } }.map(\.alert.rule)
        }
        _ = Self.observe(&engine, Self.health)
        _ = Self.observe(&engine, Self.frontend)
        #expect(holds(Self.observe(&engine, Self.health, RuleFixture.refused)) == ["one-down"])
        #expect(holds(Self.observe(&engine, Self.frontend, RuleFixture.refused)) == ["all-down"])
    }

    @Test func `environments do not see each other`() throws {
        var engine = try Self.engine(
            "expr: size(checks) == 1 && checks[0].name == \"staging/backend-health\""
        )
        _ = Self.observe(&engine, Self.health)
        _ = Self.observe(&engine, Self.frontend)
        #expect(Self.observe(&engine, Self.staging).map(\.outcome) == [.holds(.major)])
        #expect(Self.observe(&engine, Self.health).map(\.outcome) == [.clear])
    }

    @Test func `it sees the checks that it matches and is judged at their samples only`() throws {
        var engine = try Self.engine(
            "match: {type: page}\n        expr: checks.all(c, c.type == \"page\" && c.ok)"
        )
        #expect(Self.observe(&engine, Self.health).isEmpty)
        #expect(Self.observe(&engine, Self.frontend).map(\.outcome) == [.holds(.major)])
        #expect(Self.observe(&engine, Self.staging).isEmpty)
        #expect(engine.alerts == [AlertID(rule: "rule", labels: ["environment": "production"])])
    }

    @Test func `a rule about a check sees all checks of its environment`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                "match: {probe: frontend}\n        expr: checks.exists(c, c.probe == \"backend-health\" && c.failed)"
            )
        )
        #expect(Self.observe(&engine, Self.frontend).map(\.outcome) == [.noData])
        _ = Self.observe(&engine, Self.health, RuleFixture.refused)
        #expect(Self.observe(&engine, Self.frontend).map(\.outcome) == [.holds(.major)])
    }

    @Test(arguments: [
        #"checks.exists(c, c.name == "production/frontend" && c.probe == "frontend" && c.type == "page")"#,
        #"checks.all(c, c.outcome == "ok" && c.ok && !c.failed && c.failure == "" && c.message == "")"#,
        #"checks.all(c, c.status == 200 && c.duration == duration("120ms") && has(c.version))"#,
        #"checks.map(c, c.version) == ["1.0", "2.0"]"#,
        #"checks.exists(c, c.age == duration("40s")) && checks.exists(c, c.age == duration("0s"))"#,
        #"checks.all(c, c.started_at <= now && now - c.started_at == c.age)"#,
        #"checks.all(c, c.labels.environment == "production" && c.labels.probe == c.probe)"#,
        #"environment.name == "production" && environment.labels.tier == "production""#,
        #"seconds(checks[0].duration) == 0.12"#,
    ])
    func `checks show what is stored of their newest samples`(expression: String) throws {
        var engine = try Self.engine("expr: |-\n          \(expression)")
        _ = Self.observe(&engine, Self.health, at: 1_000_000, version: "1.0")
        let judged = Self.observe(&engine, Self.frontend, at: 1_000_040, version: "2.0")
        #expect(judged.map(\.outcome) == [.holds(.major)])
    }

    @Test func `a sample that says nothing does not hide what is known`() throws {
        var engine = try Self.engine("expr: checks.exists(c, c.failed)")
        _ = Self.observe(&engine, Self.health, RuleFixture.refused)
        _ = Self.observe(&engine, Self.frontend)
        #expect(Self.observe(&engine, Self.health, .error("x")).map(\.outcome) == [.noData])
        #expect(
            Self.observe(&engine, Self.health, .inconclusive("offline")).map(\.outcome) == [.hold("offline")]
        )
        #expect(Self.observe(&engine, Self.frontend).map(\.outcome) == [.holds(.major)])
    }

    @Test(arguments: [
        "sample.ok", "previous.ok", "probe.name == \"x\"", "check == \"x\"", "labels.a == \"x\"",
        "failures(\"5m\") > 1", "consecutive_failures() > 1", "probe_failing(\"x\")",
    ])
    func `what only a check has cannot be named`(expression: String) throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            RuleFixture.file("scope: environment\n        expr: '\(expression)'")
        )
        #expect(rules == nil)
        #expect(diagnostics.errors.count == 1)
        let vocabulary = RuleVocabulary(types: [])
        let name = String(expression.prefix { $0.isLetter || $0 == "_" })
        #expect(vocabulary.hint(forUndeclared: name, in: .environment)?.isEmpty == false)
        #expect(vocabulary.hint(forUndeclared: name, in: .check) == nil)
    }

    @Test func `stored samples are enough to judge by`() throws {
        var engine = try Self.engine("expr: checks.all(c, c.failed)")
        engine.seed([RuleFixture.sample(RuleFixture.refused, of: Self.frontend.id)], of: Self.frontend.id)
        let judged = Self.observe(&engine, Self.health, RuleFixture.refused)
        #expect(judged.map(\.outcome) == [.holds(.major)])
    }

    @Test func `a reload keeps what is known of the checks that remain`() throws {
        var engine = try Self.engine("expr: checks.all(c, c.failed)")
        _ = Self.observe(&engine, Self.health, RuleFixture.refused)
        let rules = try #require(
            RuleFixture.compile(
                RuleFixture.file("scope: environment\n        expr: checks.exists(c, c.failed)")
            ).rules
        )
        engine.replace(rules: rules, scope: RuleFixture.scope)
        #expect(Self.observe(&engine, Self.frontend).map(\.outcome) == [.holds(.major)])
    }

    @Test func `copies of an engine do not share the time`() throws {
        var engine = try Self.engine("expr: checks.all(c, c.age < duration(\"1h\"))")
        _ = Self.observe(&engine, Self.health, at: 1_000_000)
        _ = Self.observe(&engine, Self.frontend, at: 1_000_000)
        var copy = engine
        #expect(Self.observe(&copy, Self.frontend, at: 1_010_000).map(\.outcome) == [.clear])
        let moment = Moment(wall: Timestamp(seconds: 1_000_010), monotonic: .zero)
        #expect(engine.explain("rule", of: .environment("production"), at: moment)?.outcome == .holds(.major))
        #expect(Self.observe(&engine, Self.frontend, at: 1_000_020).map(\.outcome) == [.holds(.major)])
    }
}
