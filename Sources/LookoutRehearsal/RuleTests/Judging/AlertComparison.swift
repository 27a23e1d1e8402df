import LookoutAlerting
import LookoutModel
import LookoutSettings

/// Holds the alerts of a rule against those that a test expects at a time.
struct AlertComparison {
    let expectation: AlertExpectation
    /// All alerts at that time.
    let alerts: [Alert]

    /// What is wrong; nil if everything is as expected.
    var failure: RuleTestFailure? {
        let got = compared.sorted { ($0.id.labels.text) < ($1.id.labels.text) }
        let expected = expectation.alerts
        let assignment = Assignment(expected: expected.count, got: got.count) {
            Self.fits(expected[$0], got[$1])
        }
        guard !assignment.missing.isEmpty || !assignment.unexpected.isEmpty else { return nil }
        let aspects = expected.reduce(AlertText.Aspects()) { $0.union($1.aspects) }
        let text = AlertText(
            aspects: expected.isEmpty ? [.severity, .summary] : aspects,
            tellsActiveApart: expected.contains { $0.state != nil }
        )
        let first = assignment.missing.first.map { expected[$0].position }
        return RuleTestFailure(
            position: first ?? expectation.position,
            message: message(assignment, expected, got),
            expected: expected.isEmpty ? ["none"] : expected.flatMap(text.lines),
            got: got.isEmpty ? ["none"] : got.flatMap(text.lines)
        )
    }

    /// The alerts in the states that the expectation speaks of: active ones always.
    private var compared: [Alert] {
        let states = Set(expectation.alerts.compactMap(\.state))
        return alerts.filter {
            $0.id.rule == expectation.rule && ($0.state.isActive || states.contains($0.state))
        }
    }

    private func message(_ assignment: Assignment, _ expected: [ExpectedAlert], _ got: [Alert]) -> String {
        let time = expectation.time.durationText
        let rule = expectation.rule
        if expected.isEmpty { return "\(rule) fires at \(time), and must not" }
        if got.isEmpty { return "\(rule) does not fire at \(time)" }
        if assignment.missing.isEmpty {
            let names = assignment.unexpected.map { got[$0].id.labels.subjectText }.joined(separator: ", ")
            return "\(rule) has more alerts at \(time) than expected: \(names)"
        }
        return "\(rule) has other alerts at \(time) than expected"
    }

    /// Whether an alert is one that is expected.
    static func fits(_ expected: ExpectedAlert, _ alert: Alert) -> Bool {
        let isState = expected.state.map { $0 == alert.state } ?? alert.state.isActive
        let annotations = expected.annotations.map { $0 == alert.comparedAnnotations }
        return isState
            && (expected.subject?.covers(alert.id.labels) ?? true)
            && (expected.severity.map { $0 == alert.severity } ?? true)
            && (expected.labels.map { fits($0, alert) } ?? true)
            && (annotations ?? true)
            && (expected.summary.map { $0 == alert.texts.summary } ?? true)
            && (expected.description.map { $0 == alert.texts.description } ?? true)
            && (expected.runbook.map { $0 == alert.texts.runbook ?? "" } ?? true)
            && (expected.suggestion.map { $0 == alert.texts.suggestion ?? .none } ?? true)
            && (expected.acknowledgedBy.map { $0 == alert.acknowledgement?.author ?? "" } ?? true)
    }

    /// Labels are compared as a set; `alertname` and `severity`, which are none in Lookout, may be
    /// among them.
    private static func fits(_ labels: Labels, _ alert: Alert) -> Bool {
        var rest = labels
        if let name = rest["alertname"], alert.comparedLabels["alertname"] == nil {
            guard name == alert.id.rule else { return false }
            rest["alertname"] = nil
        }
        if let severity = rest["severity"], alert.comparedLabels["severity"] == nil {
            guard severity == String(alert.severity.rawValue) else { return false }
            rest["severity"] = nil
        }
        return rest == alert.comparedLabels
    }
}

/// Holds the state of one alert against the one that a test expects at a time.
struct StateComparison {
    let expectation: StateExpectation
    /// All alerts at that time.
    let alerts: [Alert]

    /// What is wrong; nil if everything is as expected.
    var failure: RuleTestFailure? {
        let own = alerts.filter {
            $0.id.rule == expectation.rule && (expectation.subject?.covers($0.id.labels) ?? true)
        }
        guard own.count <= 1 else {
            return RuleTestFailure(
                position: expectation.position,
                message: "\(expectation.rule) has \(own.count) alerts; say which one is meant",
                got: own.map { "\($0.id.labels.subjectText) \($0.state.rawValue)" }
            )
        }
        let isSeverity = expectation.severity.map { $0 == own.first?.severity } ?? true
        if isSeverity, fits(own.first) { return nil }
        return RuleTestFailure(
            position: expectation.position,
            message:
                "\(expectation.rule) is not \(expectation.state.rawValue) at \(expectation.time.durationText)",
            expected: [Self.text(expectation.state.rawValue, expectation.severity)],
            got: [
                Self.text(
                    own.first?.state.rawValue ?? "inactive",
                    expectation.severity.flatMap { _ in own.first?.severity }
                )
            ]
        )
    }

    private func fits(_ alert: Alert?) -> Bool {
        switch expectation.state {
        case .inactive: alert == nil || alert?.state == .resolved
        case .pending: alert?.state == .pending
        case .firing: alert?.state == .firing
        case .recovering: alert?.state == .recovering
        case .resolved: alert?.state == .resolved
        }
    }

    private static func text(_ state: String, _ severity: Severity?) -> String {
        severity.map { "\(state)(\($0.rawValue))" } ?? state
    }
}
