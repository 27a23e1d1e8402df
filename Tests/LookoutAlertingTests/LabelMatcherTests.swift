import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct LabelMatcherTests {
    private struct Unbalanced: Error, CustomStringConvertible {
        let description = "a parenthesis is missing"
    }

    /// Stands for a regular-expression engine: alternatives of whole texts, and nothing else.
    private static func compile(_ source: String) throws -> TextPattern {
        guard !source.contains("(") else { throw Unbalanced() }
        return TextPattern(source) { text in
            source.split(separator: "|", omittingEmptySubsequences: false).contains { $0 == text }
        }
    }

    private static func parse(_ text: String) throws(LabelMatcherError) -> [LabelMatcher] {
        try LabelMatcher.list(parsing: text, compile: compile)
    }

    private static let alert = Alert(
        id: AlertID(rule: "down", labels: ["environment": "production", "probe": "api"]),
        labels: ["team": "web", "environment": "hidden"],
        severity: .outage,
        pendingSince: .epoch
    )

    @Test(arguments: [
        ("alertname=down", true), ("rule=\"down\"", true), ("alertname=\"Down\"", false),
        ("{alertname=\"down\",severity=\"1\"}", true), ("{ alertname = down , severity = 2 , }", false),
        ("environment=production", true), ("environment=hidden", false), ("probe!=web", true),
        ("probe!=api", false), ("team=~\"web|core\"", true), ("team=~w", false), ("severity!~2|3", true),
        ("severity!~1|2", false), ("absent=\"\"", true), ("absent!=x", true), ("absent=~\"|x\"", true),
        ("absent!~x", true), ("absent=x", false), ("\"team\"=web", true), ("te\u{301}am=web", false),
    ])
    func `a matcher says which alerts it means`(text: String, isMatch: Bool) throws {
        let silence = Silence(id: "s", matchers: try Self.parse(text), startsAt: .epoch, endsAt: .epoch)
        #expect(silence.matches(Self.alert) == isMatch)
    }

    @Test(arguments: [
        ("", 1, "no matcher"), ("  ", 3, "no matcher"), ("{}", 3, "no matcher"), ("down", 5, "one of ="),
        ("=down", 1, "a label's name"), ("a=", 3, "a value"), ("a=b c=d", 5, "a comma"),
        ("{a=b", 5, "closing brace"), ("a=b}", 4, "a comma"), ("a==b", 3, "a value"),
        ("a=\"b", 3, "closing quote"), ("a=\"\\q\"", 4, "escaped"),
        ("a=~\"(\"", 4, "a parenthesis is missing"),
        ("a=b,,c=d", 5, "a label's name"), ("a~b", 2, "one of ="), ("a=b\u{0}{", 5, "a comma"),
    ])
    func `what is no matcher is an error with its place`(text: String, column: Int, message: String) {
        let error = #expect(throws: LabelMatcherError.self) { try Self.parse(text) }
        #expect(error?.column == column)
        #expect(error?.message.contains(message) == true)
    }

    @Test func `what is written can be read back`() async {
        await checkAll { generator in
            let alphabet = Array("ab \"\\{}=!~,'`\n\r\t\u{0}ü🚨|")
            func text(_ lengths: ClosedRange<Int>) -> String {
                let length = Int.random(in: lengths, using: &generator)
                return String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
            }
            let matchers = try (0..<3).map { _ in
                let value = text(0...6)
                let tests: [LabelMatcher.Test] = [
                    .equal(value), .notEqual(value), .matching(try Self.compile(value)),
                    .notMatching(try Self.compile(value)),
                ]
                return LabelMatcher(text(1...6), try #require(tests.randomElement(using: &generator)))
            }
            let written = "{" + matchers.map(\.description).joined(separator: ", ") + "}"
            try #require(try Self.parse(written) == matchers)
        }
    }

    @Test func `no text makes the reader fail in any other way`() async {
        await checkAll(cases: 300) { generator in
            let alphabet = Array("a=~!\"\\{},| \u{301}n")
            let length = Int.random(in: 0...12, using: &generator)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
            do {
                try #require(try !Self.parse(text).isEmpty)
            } catch let error as LabelMatcherError {
                try #require((1...text.unicodeScalars.count + 1).contains(error.column))
            }
        }
    }
}
