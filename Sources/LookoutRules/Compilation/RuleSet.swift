package import LookoutModel

/// The compiled rules of all files, with the vocabulary that they were compiled in.
package struct RuleSet: Sendable {
    package let rules: [CompiledRule]
    let vocabulary: RuleVocabulary

    init(rules: [CompiledRule], vocabulary: RuleVocabulary) {
        self.rules = rules
        self.vocabulary = vocabulary
    }

    /// No rules at all.
    package static let empty = RuleSet(rules: [], vocabulary: RuleVocabulary(types: []))

    package func rules(matching check: Check) -> [CompiledRule] {
        rules.filter { $0.match.matches(check) }
    }

    /// How much of a check's past its rules look at: what to load from the store at start.
    package func demand(of check: Check) -> HistoryDemand {
        rules(matching: check).reduce(into: HistoryDemand()) { $0.include($1.demand) }
    }

    /// The longest window in time of all rules.
    package var longestWindow: Duration {
        rules.map(\.demand.longestWindow).max() ?? .zero
    }
}
