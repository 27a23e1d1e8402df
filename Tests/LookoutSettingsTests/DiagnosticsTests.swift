import LookoutSettings
import Testing

@Suite struct `Findings in files` {
    @Test func `a finding is rendered with its place, excerpt and hint`() {
        let finding = Diagnostic(.warning, at: .here(3, 7), "odd", hint: "mend it", excerpt: "  a + b\n    ^")
        #expect(finding.rendered == "test:3:7: warning: odd\n  a + b\n    ^\n  hint: mend it")
        #expect(Diagnostic(at: nil, "wrong").rendered == "error: wrong")
    }

    @Test func `findings are sorted by place, those without one first`() {
        var findings = Diagnostics()
        findings.error("c", at: .here(2, 1))
        findings.error("b", at: .here(1, 5))
        findings.warning("d", at: .here(2, 1))
        findings.error("a", at: nil)
        #expect(findings.sorted.map(\.message) == ["a", "b", "c", "d"])
        #expect(findings.errors.count == 3)
        #expect(findings.warnings.map(\.message) == ["d"])
    }

    @Test func `warnings alone are no errors`() {
        var findings = Diagnostics()
        findings.warning("odd", at: nil)
        #expect(!findings.hasErrors)
        findings.error("wrong", at: nil)
        #expect(findings.hasErrors)
    }

    @Test func `joined findings are each kept once`() {
        var first = Diagnostics()
        first.error("a", at: .here(1, 1))
        var second = first
        second.error("b", at: .here(1, 1))
        first.add(contentsOf: second)
        #expect(first.all.map(\.message) == ["a", "b"])
    }
}
