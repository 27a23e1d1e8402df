import LookoutModel
import LookoutRules
import Testing

@Suite struct RuleEngineTests {
    private static let health = CheckID(environment: "production", probe: "backend-health")

    private static func history(_ outcomes: [Outcome], every seconds: Int64 = 30) -> [Sample] {
        outcomes.enumerated().map { index, outcome in
            RuleFixture.sample(outcome, at: 1_000_000 - Int64(outcomes.count - index) * seconds)
        }
    }

    @Test(arguments: [
        (#"sample.outcome == "ok" && sample.ok && !sample.failed && sample.failure == "" && sample.message == """#),
        (#"sample.status == 200 && sample.version == "2.0.3" && sample.attempts == 1"#),
        (#"sample.duration == duration("120ms") && sample.duration == sample.timings.total"#),
        (#"sample.timings.connect == duration("8ms") && !has(sample.timings.tls)"#),
        (#"sample.headers["content-type"] == "application/json" && sample.headers["set-cookie"] == "a=1, b=2""#),
        (#"sample.body.contains("healthy") && sample.json.services.database == "connected""#),
        (#"sample.json.numbers[0] == 1 && sample.json.numbers[1] == 1.5 && sample.json.nothing == null"#),
        (#"sample.certificate.trusted && sample.certificate.subject == "CN=leaf""#),
        (#"sample.certificate.expires_in == duration("240h") && sample.certificate.expires_at > now"#),
        (#"sample.certificate.names == ["example.com"] && sample.certificate.issuer == "CN=ca""#),
        (#"sample.findings == ["a remark"]"#),
        (#"sample.http.is_json && sample.http.redirects == 3 && sample.http.unmet == ["a"] && sample.http.took == 2.0"#),
        (#"!has(sample.page)"#),
        (#"sample.started_at == timestamp(1000000) && now == sample.started_at"#),
        (#"probe.name == "backend-health" && probe.type == "http" && probe.interval == duration("30s")"#),
        (#"environment.name == "production" && environment.labels.tier == "production""#),
        (#"environment.variables.region == "eu" && !has(environment.variables.nothing)"#),
        (#"check == "production/backend-health" && labels.probe == "backend-health""#),
    ])
    func `rules see what a sample holds`(expression: String) throws {
        #expect(try RuleFixture.outcome(expression, of: Self.rich) == .holds(.major))
    }

    private static let rich = RuleFixture.sample(
        version: "2.0.3",
        observation: Observation(
            headers: [
                HeaderField("Content-Type", "application/json"), HeaderField("Set-Cookie", "a=1"),
                HeaderField("set-cookie", "b=2"),
            ],
            body: Array(#"{"status":"healthy"}"#.utf8),
            json: ["services": ["database": "connected"], "numbers": [1, 1.5], "nothing": nil],
            certificates: CertificateChain(
                certificates: [
                    Certificate(
                        subject: "CN=leaf",
                        issuer: "CN=ca",
                        names: ["example.com"],
                        notBefore: Timestamp(seconds: 0),
                        notAfter: Timestamp(seconds: 1_000_000 + 864_000)
                    )
                ],
                isTrusted: true
            ),
            facts: ["is_json": true, "redirects": 3, "unmet": ["a"], "took": 2],
            findings: ["a remark"]
        )
    )

    @Test(arguments: [
        #"sample.json.status == "x""#, #"sample.status == 200"#, #"sample.version == "1""#,
        #"sample.certificate.trusted"#, #"sample.timings.tls > duration("1s")"#, #"sample.http.is_json"#,
        #"sample.http.redirects > 1"#, #"environment.variables.nothing == """#,
        #"1 / sample.attempts > 0 && 1 / 0 > 0"#,
        #"sample.page.details == 1"#,
    ])
    func `a missing value is an error that is seen and never a silent false`(expression: String) throws {
        let sample = RuleFixture.sample(
            RuleFixture.refused,
            status: nil,
            observation: Observation(facts: ["redirects": nil, "is_json": "yes"])
        )
        let outcome = try RuleFixture.outcome(expression, of: sample)
        guard case .error(let words) = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(words.hasPrefix("rule rule: expr: "))
        #expect(words.contains("(a.yaml:8:"))
    }

    @Test(arguments: [
        #"has(sample.json) && sample.json.status == "x""#, #"sample.?json.?status.orValue("") == "x""#,
        #"has(sample.status) && sample.status == 200"#,
        #"has(sample.certificate) && !sample.certificate.trusted"#,
    ])
    func `a rule that asks before it reads is false without the value`(expression: String) throws {
        let sample = RuleFixture.sample(RuleFixture.refused, status: nil)
        #expect(try RuleFixture.outcome(expression, of: sample) == .clear)
    }

    @Test func `a sample that says nothing of the target leaves no trace`() throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: consecutive_failures() >= 2"))
        let check = RuleFixture.check()
        func observe(_ outcome: Outcome) -> Judgement.Outcome? {
            engine.observe(RuleFixture.sample(outcome), of: check, at: RuleFixture.now).first?.outcome
        }
        #expect(observe(RuleFixture.refused) == .clear)
        #expect(observe(.error("no descriptors left")) == .noData)
        #expect(observe(.inconclusive("offline")) == .hold("offline"))
        #expect(observe(RuleFixture.refused) == .holds(.major))
        #expect(engine.statistics["rule"]?.evaluations == 4)
        #expect(engine.statistics["rule"]?.noData == 1)
        #expect(engine.statistics["rule"]?.withheld == 1)
    }

    @Test func `a rule whose when is false has no data`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file("expr: sample.json.a == 1\n        when: has(sample.json)")
        )
        let check = RuleFixture.check()
        let without = engine.observe(RuleFixture.sample(), of: check, at: RuleFixture.now)
        #expect(without.map(\.outcome) == [.noData])
        let with = RuleFixture.sample(observation: Observation(json: ["a": 1]))
        #expect(engine.observe(with, of: check, at: RuleFixture.now).map(\.outcome) == [.holds(.major)])
    }

    @Test func `an error in when is an error`() throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: sample.ok\n        when: sample.json.a"))
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        guard case .error(let words) = judged.first?.outcome else {
            Issue.record("\(judged)")
            return
        }
        #expect(words.contains("when: "))
    }

    @Test(arguments: [
        (#"failures("2m") == 3"#, Judgement.Outcome.holds(.major)),
        (#"failures(duration("2m")) == 3 && count("2m") == 4"#, .holds(.major)),
        (#"failures(5) == 4"#, .holds(.major)),
        (#"failures(500) == 4"#, .noData),
        (#"consecutive_failures() == 3"#, .holds(.major)),
        (#"success_ratio("2m") < 0.5"#, .holds(.major)),
        (#"success_ratio("10m") < 0.5"#, .noData),
        (#"success_ratio("10m", 5) < 0.5"#, .holds(.major)),
        (#"sample.failed || success_ratio("10m") < 0.5"#, .holds(.major)),
        (#"sample.ok && success_ratio("10m") < 0.5"#, .clear),
        (#"p95("2m") >= p50("2m") && max("2m") >= p99("2m") && min("2m") <= avg("2m")"#, .holds(.major)),
        (#"changed("status", "10m")"#, .clear),
        (#"changed("colour", "10m")"#, .error("")),
        (#".failures("3m") > 0"#, .holds(.major)),
        (#"last("status") == 200"#, .holds(.major)),
        (#"last("version") == "1""#, .noData),
    ])
    func `rules look back`(expression: String, expected: Judgement.Outcome) throws {
        let earlier = Self.history([.ok, RuleFixture.refused, .ok, RuleFixture.refused, RuleFixture.refused])
        let outcome = try RuleFixture.outcome(
            expression,
            of: RuleFixture.sample(RuleFixture.refused),
            after: earlier
        )
        if case (.error?, .error) = (outcome, expected) { return }
        #expect(outcome == expected)
    }

    @Test func `previous is the conclusive sample before, and no data for the first`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                "expr: previous.ok && previous.version != sample.version && !has(previous.status)"
            )
        )
        let check = RuleFixture.check()
        func observe(_ outcome: Outcome, _ version: String) -> Judgement.Outcome? {
            let sample = RuleFixture.sample(outcome, status: nil, version: version)
            return engine.observe(sample, of: check, at: RuleFixture.now).first?.outcome
        }
        #expect(observe(.ok, "1") == .noData)
        #expect(observe(.error("x"), "2") == .noData)
        #expect(observe(.ok, "1") == .clear)
        #expect(observe(.ok, "2") == .holds(.major))
        engine.seed([RuleFixture.sample(at: 5, status: nil, version: "7")], of: check.id)
        #expect(observe(.ok, "8") == .holds(.major))
    }

    @Test func `rules know whether another probe of the environment fails`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(#"expr: probe_failing("backend-health")"# + "\n        match: {probe: frontend}")
        )
        let frontend = RuleFixture.check("production", "frontend", type: "page")
        func frontendOutcome() -> Judgement.Outcome? {
            engine.observe(RuleFixture.sample(of: frontend.id), of: frontend, at: RuleFixture.now).first?
                .outcome
        }
        func health(_ outcome: Outcome, _ environment: String) {
            let check = RuleFixture.check(environment)
            _ = engine.observe(RuleFixture.sample(outcome, of: check.id), of: check, at: RuleFixture.now)
        }
        #expect(frontendOutcome() == .clear)
        health(RuleFixture.refused, "staging")
        #expect(frontendOutcome() == .clear)
        health(RuleFixture.refused, "production")
        #expect(frontendOutcome() == .holds(.major))
        health(.inconclusive("offline"), "production")
        #expect(frontendOutcome() == .holds(.major))
        health(.ok, "production")
        #expect(frontendOutcome() == .clear)
    }

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

    @Test(arguments: [
        ("plain text", "plain text"),
        ("'{{ environment.name }}: {{sample.status}}!'", "production: 200!"),
        (
            "'{{ sample.duration }} {{ duration(\"90061s\") }} {{ duration(\"90s\") }} {{ duration(\"-5s\") }}'",
            "120ms 1d1h 1m30s -5s"
        ),
        ("'{{ 0.5 }} {{ 1.0 / 3.0 }} {{ 2.0 }} {{ 7u }} {{ true }} {{ null }}'", "0.5 0.3333 2 7 true null"),
        (
            "'{{ [1, 2] }} {{ {\"a\": 1, \"b\": \"c\"} }} {{ timestamp(0) }}'",
            "1, 2 a: 1, b: c 1970-01-01T00:00:00Z"
        ),
        ("'{{ \"}}\" }} {{ \"{{\" }} } { }}'", "}} {{ } { }}"),
        ("'{{ sample.json.a }} and on'", "<error: no such"),
        ("'{{ sample.?version }}'", "none"),
    ])
    func `a summary is filled in, and an error in it loses no alert`(template: String, text: String) throws {
        var engine = try RuleFixture.engine(RuleFixture.file("expr: sample.ok", summary: template))
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        #expect(judged.first?.outcome == .holds(.major))
        let summary = try #require(judged.first?.texts.summary)
        #expect(
            text.hasPrefix("<error")
                ? summary.hasPrefix(text) && summary.hasSuffix(" and on") : summary == text
        )
    }

    @Test func `texts stay short whatever the target sends`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                "expr: sample.ok",
                summary: "'" + String(repeating: "{{ sample.body }}", count: 20) + "'"
            )
        )
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        let sample = RuleFixture.sample(observation: Observation(body: body))
        let judged = engine.observe(sample, of: RuleFixture.check(), at: RuleFixture.now)
        #expect(judged.first?.texts.summary.count == 4000)
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
