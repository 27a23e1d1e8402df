import LookoutModel
import LookoutSettings

/// Holds the names in a rule's `match` against those that there are.
struct MatchCheck {
    let scope: RuleScope

    func check(_ rule: RuleDefinition, _ diagnostics: inout Diagnostics) {
        check(rule.match.probes, "probe", among: scope.probes, &diagnostics)
        check(rule.match.environments, "environment", among: scope.environments.map(\.name), &diagnostics)
        check(rule.match.types, "probe type", among: scope.types.map(\.name), &diagnostics)
    }

    /// A name that nearly is another was hardly meant: an error.
    ///
    /// One that is like none belongs to what this configuration does not have, as rule files are shared: a
    /// warning. Patterns with `*` may stand for what comes later.
    private func check(
        _ patterns: [LocatedPattern],
        _ kind: String,
        among names: [String],
        _ diagnostics: inout Diagnostics
    ) {
        for located in patterns where located.pattern.isLiteral && !names.contains(located.pattern.text) {
            let name = located.pattern.text
            let nearest = Spelling.nearest(to: name, among: names)
            diagnostics.add(
                Diagnostic(
                    nearest == nil ? .warning : .error,
                    at: located.position,
                    "there is no \(kind) \"\(name)\"",
                    hint: Spelling.hint(for: name, among: names)
                )
            )
        }
    }
}
