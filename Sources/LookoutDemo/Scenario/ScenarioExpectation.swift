package import LookoutModel
package import LookoutSettings

/// What is to have come of a scenario at a time; what is left out is not looked at.
package struct ScenarioExpectation: SettingsValue {
    /// What a watch can have come to.
    package enum Verdict: String, CaseIterable, SettingsValue, Hashable {
        /// Nothing has been judged.
        case notJudged = "none"
        case pass, regressed, inconclusive
    }

    /// The kinds of rollback that can be suggested.
    package enum Rollback: String, CaseIterable, SettingsValue, Hashable {
        case netlify, render, variables
        case gitBackup = "git-backup"
        case gitPinned = "git-pinned"
        case gitRevert = "git-revert"
    }

    /// What can be expected, as it stands in the file.
    struct Content: Settings {
        static let fields: [Field<Content>] = [
            Field("at", \.at, "When, since the beginning; at the end if it is left out."),
            Field("alerts", \.alerts, "The rules that fire, and no others."),
            Field("severity", \.severity, "The worst severity that fires, or none."),
            Field("diagnosis", \.diagnosis, "The cause that is ranked first, or none."),
            Field("verdict", \.verdict, "What the watch came to: pass, regressed, inconclusive or none."),
            Field("rollback", \.rollback, "The rollbacks that are suggested together; empty for none."),
        ]

        var at: Duration?
        var alerts: [String]?
        var severity: ExpectedSeverity?
        var diagnosis: String?
        var verdict: Verdict?
        var rollback: [Rollback]?

        init() {}

        func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            let isEmpty =
                alerts == nil && severity == nil && diagnosis == nil && verdict == nil && rollback == nil
            guard isEmpty else { return }
            context.error(
                "nothing is expected here",
                at: node,
                hint: "give one of alerts, severity, diagnosis, verdict, rollback"
            )
        }
    }

    package static var shape: Shape { Content.shape }

    private let content: Content
    package let position: SourcePosition

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let content = Content(node, &context) else { return nil }
        self.content = content
        position = node.position
    }

    /// When it is looked at; nil for the end.
    package var at: Duration? { content.at }
    package var alerts: [String]? { content.alerts }
    package var severity: ExpectedSeverity? { content.severity }
    package var diagnosis: String? { content.diagnosis }
    package var verdict: Verdict? { content.verdict }
    package var rollback: [Rollback]? { content.rollback }
}

/// A severity, or that nothing fires.
package enum ExpectedSeverity: SettingsValue, Hashable {
    case nothing
    case worst(Severity)

    package static var shape: Shape { .oneOf([.choice(["none"]), Severity.shape]) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .scalar("none", _) = node.content {
            self = .nothing
        } else {
            guard let severity = Severity(node, &context) else { return nil }
            self = .worst(severity)
        }
    }
}
