import LookoutRules
import LookoutSettings
import Testing

@Suite struct RuleDependencyTests {
    private func errors(_ texts: String...) throws -> [String] {
        RuleCompiler(scope: RuleFixture.scope).compile(try RuleFixture.files(texts)).diagnostics.errors
            .map { "\($0.message)\($0.hint.map { " - \($0)" } ?? "")" }
    }

    @Test func `a rule that is not there is an error with the nearest name`() throws {
        #expect(
            try errors(RuleFixture.rules("id: backend-down", "id: b, depends_on: [backend-dwn]"))
                == ["there is no rule \"backend-dwn\" - did you mean \"backend-down\"?"]
        )
        #expect(
            try errors(RuleFixture.rules("id: b, depends_on: [zzzzzz]")) == ["there is no rule \"zzzzzz\""]
        )
    }

    @Test func `a rule may depend on one of another file, whichever comes first`() throws {
        let first = RuleFixture.rules("id: child, depends_on: [parent]")
        let second = RuleFixture.rules("id: parent, expr: sample.ok")
        #expect(try errors(first, second) == [])
        #expect(try errors(second, first) == [])
    }

    @Test func `a rule that depends on itself is an error`() throws {
        #expect(try errors(RuleFixture.rules("id: a, depends_on: [a]")) == ["rule a depends on itself"])
    }

    @Test func `a name that is given twice is an error`() throws {
        #expect(
            try errors(RuleFixture.rules("id: a", "id: b, depends_on: [a, a]")) == ["\"a\" is given twice"]
        )
    }

    @Test func `a circle is an error that names all of it`() throws {
        let text = RuleFixture.rules(
            "id: c, depends_on: [a]",
            "id: a, depends_on: [b, root]",
            "id: b, depends_on: [c]",
            "id: root",
            "id: leaf, depends_on: [b]"
        )
        #expect(
            try errors(text) == [
                "rules depend on each other in a circle: a → b → c → a - leave one of these out; "
                    + "none of their alerts could ever be told first"
            ]
        )
    }

    @Test func `circles that have nothing in common are reported each`() throws {
        let text = RuleFixture.rules(
            "id: a, depends_on: [b]",
            "id: b, depends_on: [a]",
            "id: x, depends_on: [y]",
            "id: y, depends_on: [x]"
        )
        let found = try errors(text)
        #expect(found.count == 2)
        #expect(found.contains { $0.contains("a → b → a") })
        #expect(found.contains { $0.contains("x → y → x") })
    }

    @Test func `two ways to one parent are no circle`() throws {
        let text = RuleFixture.rules(
            "id: a",
            "id: b, depends_on: [a]",
            "id: c, depends_on: [a]",
            "id: d, depends_on: [b, c]"
        )
        #expect(try errors(text) == [])
    }

    @Test func `a chain of thousands of rules is followed without end of the stack`() throws {
        let lines = (0..<3000).map { index in
            "      - {id: r\(index), expr: sample.attempts > \(index), severity: 2, summary: x, "
                + "depends_on: [r\((index + 1) % 3000)]}"
        }
        let text = "groups:\n  - name: g\n    rules:\n" + lines.joined(separator: "\n") + "\n"
        let found = try errors(text)
        #expect(found.count == 1)
        #expect(found.first?.contains("r0 → r1 → r2 → ") == true)
    }
}
