package import LookoutModel

extension RuleSet {
    /// All alerts that the rules can raise for these checks, those about their environments included.
    ///
    /// With `identifiers` it tells what has become of an alert: its rule is gone, or what the rule was
    /// judged for.
    package func alerts(for checks: [Check]) -> Set<AlertID> {
        var alerts: Set<AlertID> = []
        for check in checks {
            for rule in rules where rule.match.matches(check) { alerts.insert(rule.alert(for: check.id)) }
        }
        return alerts
    }

    /// The ids of all rules.
    package var identifiers: Set<String> { Set(rules.map(\.id)) }
}
