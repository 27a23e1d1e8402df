extension RuleSet {
    /// These rules without those that are left out; the others are judged as before.
    package func filter(_ isIncluded: (CompiledRule) -> Bool) -> RuleSet {
        RuleSet(rules: rules.filter(isIncluded), vocabulary: vocabulary)
    }
}
