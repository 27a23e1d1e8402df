import LookoutModel
import LookoutRules
import Testing

/// What becomes of rules, samples and checks in the engine.
@Suite struct RuleEngineTests {
    @Test func `severity may depend on the environment`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file("expr: sample.ok", severity: #"'environment.name == "production" ? 1 : 2'"#)
        )
        for (environment, severity) in [("production", Severity.outage), ("staging", .major)] {
            let check = RuleFixture.check(environment)
            let judged = engine.observe(RuleFixture.sample(of: check.id), of: check, at: RuleFixture.now)
            #expect(judged.first?.outcome == .holds(severity))
        }
    }

    @Test(arguments: ["sample.attempts + 3", "sample.attempts - 1", "sample.json.severity"])
    func `a severity that is none is an error`(severity: String) throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: sample.ok", severity: severity))
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        guard case .error(let words) = judged.first?.outcome else {
            Issue.record("\(judged)")
            return
        }
        #expect(words.contains("severity: "))
    }

    @Test func `an alert is named by rule and check, and carries what the rule says of itself`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                """
                expr: sample.ok
                        labels: {team: core}
                        match: {probe: backend-health}
                        for: 1m
                        keep_firing_for: 2m
                        min_failures: 3
                        min_successes: 4
                        suggest: rollback
                        runbook: docs/x.md
                        annotations: {who: "{{ environment.name }}", status: "{{ sample.status }}"}
                """
            )
        )
        let check = RuleFixture.check(labels: ["feature": "x"])
        let judged = try #require(engine.observe(RuleFixture.sample(), of: check, at: RuleFixture.now).first)
        let labels: Labels = ["environment": "production", "probe": "backend-health"]
        #expect(judged.alert == AlertID(rule: "rule", labels: labels))
        #expect(judged.labels == ["team": "core"])
        #expect(judged.interval == .seconds(30))
        let holds = Judgement.Holds(
            pending: .seconds(60),
            keepFiring: .seconds(120),
            failures: 3,
            successes: 4
        )
        #expect(judged.holds == holds)
        #expect(judged.texts.suggestion == .rollback)
        #expect(judged.texts.runbook == "docs/x.md")
        #expect(judged.texts.annotations == ["who": "production", "status": "200"])
        #expect(engine.alerts.count == 2)
        #expect(engine.alerts.contains(judged.alert))
    }

    @Test func `a judgement names the rules that its rule depends on`() throws {
        let text = RuleFixture.file("expr: sample.ok").replacing("id: rule", with: "id: parent")
        let child = "      - {id: child, expr: sample.ok, severity: 3, summary: text, depends_on: [parent]}\n"
        var engine = try RuleFixture.engine(text + child)
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        #expect(judged.map(\.parents) == [[], ["parent"]])
    }

    @Test func `a reload keeps the past of checks that remain`() throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: failures(\"5m\") >= 1"))
        let check = RuleFixture.check()
        _ = engine.observe(
            RuleFixture.sample(RuleFixture.refused, at: 999_990),
            of: check,
            at: RuleFixture.now
        )
        let (rules, _) = try RuleFixture.compile(
            RuleFixture.file("expr: failures(\"5m\") >= 2 && previous.failed").replacing(
                "id: rule",
                with: "id: other"
            )
        )
        engine.replace(rules: try #require(rules), scope: RuleFixture.scope)
        let judged = engine.observe(RuleFixture.sample(RuleFixture.refused), of: check, at: RuleFixture.now)
        #expect(judged.map(\.outcome) == [.holds(.major)])
        #expect(judged.map(\.alert.rule) == ["other"])
        #expect(engine.statistics["rule"] == nil)
        #expect(Set(engine.alerts.map(\.rule)) == ["other"])
    }

    @Test func `a check that was not announced is judged all the same`() throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: consecutive_failures() == 2"))
        let check = RuleFixture.check("review-17")
        let sample = RuleFixture.sample(RuleFixture.refused, of: check.id)
        #expect(engine.observe(sample, of: check, at: RuleFixture.now).map(\.outcome) == [.clear])
        #expect(engine.observe(sample, of: check, at: RuleFixture.now).map(\.outcome) == [.holds(.major)])
    }

    @Test func `statistics tell how a rule fares`() throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: sample.json.a == 1"))
        let check = RuleFixture.check()
        _ = engine.observe(RuleFixture.sample(), of: check, at: RuleFixture.now)
        #expect(engine.statistics["rule"]?.errors == 1)
        #expect(engine.statistics["rule"]?.currentError?.contains("expr: ") == true)
        let sound = RuleFixture.sample(observation: Observation(json: ["a": 1]))
        _ = engine.observe(sound, of: check, at: RuleFixture.now)
        #expect(engine.statistics["rule"]?.holds == 1)
        #expect(engine.statistics["rule"]?.currentError == nil)
    }
}
