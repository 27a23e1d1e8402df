import LookoutAlerting
import LookoutModel
import LookoutRules
import LookoutSettings

/// `alert_rule_test`: all alerts of a rule at a time.
struct AlertTestSettings: Settings {
    var time: TestTime?
    var rule: PlainText?
    var alerts: [Readable<ExpectedAlertSettings>] = []

    static var fields: [Field<AlertTestSettings>] {
        [
            .needed("eval_time", \.time, "When, from the test's start on."),
            .needed("alertname", \.rule, "The rule's id."),
            Field("exp_alerts", \.alerts, "The alerts; none means that it must not fire."),
        ]
    }
}

/// One alert that is expected.
struct ExpectedAlertSettings: Settings {
    var check: PlainText?
    var environment: PlainText?
    var state: AlertStateWord?
    var severity: Severity?
    var labels: Labels?
    var annotations: [String: PlainText]?
    var summary: PlainText?
    var description: PlainText?
    var runbook: PlainText?
    var suggestion: Suggestion?
    var acknowledgedBy: PlainText?

    static var fields: [Field<ExpectedAlertSettings>] {
        [
            Field("check", \.check, "Which check it is about."),
            Field("environment", \.environment, "Which environment it is about."),
            Field(
                "state",
                \.state,
                "pending, firing, recovering or resolved. Default: firing or recovering."
            ),
            Field("severity", \.severity, "How bad it is."),
            Field("exp_labels", \.labels, "All labels; alertname may be left out."),
            Field("exp_annotations", \.annotations, "All annotations: summary, description, the rule's own."),
            Field("summary", \.summary, "The summary alone."),
            Field("description", \.description, "The description alone."),
            Field("runbook", \.runbook, "The runbook."),
            Field("suggest", \.suggestion, "What the rule suggests."),
            Field("acknowledged_by", \.acknowledgedBy, "Who takes care of it."),
        ]
    }
}

/// The states of an alert in the words of test files.
enum AlertStateWord: String, CaseIterable, SettingsValue {
    case inactive
    case pending
    case firing
    case recovering
    case resolved
}

/// `exp_state_at`: one alert over time.
struct StateTestSettings: Settings {
    var rule: PlainText?
    var check: PlainText?
    var environment: PlainText?
    /// In the order of the file.
    var states: [SettingsNode.Entry] = []

    static var fields: [Field<StateTestSettings>] {
        [
            .needed("alertname", \.rule, "The rule's id."),
            Field("check", \.check, "Which check the alert is about; needed if there are several."),
            Field("environment", \.environment, "Which environment the alert is about."),
            Field(
                "states",
                "States by time: {5m: pending, 6m: firing(1)}.",
                required: true,
                shape: .dictionary(.string(pattern: nil))
            ) { node, context, root in
                guard let entries = node.entries(&context) else { return false }
                root.states = entries
                return true
            },
        ]
    }
}

/// `exp_notifications`: something that a receiver gets.
struct NotificationSettings: Settings {
    var receiver: PlainText?
    var kind: Located<NoticeKindWord>?
    var at: TestTime?
    var between: Located<[TestTime]>?
    var rule: PlainText?
    var check: PlainText?
    var environment: PlainText?
    var severity: Severity?
    var labels: Labels?
    var summary: PlainText?
    var attempts: Int?

    static var fields: [Field<NotificationSettings>] {
        [
            .needed("receiver", \.receiver, "Who gets it."),
            .needed("kind", \.kind, "firing, escalated, deescalated or resolved."),
            Field("at", \.at, "When exactly."),
            Field("between", \.between, "When, from and to: [5m, 6m]."),
            Field("alertname", \.rule, "The rule's id."),
            Field("check", \.check, "Which check it is about."),
            Field("environment", \.environment, "Which environment it is about."),
            Field("severity", \.severity, "How bad it says that it is."),
            Field("labels", \.labels, "Labels that it has, among others."),
            Field("summary", \.summary, "Its summary."),
            Field("attempts", \.attempts, "How many attempts it took.", in: 1...1000),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if at != nil, between != nil { context.error("at and between exclude each other", at: node) }
        if let between { between.reportUnlessRange(&context) }
    }
}

/// The kinds of notices as test files name them; a word for each that the outbox has.
struct NoticeKindWord: SettingsValue, Hashable {
    static var shape: Shape { .choice(Notice.Kind.allCases.map(\.rawValue)) }

    let kind: Notice.Kind

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = PlainText(node, &context)?.text else { return nil }
        guard let kind = Notice.Kind(rawValue: text) else {
            let words = Notice.Kind.allCases.map(\.rawValue)
            context.error(
                "\"\(text.shortened)\" is not one of \(words.joined(separator: ", "))",
                at: node,
                hint: Spelling.nearest(to: text, among: words).map { "did you mean \"\($0)\"?" }
            )
            return nil
        }
        self.kind = kind
    }
}

/// `exp_errors`: an error of a rule that must come.
struct ErrorSettings: Settings {
    var rule: PlainText?
    var check: PlainText?
    var environment: PlainText?
    var at: TestTime?
    var between: Located<[TestTime]>?
    var contains: PlainText?

    static var fields: [Field<ErrorSettings>] {
        [
            .needed("alertname", \.rule, "The rule's id."),
            Field("check", \.check, "The check that it is judged for."),
            Field("environment", \.environment, "The environment that it is judged for."),
            Field("at", \.at, "A time at which it cannot be evaluated."),
            Field("between", \.between, "A span in which it cannot be evaluated: [5m, 6m]."),
            Field("contains", \.contains, "What the error says, among other words."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if at != nil, between != nil { context.error("at and between exclude each other", at: node) }
        if let between { between.reportUnlessRange(&context) }
    }
}

/// `cel_expr_test`: the value of an expression, in a rule's vocabulary or with variables of its own.
struct ExpressionTestSettings: Settings {
    var expression: SourceText?
    var time: TestTime?
    var check: PlainText?
    var variables: [String: PlainValue]?
    var value: PlainValue?
    var error: PlainText?

    static var fields: [Field<ExpressionTestSettings>] {
        [
            .needed("expr", \.expression, "The expression."),
            Field("eval_time", \.time, "When, from the test's start on. Default: 0."),
            Field("check", \.check, "The check whose newest sample it is about."),
            Field("vars", \.variables, "Variables, instead of a check's."),
            Field("exp_value", \.value, "What it comes to; durations and times as text."),
            Field("exp_error", \.error, "What its error says, among other words."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if (value == nil) == (error == nil) {
            context.error("exactly one of exp_value and exp_error is needed", at: node)
        }
        if check != nil, variables != nil {
            context.error("check and vars exclude each other", at: node)
        }
        if check == nil, time != nil {
            context.error("eval_time is about a check; name it", at: node["eval_time"] ?? node)
        }
    }
}

extension Located<[TestTime]> {
    /// Reports what is not a beginning and an end.
    fileprivate func reportUnlessRange(_ context: inout SettingsContext) {
        guard value.count == 2, value[0] <= value[1] else {
            context.diagnostics.error(
                "between needs a beginning and an end",
                at: position,
                hint: "write [5m, 6m]"
            )
            return
        }
    }
}
