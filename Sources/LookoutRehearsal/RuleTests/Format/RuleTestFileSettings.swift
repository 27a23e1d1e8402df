import LookoutModel
import LookoutRules
import LookoutSettings

/// A file of rule tests as it stands: promtool's keys where they mean the same, and Lookout's own.
struct RuleTestFileSettings: Settings {
    var ruleFiles: [Located<String>]?
    var evaluationInterval = TestTime(.seconds(60))
    var groupOrder: [PlainText] = []
    var isFuzzy = false
    var configuration: PlainText?
    var environments: [String: EnvironmentFactsSettings] = [:]
    var receivers: [PlainText]?
    var samples: [String: Readable<SampleSettings>] = [:]
    var tests: [Readable<RuleTestSettings>] = []

    static var fields: [Field<RuleTestFileSettings>] {
        [
            Field("rule_files", \.ruleFiles, "The rule files, as patterns from this file's directory on."),
            Field(
                "evaluation_interval",
                \.evaluationInterval,
                "The tests' interval unless they have one. Default: 1m."
            ),
            Field(
                "group_eval_order",
                \.groupOrder,
                "Names of groups; without effect, as no rule reads another."
            ),
            Field("fuzzy_compare", \.isFuzzy, "Whether numbers may differ in their last digits."),
            Field(
                "config",
                \.configuration,
                "A configuration whose environments, checks and receivers are used."
            ),
            Field("environments", \.environments, "What rules know of the environments, by name."),
            Field("receivers", \.receivers, "Names of receivers."),
            Field("samples", \.samples, "Samples by name, for values."),
            Field("tests", \.tests, "The tests.", required: true),
        ]
    }
}

/// What rules know of an environment in a test.
struct EnvironmentFactsSettings: Settings {
    var variables: [String: String] = [:]
    var labels: Labels = [:]

    static var fields: [Field<EnvironmentFactsSettings>] {
        [
            Field("variables", \.variables, "The environment's variables."),
            Field("labels", \.labels, "Labels of every check of this environment."),
        ]
    }
}

/// One test.
struct RuleTestSettings: Settings {
    var name: PlainText?
    var interval: TestTime?
    var start: StartTime?
    var environments: [String: EnvironmentFactsSettings] = [:]
    var samples: [String: Readable<SampleSettings>] = [:]
    var checkSeries: [Readable<CheckSeriesSettings>] = []
    var metricSeries: [Readable<MetricSeriesSettings>] = []
    var receivers: [PlainText]?
    var scripts: [String: ReceiverScript] = [:]
    var events: [EventSettings] = []
    var alerts: [Readable<AlertTestSettings>] = []
    var states: [Readable<StateTestSettings>] = []
    var notifications: Located<[Readable<NotificationSettings>]>?
    var errors: [Readable<ErrorSettings>] = []
    var expressions: [Readable<ExpressionTestSettings>] = []

    static var fields: [Field<RuleTestSettings>] {
        [
            Field("name", \.name, "What is tested."),
            Field("interval", \.interval, "From one sample to the next. Default: evaluation_interval."),
            Field("start_timestamp", \.start, "When the test begins: Unix seconds or RFC 3339. Default: 0."),
            Field("environments", \.environments, "What rules know of the environments, by name."),
            Field("samples", \.samples, "Samples by name, for values."),
            Field("input_samples", \.checkSeries, "Checks and their samples."),
            Field("input_series", \.metricSeries, "Checks and their samples in promtool's form."),
            Field("receivers", \.receivers, "Names of receivers."),
            Field("receivers_script", \.scripts, "What receivers answer, attempt by attempt."),
            Field("events", \.events, "What happens besides: restarts, reloads, silences."),
            Field("alert_rule_test", \.alerts, "Which alerts fire at a time."),
            Field("exp_state_at", \.states, "In which state an alert is, by time."),
            Field("exp_notifications", \.notifications, "All that receivers get."),
            Field("exp_errors", \.errors, "Errors of rules that come."),
            Field("exp_rule_error", \.errors, "The same as exp_errors."),
            Field("cel_expr_test", \.expressions, "Values of expressions."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if node["exp_errors"] != nil, let other = node["exp_rule_error"] {
            context.error("exp_rule_error is another word for exp_errors; keep one of them", at: other)
        }
    }
}
