package import LookoutModel

/// Work that is planned in the configuration: while it lasts, bad news of some alerts is withheld.
///
/// Alerts are judged as ever, and what still fires at its end is told then. One that is begun by a person or
/// a deployment is a `Silence` of the kind `maintenance`.
package struct Maintenance: Hashable, Sendable {
    /// All of them must match, and there must be one.
    package var matchers: [LabelMatcher]
    /// When; the name is that of the maintenance.
    package var windows: TimeWindows

    package init(name: String, matchers: [LabelMatcher], windows: [TimeWindow]) {
        self.matchers = matchers
        self.windows = TimeWindows(name: name, windows)
    }

    package var name: String { windows.name }

    package func isInForce(at time: Timestamp) -> Bool {
        windows.contains(time)
    }

    package func matches(_ alert: Alert) -> Bool {
        !matchers.isEmpty && matchers.allMatch(alert)
    }
}

extension [LabelMatcher] {
    /// Whether each of them matches what matchers see of an alert.
    func allMatch(_ alert: Alert) -> Bool {
        allSatisfy { $0.matches(value: alert.matchableValue(of: $0.label)) }
    }
}
