package import LookoutModel

/// What is configured: which alerts the rules can raise, and how often each is judged.
///
/// An alert that is not in it will never be judged again. What depends on an alert is looked up here
/// too, so a rule that is judged for no check of an environment explains nothing there.
package struct AlertScope: Hashable, Sendable {
    /// One rule in one environment.
    private struct Family: Hashable {
        let rule: String
        let environment: String?
    }

    /// The rule of the alert that most checks of an environment, or of all, fail at once.
    package static let stormRule = "lookout-storm"
    /// What the ids of Lookout's rules about itself begin with.
    package static let ownPrefix = "lookout-"

    /// Every alert that can be raised, with how far apart its judgements normally are.
    package let alerts: [AlertID: Duration]
    /// The ids of all rules, also of those that match no check.
    package let rules: Set<String>
    /// The ids of the rules on which others depend.
    package let parents: Set<String>
    private let families: [Family: [AlertID]]

    /// Nothing at all: no alert goes on, and none depends on another.
    package init() {
        self.init(alerts: [:], rules: [], parents: [])
    }

    package init(alerts: [AlertID: Duration], rules: Set<String>, parents: Set<String>) {
        self.alerts = alerts
        self.rules = rules
        self.parents = parents
        families = Dictionary(grouping: alerts.keys) { alert in
            Family(rule: alert.rule, environment: alert.labels["environment"])
        }
    }

    /// Why an alert cannot be judged any more; nil if it can.
    func end(of alert: AlertID) -> Alert.Resolution? {
        if alerts[alert] != nil { return nil }
        return rules.contains(alert.rule) ? .checkRemoved : .ruleRemoved
    }

    /// The alerts of a rule in the environment of another alert, in no particular order.
    func alerts(of rule: String, besides alert: AlertID) -> [AlertID] {
        families[Family(rule: rule, environment: alert.labels["environment"])] ?? []
    }

    /// Whether alerts of a rule may explain others.
    func explains(with rule: String) -> Bool {
        rule == Self.stormRule || parents.contains(rule)
    }

    /// The storms that would explain an alert: those of its environment and those of all, but none explains
    /// what Lookout says of itself.
    func storms(over alert: AlertID) -> [AlertID] {
        guard !alert.rule.hasPrefix(Self.ownPrefix), rules.contains(Self.stormRule) else { return [] }
        let environments = alert.labels["environment"] == nil ? [nil] : [alert.labels["environment"], nil]
        return environments.flatMap { families[Family(rule: Self.stormRule, environment: $0)] ?? [] }
    }
}
