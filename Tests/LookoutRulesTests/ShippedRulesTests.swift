import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct ShippedRulesTests {
    @Test func `the files are sound and free of warnings`() throws {
        let (rules, diagnostics) = try ShippedRules.compile()
        #expect(diagnostics.sorted.map(\.rendered) == [])
        #expect((rules?.rules.count ?? 0) >= 30)
    }

    @Test(arguments: StackFault.all)
    func `a fault raises the alerts that are promised for it and no others`(fault: StackFault) throws {
        for (environment, severities) in [
            ("production", [1: 1, 2: 2, 3: 3]), ("staging", [1: 2, 2: 3, 3: 3]),
        ] {
            var engine = try ShippedRules.engine()
            let healthy = StackFault("healthy", [:], [:])
            for time in stride(from: Int64(999_000), to: 1_000_000, by: 100) {
                let round = ShippedRules.judge(
                    healthy.samples(in: environment, at: time),
                    in: environment,
                    by: &engine
                )
                #expect(round == ShippedRules.Round())
            }
            let faulty = fault.samples(in: environment, at: 1_000_000)
            let round = ShippedRules.judge(faulty, in: environment, by: &engine)
            #expect(round.holds == fault.rules.mapValues { severities[$0] ?? $0 }, "\(environment)")
            #expect(round.errors == [])
            let mended = healthy.samples(in: environment, at: 1_000_100)
            #expect(ShippedRules.judge(mended, in: environment, by: &engine) == ShippedRules.Round())
        }
    }

    @Test func `every rule is raised by some fault`() throws {
        let rules = try #require(try ShippedRules.compile().rules).rules.map(\.id)
        let raised = Set(StackFault.all.flatMap(\.rules.keys)).union(["version-unexpected"])
        #expect(rules.filter { !raised.contains($0) } == [])
    }

    @Test func `a backend that does not answer resolves nothing of its services`() throws {
        var engine = try ShippedRules.engine()
        let check = RuleFixture.check()
        let unhealthy = StackSample.health(
            status: "degraded",
            services: StackSample.service("redis", "unhealthy")
        )
        _ = engine.observe(unhealthy.sample(check.id, 1_000_000), of: check, at: RuleFixture.now)
        let down = StackSample.failed(.connect).sample(check.id, 1_000_030)
        let judged = engine.observe(down, of: check, at: RuleFixture.now)
        #expect(judged.first { $0.alert.rule == "redis-unhealthy" }?.outcome == .noData)
    }

    @Test(arguments: ["backend-health", "frontend"])
    func `a version is held against the expected one where there is one`(probe: String) throws {
        var engine = try ShippedRules.engine(variables: ["expected_version": "2.0.4"])
        func round(_ version: String?) -> ShippedRules.Round {
            var samples = StackSample.healthy
            samples[probe]?.version = version
            let fault = StackFault("version", [:], samples)
            return ShippedRules.judge(
                fault.samples(in: "production", at: 1_000_000),
                in: "production",
                by: &engine
            )
        }
        #expect(round("2.0.4") == ShippedRules.Round())
        #expect(round("2.0.3") == ShippedRules.Round(holds: ["version-unexpected": 3]))
        #expect(round("2.0.5") == ShippedRules.Round(holds: ["version-unexpected": 3]))
        #expect(round(nil) == ShippedRules.Round())
    }

    @Test(arguments: [
        (["2.0.3", "2.0.4"], false), (["2.0.4", "2.0.4"], false), (["2.0.4", "2.0.3"], true),
        (["2.0.4", "2.0.3", "2.0.3", "2.0.3"], true), (["2.0.4", "2.0.3", "2.0.5"], false),
        (["4f1c09", "88aa01"], false), (["4f1c09", "88aa01", "4f1c09"], true), (["2.0.9", "2.0.10"], false),
    ])
    func `a version that went back is noticed for as long as it stays`(versions: [String], isOld: Bool) throws
    {
        var engine = try ShippedRules.engine()
        let check = RuleFixture.check()
        var last: Judgement.Outcome?
        for (index, version) in versions.enumerated() {
            let sample = StackSample.health(version: version).sample(check.id, 1_000_000 + Int64(index) * 30)
            let judged = engine.observe(sample, of: check, at: RuleFixture.now)
            last = judged.first { $0.alert.rule == "version-went-back" }?.outcome
        }
        #expect(last == (isOld ? .holds(.minor) : .clear))
    }

    @Test(arguments: [
        #","emergency_mode":false"#, #","emergency_mode": null"#, #","emergencyMode":"off""#,
        #","demo_mode":0"#,
        #","message":"all systems go","mode":"normal""#,
    ])
    func `a document that denies a mode raises nothing`(more: String) throws {
        var engine = try ShippedRules.engine()
        let fault = StackFault("denied", [:], ["backend-health": .health(more: more)])
        let round = ShippedRules.judge(
            fault.samples(in: "production", at: 1_000_000),
            in: "production",
            by: &engine
        )
        #expect(round == ShippedRules.Round())
    }

    @Test func `runbooks are sections that exist`() throws {
        let rules = try #require(try ShippedRules.compile().rules).rules
        let page = try String(decoding: RepositoryFile.read("docs/runbooks.md"), as: UTF8.self)
        let anchors = page.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
            heading.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
        }
        for rule in rules {
            let runbook = try #require(rule.runbook, "\(rule.id)")
            #expect(runbook.hasPrefix("docs/runbooks.md#"))
            #expect(anchors.contains(String(runbook.dropFirst("docs/runbooks.md#".count))), "\(rule.id)")
        }
    }

    @Test func `the table in the README is the one of the rules`() throws {
        let rules = try #require(try ShippedRules.compile().rules).rules
        let page = try String(decoding: RepositoryFile.read("Rules/README.md"), as: UTF8.self)
        for rule in rules { #expect(page.contains("`\(rule.id)`"), "\(rule.id)") }
    }
}
