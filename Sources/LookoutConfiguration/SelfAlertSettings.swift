package import LookoutAlerting
import LookoutModel
package import LookoutSettings

/// `self_alerts`: how bad it is what Lookout finds wrong with itself, by the alert's rule id.
struct SelfAlertSettings: Settings {
    var settings: [SelfRule: SelfWatch.Setting] = [:]

    static var fields: [Field<SelfAlertSettings>] {
        SelfRule.allCases.map { rule in
            Field(
                rule.rawValue,
                "Its severity, or off. Default: \(rule.severity.rawValue).",
                shape: SelfWatch.Setting.shape
            ) { node, context, root in
                guard let setting = SelfWatch.Setting(node, &context) else { return false }
                root.settings[rule] = setting
                return true
            }
        }
    }
}

extension SelfWatch.Setting: SettingsValue {
    package static var shape: Shape { .oneOf([Severity.shape, .choice(["off"])]) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .scalar("off", _) = node.content {
            self = .off
            return
        }
        guard let severity = Severity(node, &context) else { return nil }
        self = .severity(severity)
    }
}
