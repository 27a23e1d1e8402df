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
}
