package import LookoutSettings

/// Which rules fired in some test, and which in none.
package struct RuleCoverage: Sendable {
    /// All rules that the tests are about, by id.
    package let rules: [String: SourcePosition]
    /// Those that fired.
    package let fired: Set<String>

    package init(_ results: [RuleTestFileResult]) {
        var rules: [String: SourcePosition] = [:]
        for result in results { rules.merge(result.rules) { first, _ in first } }
        self.rules = rules
        fired = Set(results.flatMap { $0.tests.flatMap(\.firedRules) }).intersection(rules.keys)
    }

    /// From 0 to 100; 100 where there is no rule.
    package var percentage: Double {
        rules.isEmpty ? 100 : 100 * Double(fired.count) / Double(rules.count)
    }

    /// The rules that never fired, in the order of their files.
    package var unfired: [(rule: String, position: SourcePosition)] {
        rules.filter { !fired.contains($0.key) }
            .map { (rule: $0.key, position: $0.value) }
            .sorted { $0.position < $1.position }
    }

    /// The coverage for people.
    package var text: String {
        let share = (percentage * 10).rounded(.down) / 10
        var text = "coverage: \(fired.count) of \(rules.count) rules fired in a test (\(share) %)\n"
        for (rule, position) in unfired { text += "  never fired: \(rule) (\(position))\n" }
        return text
    }
}
