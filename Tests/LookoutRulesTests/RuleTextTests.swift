import LookoutModel
import LookoutRules
import Testing

/// The words of a rule, with what was seen in them.
@Suite struct RuleTextTests {
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

    @Test func `labels are text, whatever braces they hold`() throws {
        var engine = try RuleFixture.engine(
            RuleFixture.file(
                "expr: sample.ok\n        labels: {a: '{{ labels.b }}', b: '{{ labels.a }}'}",
                summary: "'{{ labels.a }}'"
            )
        )
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        #expect(judged.first?.labels == ["a": "{{ labels.b }}", "b": "{{ labels.a }}"])
        #expect(judged.first?.texts.summary.contains("labels.b") == false)
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
}
