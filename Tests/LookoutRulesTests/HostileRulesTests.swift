import LookoutModel
import LookoutRules
import LookoutSettings
import Testing

@Suite struct HostileRulesTests {
    private static let nested = (0..<24).reduce("true") { inner, depth in "[0, 1].all(x\(depth), \(inner))" }
    private static let ranges = "[0,1,2,3,4,5,6,7,8,9]"

    @Test(arguments: [
        nested,
        "\(ranges).all(a, \(ranges).all(b, \(ranges).all(c, \(ranges).all(d, \(ranges).all(e, \(ranges).all(f, \(ranges).all(g, a >= 0)))))))",
        "\(ranges).map(a, \(ranges).map(b, \(ranges).map(c, \(ranges).map(d, \(ranges).map(e, \(ranges).map(f, sample.body)))))).size() > 0",
    ])
    func `a comprehension that would never end is cut off and is an error`(expression: String) throws {
        guard case .error(let words) = try RuleFixture.outcome(expression, of: RuleFixture.sample()) else {
            Issue.record("no error")
            return
        }
        #expect(words.contains("cost limit"))
    }

    @Test(arguments: [
        String(repeating: "(", count: 5000) + "true" + String(repeating: ")", count: 5000),
        String(repeating: "!", count: 20_000) + "true",
        String(repeating: "[", count: 5000),
        "true" + String(repeating: " && true", count: 10_000),
        "1" + String(repeating: " + 1", count: 5000) + " > 0",
        "sample.message.matches('(((((a{1,100}){1,100}){1,100}){1,100}))')",
        "\"" + String(repeating: "x", count: 100_000) + "\" == sample.message",
        "failures(" + String(repeating: "(", count: 2000) + "\"5m\"" + String(repeating: ")", count: 2000)
            + ") > 0",
    ])
    func `an expression beyond all bounds is a clear error`(expression: String) throws {
        let (rules, diagnostics) = try RuleFixture.compile(
            RuleFixture.file("expr: |-\n          \(expression)")
        )
        let isRefused = rules == nil
        #expect(isRefused)
        #expect(diagnostics.hasErrors)
    }

    @Test func `a regular expression that backtracks elsewhere ends in time`() throws {
        let body = [UInt8](repeating: UInt8(ascii: "a"), count: 50_000)
        let sample = RuleFixture.sample(observation: Observation(body: body))
        #expect(try RuleFixture.outcome("sample.body.matches('(a+)+b')", of: sample) == .clear)
    }

    @Test func `a rule that costs too much does not harm the next`() throws {
        var engine = try RuleFixture.engine(
            """
            groups:
              - name: g
                rules:
                  - {id: costly, severity: 2, summary: x, expr: '\(Self.nested)'}
                  - {id: cheap, severity: 2, summary: '{{ \(Self.nested) }}', expr: sample.ok}
            """
        )
        let judged = engine.observe(RuleFixture.sample(), of: RuleFixture.check(), at: RuleFixture.now)
        #expect(judged.last?.outcome == .holds(.major))
        #expect(judged.last?.texts.summary.hasPrefix("<error: ") == true)
    }
}
