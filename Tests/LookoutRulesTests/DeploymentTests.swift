import LookoutModel
import LookoutRules
import Testing

/// The variable `deployment`, and what is taken for one.
@Suite struct DeploymentTests {
    private static let health = RuleFixture.check("production")
    private static let frontend = RuleFixture.check("production", "frontend", type: "page")

    private static func observe(
        _ engine: inout RuleEngine,
        at seconds: Int64,
        version: String?,
        of check: Check = health
    ) -> Judgement.Outcome? {
        engine.observe(
            RuleFixture.sample(at: seconds, of: check.id, version: version),
            of: check,
            at: Moment(wall: Timestamp(seconds: seconds), monotonic: .seconds(seconds))
        ).first?.outcome
    }

    private static func engine(_ expression: String) throws -> RuleEngine {
        try RuleFixture.engine(RuleFixture.file("expr: |-\n          \(expression)"))
    }

    @Test func `while none is known its fields are absent and reading them is no data`() throws {
        var absent = try Self.engine("!has(deployment.id) && !has(deployment.watching)")
        #expect(Self.observe(&absent, at: 0, version: "1.0") == .holds(.major))
        for expression in [
            #"deployment.id == """#, "deployment.watching", #"deployment.age > duration("1s")"#,
        ] {
            var engine = try Self.engine(expression)
            #expect(Self.observe(&engine, at: 0, version: "1.0") == .noData)
        }
    }

    @Test func `another version is a deployment that began with the first sample that has it`() throws {
        var engine = try Self.engine(
            #"deployment.id == "1.1" && deployment.version == "1.1" && deployment.age == duration("30s") && deployment.watching"#
        )
        #expect(Self.observe(&engine, at: 1000, version: "1.0") == .noData)
        #expect(Self.observe(&engine, at: 1030, version: nil) == .noData)
        #expect(Self.observe(&engine, at: 1060, version: "1.1") == .clear)
        #expect(Self.observe(&engine, at: 1090, version: "1.1") == .holds(.major))
    }

    @Test func `it is watched for half an hour`() throws {
        var engine = try Self.engine("deployment.watching")
        _ = Self.observe(&engine, at: 0, version: "1.0")
        #expect(Self.observe(&engine, at: 10, version: "1.1") == .holds(.major))
        #expect(Self.observe(&engine, at: 1809, version: "1.1") == .holds(.major))
        #expect(Self.observe(&engine, at: 1810, version: "1.1") == .clear)
    }

    @Test func `the checks of an environment see one deployment one after the other`() throws {
        var engine = try Self.engine(#"deployment.age == duration("50s")"#)
        for check in [Self.health, Self.frontend] {
            _ = Self.observe(&engine, at: 0, version: "1.0", of: check)
        }
        _ = Self.observe(&engine, at: 30, version: "1.1", of: Self.health)
        _ = Self.observe(&engine, at: 60, version: "1.1", of: Self.frontend)
        #expect(Self.observe(&engine, at: 80, version: "1.1") == .holds(.major))
    }

    @Test func `a version that comes back is a deployment again`() throws {
        var engine = try Self.engine(#"deployment.id == "1.0" && deployment.age == duration("0s")"#)
        _ = Self.observe(&engine, at: 0, version: "1.0")
        #expect(Self.observe(&engine, at: 30, version: "1.1") == .clear)
        #expect(Self.observe(&engine, at: 60, version: "1.0") == .holds(.major))
    }

    @Test func `who deploys may say so before any check sees it`() throws {
        var engine = try Self.engine(
            #"deployment.id == "build-7" && deployment.?version == optional.of("1.1")"#
        )
        _ = Self.observe(&engine, at: 0, version: "1.0")
        engine.note(
            Release(id: "build-7", version: nil, beganAt: Timestamp(seconds: 20)),
            in: "production"
        )
        #expect(Self.observe(&engine, at: 30, version: "1.0") == .clear)
        #expect(Self.observe(&engine, at: 60, version: "1.1") == .holds(.major))
        engine.note(
            Release(id: "build-6", version: "0.9", beganAt: Timestamp(seconds: 10)),
            in: "production"
        )
        engine.note(Release(id: "x", version: nil, beganAt: .epoch), in: "nowhere")
        #expect(Self.observe(&engine, at: 90, version: "1.1") == .holds(.major))
    }

    @Test func `stored samples tell of the newest change`() throws {
        var engine = try Self.engine(#"deployment.id == "1.2" && deployment.age == duration("100s")"#)
        let versions = ["1.0", "1.1", "1.1", "1.2", "1.2"]
        engine.seed(
            versions.enumerated().map { RuleFixture.sample(at: 1000 + Int64($0) * 10, version: $1) },
            of: Self.health.id
        )
        #expect(Self.observe(&engine, at: 1130, version: "1.2") == .holds(.major))
    }

    @Test func `a reload forgets no deployment`() throws {
        var engine = try Self.engine("sample.ok")
        _ = Self.observe(&engine, at: 0, version: "1.0")
        _ = Self.observe(&engine, at: 30, version: "1.1")
        let rules = try RuleFixture.compile(RuleFixture.file("expr: deployment.watching")).rules
        engine.replace(rules: try #require(rules), scope: RuleFixture.scope)
        #expect(Self.observe(&engine, at: 60, version: "1.1") == .holds(.major))
    }

    @Test(arguments: [Int64.min, .max, 0])
    func `no time makes it crash`(microseconds: Int64) throws {
        var engine = try Self.engine("deployment.age > duration(\"1s\") && deployment.watching")
        for version in ["1.0", "1.1", "1.2"] {
            var sample = RuleFixture.sample(version: version)
            sample.startedAt = Timestamp(microseconds: version == "1.1" ? microseconds : 5)
            let now = Moment(wall: Timestamp(microseconds: ~microseconds), monotonic: .zero)
            _ = engine.observe(sample, of: Self.health, at: now)
        }
        #expect(engine.statistics["rule"]?.evaluations == 3)
    }
}
