package import LookoutAlerting
package import LookoutModel
package import LookoutRules

extension AlertScope {
    /// The alerts that rules can raise for checks.
    ///
    /// One that several checks can raise is judged at least as often as the rarest of them.
    package init(of rules: RuleSet, for checks: some Sequence<Check>) {
        var alerts: [AlertID: Duration] = [:]
        for check in checks {
            for rule in rules.rules(matching: check) {
                let alert = rule.alert(for: check.id)
                alerts[alert] = max(alerts[alert] ?? .zero, check.interval)
            }
        }
        self.init(
            alerts: alerts,
            rules: Set(rules.rules.map(\.id)),
            parents: Set(rules.rules.flatMap(\.parents))
        )
    }
}
