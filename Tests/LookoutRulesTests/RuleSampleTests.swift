import LookoutModel
import LookoutRules
import Testing

/// What a rule sees of a sample, and what it says where there is nothing to see.
@Suite struct RuleSampleTests {
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
}
