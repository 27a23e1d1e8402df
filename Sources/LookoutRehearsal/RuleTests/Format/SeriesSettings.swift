import LookoutModel
import LookoutRules
import LookoutSettings

/// The samples of a check, in the plain form: `input_samples`.
struct CheckSeriesSettings: Settings {
    var check: PlainText?
    var type: Located<String>?
    var interval: TestTime?
    var labels: Located<Labels>?
    var fields = SampleSettings()
    var numbers: PlainText?
    var values: SeriesValues?

    static var fields: [Field<CheckSeriesSettings>] {
        [
            .needed("check", \.check, "The check, such as production/backend-health."),
            Field("type", \.type, "The probe's type. Default: http."),
            Field("interval", \.interval, "From one sample to the next. Default: the test's."),
            Field("labels", \.labels, "Labels of the check besides environment and probe."),
            Field("fields", \.fields, "What each sample has that is ok or a number."),
            Field("numbers", \.numbers, "What a number is: duration, up, status, json.PATH or facts.NAME."),
            Field("values", \.values, "The samples: 'ok x5 fail(timeout) _ ok', or a list."),
        ]
    }
}

/// The samples of a check in promtool's form: `input_series`.
struct MetricSeriesSettings: Settings {
    var series: PlainText?
    var values: SeriesValues?

    static var fields: [Field<MetricSeriesSettings>] {
        [
            .needed("series", \.series, "The check: 'up{environment=\"production\",probe=\"frontend\"}'."),
            Field("values", \.values, "The samples, as in input_samples."),
        ]
    }
}

/// `values`: a text in the notation of values, or a list of such texts and of samples.
enum SeriesValue: SettingsValue {
    case notation(SourceText)
    case sample(Readable<SampleSettings>)

    static var shape: Shape { .oneOf([.string(pattern: nil), SampleSettings.shape]) }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        switch node.content {
        case .mapping:
            guard let sample = Readable<SampleSettings>(node, &context) else { return nil }
            self = .sample(sample)
        case .scalar(let text, _):
            self = .notation(SourceText(text, at: node.position))
        case .null:
            self = .notation(SourceText("", at: node.position))
        case .sequence:
            context.error("expected values or a sample, found \(node.kind)", at: node)
            return nil
        }
    }
}

/// All values of a series, in order.
struct SeriesValues: SettingsValue {
    static var shape: Shape { .oneOf([SeriesValue.shape, .list(SeriesValue.shape)]) }

    let parts: [SeriesValue]

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .sequence = node.content {
            guard let parts = [SeriesValue](node, &context) else { return nil }
            self.parts = parts
        } else {
            guard let part = SeriesValue(node, &context) else { return nil }
            parts = [part]
        }
    }
}
