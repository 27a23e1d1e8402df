import LookoutModel
import LookoutRules
import LookoutSettings

/// Looks up which alert a test speaks of: a rule, and the check or the environment that it is about.
struct SubjectReader {
    let rules: [CompiledRule]
    let checks: [Check]
    var diagnostics = Diagnostics()

    init(rules: [CompiledRule], checks: [Check]) {
        self.rules = rules
        self.checks = checks
    }

    /// The rule of a name; nil after reporting that there is none, since a test of a misspelt rule
    /// would pass for ever.
    mutating func rule(_ name: PlainText) -> CompiledRule? {
        if let rule = rules.first(where: { $0.id == name.text }) { return rule }
        diagnostics.error(
            "there is no rule \"\(name.text.shortened)\"",
            at: name.position,
            hint: Spelling.hint(for: name.text, among: rules.map(\.id))
        )
        return nil
    }

    /// The labels that tell a rule's alert from its others; nil if the test leaves them open, and after
    /// reporting that there is nothing of that name.
    mutating func subject(of rule: CompiledRule?, check: PlainText?, environment: PlainText?) -> Labels? {
        if let check {
            if let rule, rule.scope == .environment {
                diagnostics.error(
                    "the rule \(rule.id) is about environments",
                    at: check.position,
                    hint: "name the environment instead of a check"
                )
                return nil
            }
            guard let known = checks.first(where: { $0.id.description == check.text }) else {
                diagnostics.error(
                    "the test has no check \"\(check.text.shortened)\"",
                    at: check.position,
                    hint: Spelling.hint(for: check.text, among: checks.map(\.id.description))
                )
                return nil
            }
            return ["environment": known.id.environment, "probe": known.id.probe]
        }
        guard let environment else { return nil }
        let known = Set(checks.map(\.id.environment))
        guard known.contains(environment.text) else {
            diagnostics.error(
                "the test has no environment \"\(environment.text.shortened)\"",
                at: environment.position,
                hint: Spelling.hint(for: environment.text, among: Array(known))
            )
            return nil
        }
        return ["environment": environment.text]
    }
}

extension Labels {
    /// Whether these labels, which may leave some open, speak of the others.
    func covers(_ other: Labels) -> Bool {
        dictionary.allSatisfy { other[$0.key] == $0.value }
    }
}
