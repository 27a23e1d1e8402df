import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct RuleLintTests {
    /// What is found in rules given by their keys, without the places.
    private func warnings(_ rules: String, scope: RuleScope = RuleFixture.scope) throws -> [String] {
        let (rules, diagnostics) = try RuleFixture.compile(rules, scope: scope)
        #expect(rules != nil, "\(diagnostics.sorted.map(\.rendered))")
        return diagnostics.sorted.map { "\($0.message)\($0.hint.map { " - \($0)" } ?? "")" }
    }

    /// Whether a rule with these keys gets a warning with these words, and nothing else.
    private func expect(
        _ keys: String,
        _ words: String?,
        scope: RuleScope = RuleFixture.scope,
        _ location: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let found = try warnings(RuleFixture.rules(keys), scope: scope)
        if let words {
            #expect(found.count == 1, "\(found)", sourceLocation: location)
            #expect(found.first?.contains(words) == true, "\(found)", sourceLocation: location)
        } else {
            #expect(found == [], sourceLocation: location)
        }
    }

    @Test(arguments: [
        ("expr: 'false'", "can never fire: its condition is always false"),
        ("expr: 'sample.ok && 1 > 2'", "can never fire: its condition is always false"),
        ("expr: '\"a\" in [\"b\", \"c\"]'", "can never fire"),
        ("expr: 'true'", "always fires: its condition is always true"),
        ("expr: 'sample.failed || size(\"a\") == 1'", "always fires"),
        ("expr: sample.failed, when: 'false'", "never says anything: its when is always false"),
        ("expr: sample.failed, when: 'true'", "when is always true - leave it out"),
        ("expr: sample.failed, when: sample.ok", nil),
        ("expr: 'sample.failed && sample.status == 503'", nil),
    ])
    func `a condition that is always the same is a warning`(keys: String, words: String?) throws {
        try expect(keys, words)
    }

    @Test(arguments: [
        ("failures(5) > 5", "this is never true: failures gives 0 to 5"),
        ("failures(5) >= 0", "this is always true: failures gives 0 to 5"),
        ("5 < failures(5)", "this is never true"),
        ("failures(5) == 6", "this is never true"), ("failures(5) != 6", "this is always true"),
        ("consecutive_failures() < 0", "this is never true: consecutive_failures gives 0 or more"),
        ("success_ratio(\"1h\") > 1.5", "this is never true: success_ratio gives 0 to 1"),
        ("success_ratio(\"1h\") <= 1.0", "this is always true"),
        ("p95(\"1h\") < duration(\"0s\")", "this is never true: p95 gives 0 or more"),
        ("failures(5) > 4", nil), ("failures(\"5m\") > 500", nil), ("success_ratio(\"1h\") < 0.5", nil),
        ("sample.attempts > 5", nil), ("failures(5) == sample.attempts", nil),
    ])
    func `comparing with what a function never gives is a warning`(condition: String, words: String?) throws {
        try expect("expr: 'sample.failed && \(condition)'", words)
    }

    @Test(arguments: [
        ("expr: sample.failed, severity: 1", true),
        ("expr: sample.failed, severity: 'environment.name == \"production\" ? 1 : 2'", true),
        ("expr: sample.failed, severity: 'sample.attempts > 2 ? (sample.ok ? 3 : 1) : 2'", true),
        ("expr: sample.failed, severity: sample.attempts", true),
        ("expr: sample.failed, severity: 1, runbook: docs/a.md", false),
        ("expr: sample.failed, severity: 2", false),
        ("expr: sample.failed, severity: 'sample.attempts == 1 ? 2 : 3'", false),
        ("expr: sample.failed, severity: 'environment.name == \"1\" ? 2 : 3'", false),
    ])
    func `whatever can be severity 1 needs a runbook`(keys: String, isFound: Bool) throws {
        try expect(keys, isFound ? "can wake somebody with severity 1 and has no runbook" : nil)
    }

    @Test(arguments: [
        ("for: 10s", "for: 10s is shorter than the interval of"),
        ("keep_firing_for: 10s", "keep_firing_for: 10s is shorter than the interval of"),
        ("for: 30s", nil), ("keep_firing_for: 30s", nil), ("for: 0s", nil),
        ("for: 2m, min_failures: 5", "min_failures: 5 has no effect beside for: 2m"),
        ("for: 2m, min_failures: 6", nil), ("min_failures: 5", nil), ("for: 2m, min_failures: 1", nil),
        (
            "keep_firing_for: 2m, min_successes: 3",
            "min_successes: 3 has no effect beside keep_firing_for: 2m"
        ),
        ("keep_firing_for: 2m, min_successes: 20", nil),
    ])
    func `times and counts that do nothing are a warning`(keys: String, words: String?) throws {
        try expect("expr: sample.failed, " + keys, words)
    }

    @Test func `a severity that is none is an error`() throws {
        let found = try RuleFixture.findings(RuleFixture.rules("expr: sample.failed, severity: 2 + 2"))
        #expect(found == ["a:4:68 error: rule rule-0: the severity is always 4, which is not 1, 2 or 3"])
    }

    @Test func `comparing numbers of two kinds is a warning with its place`() throws {
        let text = RuleFixture.file("expr: |-\n          sample.ok &&\n          sample.attempts > 1.5")
        let found = try RuleFixture.findings(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("a:9:27 warning: rule rule: ") == true, "\(found)")
    }

    @Test func `a variable without use is a warning, in texts too`() throws {
        let found = try warnings(
            RuleFixture.file(
                "expr: sample.findings.exists(finding, sample.ok)",
                summary: "'{{ sample.findings.map(finding, 1) }}'"
            )
        )
        #expect(found.count == 2)
        for words in found { #expect(words.contains("'finding' is never used"), "\(words)") }
    }

    @Test(arguments: [
        ("expr: sample.failed", "expr: (sample.failed)", true),
        ("expr: 'sample.findings.exists(a, a == \"x\")'", "expr: 'sample.findings.exists(b,b==\"x\")'", true),
        ("expr: sample.failed", "expr: sample.ok", false),
        ("expr: sample.failed, when: sample.ok", "expr: sample.failed", false),
        ("expr: sample.failed, for: 5m", "expr: sample.failed", false),
        ("expr: sample.failed", "expr: sample.failed, severity: 3", true),
        (
            "expr: sample.failed, match: {environment: production}",
            "expr: sample.failed, match: {probe: back*}", true
        ),
        (
            "expr: sample.failed, match: {environment: production}",
            "expr: sample.failed, match: {environment: staging}", false
        ),
    ])
    func `two rules with one meaning about one check are a warning`(
        first: String,
        second: String,
        isFound: Bool
    ) throws {
        let found = try warnings(RuleFixture.rules(first, second))
        #expect(
            found
                == (isFound
                    ? [
                        "rule rule-1 means the same as rule-0, about the same checks - keep one of them; a severity "
                            + "that differs can be an expression"
                    ] : [])
        )
    }

    @Test func `what cannot be in the same environment cannot explain anything`() throws {
        let found = try warnings(
            RuleFixture.rules(
                "id: parent, match: {environment: staging}",
                "id: child, match: {environment: production}, depends_on: [parent]",
                "id: other, match: {environment: [production, staging]}, depends_on: [parent]"
            )
        )
        #expect(
            found == [
                "rule child depends on parent, which is about no environment of its own - "
                    + "child is about production, parent about staging"
            ]
        )
    }

    @Test func `a window beyond what is stored is a warning`() throws {
        let scope = RuleScope(
            types: RuleFixture.types,
            environments: RuleFixture.environments,
            checks: [RuleFixture.check()],
            retention: .seconds(3600)
        )
        try expect(
            "expr: 'failures(\"2h\") > 3'",
            "looks back 2h, and samples are stored for 1h",
            scope: scope
        )
        try expect("expr: 'failures(\"1h\") > 3'", nil, scope: scope)
    }

    @Test func `a window that holds one sample at most is a warning`() throws {
        try expect("expr: 'failures(\"10s\") > 0'", "a window of 10s holds one sample of")
        try expect("expr: 'failures(\"30s\") > 0'", nil)
        try expect("expr: 'failures(1) > 0'", nil)
    }

    @Test func `a probe that is not configured is one warning, however many rules name it`() throws {
        let found = try warnings(
            RuleFixture.rules(
                "id: a, match: {probe: chat-websocket}",
                "id: b, match: {probe: [chat-websocket, backend-health]}",
                "id: c, match: {probe: chat-websocket}"
            )
        )
        #expect(
            found == [
                "there is no probe \"chat-websocket\", which rule a and 2 more are about - "
                    + "known here: backend-health, frontend"
            ]
        )
    }

    @Test func `a match that fits nothing though all of its names exist is a warning`() throws {
        try expect(
            "expr: sample.failed, match: {probe: frontend, environment: staging}",
            "is about none of the checks - look at its match: checks are production/backend-health, "
                + "production/frontend, staging/backend-health"
        )
    }
}
