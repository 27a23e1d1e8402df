import LookoutSettings

/// What a rule raises its alerts for.
package enum RuleScopeKind: String, CaseIterable, Hashable, SettingsValue {
    /// One alert for each check.
    case check
    /// One alert for each environment: the rule sees the newest samples of all its checks.
    case environment
}

/// What a rule makes of having no data: too few samples, or a `when` that is false.
package enum NoDataPolicy: String, CaseIterable, Hashable, SettingsValue {
    /// Nothing fires and nothing resolves.
    case keep
    /// As if the condition were false.
    case ok
    /// As if the condition were true.
    case alert
}
