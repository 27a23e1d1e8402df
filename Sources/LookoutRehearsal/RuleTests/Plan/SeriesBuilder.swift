import LookoutModel
import LookoutRules
import LookoutSettings

/// Makes the checks of a test and their samples.
struct SeriesBuilder {
    let scene: RuleTestScene
    /// From one sample to the next where nothing else is said.
    let interval: TestTime
    let environments: [String: EnvironmentFactsSettings]
    let samples: SampleCatalogue
    var diagnostics: Diagnostics
    private var seen: [CheckID: SourcePosition] = [:]
    private var total = 0

    init(
        scene: RuleTestScene,
        interval: TestTime,
        environments: [String: EnvironmentFactsSettings],
        samples: [String: Readable<SampleSettings>]
    ) {
        self.scene = scene
        self.interval = interval
        self.environments = environments
        var catalogue = SampleCatalogue(samples, facts: FactCheck(types: scene.types))
        diagnostics = catalogue.takeDiagnostics()
        self.samples = catalogue
    }

    /// One series for each entry that is sound.
    mutating func series(of test: RuleTestSettings) -> [RehearsedSeries] {
        var all: [RehearsedSeries] = []
        for entry in test.checkSeries where entry.isSound {
            if let series = series(entry.settings, at: entry.position) { all.append(series) }
        }
        for entry in test.metricSeries where entry.isSound {
            if let plain = plain(entry.settings), let series = series(plain, at: entry.position) {
                all.append(series)
            }
        }
        if all.count > ValueLimits.checks, let last = all.last, let place = seen[last.check.id] {
            diagnostics.error("a test has at most \(ValueLimits.checks) checks", at: place)
        }
        return all
    }

    // MARK: promtool's form

    /// The series in the plain form; nil after reporting why not.
    private mutating func plain(_ settings: MetricSeriesSettings) -> CheckSeriesSettings? {
        guard let text = settings.series else { return nil }
        let name: SeriesName
        do throws(SeriesName.Fault) {
            name = try SeriesName(text.text)
        } catch {
            diagnostics.error(error.message, at: scene.position(of: error.offset, in: text))
            return nil
        }
        var labels = name.labels
        guard let environment = labels.removeValue(forKey: "environment"),
            let probe = labels.removeValue(forKey: "probe")
        else {
            diagnostics.error(
                "a series needs the labels environment and probe",
                at: text.position,
                hint: "write up{environment=\"production\",probe=\"backend-health\",type=\"http\"}"
            )
            return nil
        }
        var plain = CheckSeriesSettings()
        plain.check = PlainText("\(environment)/\(probe)", at: text.position)
        plain.type = labels.removeValue(forKey: "type").map { Located($0, at: text.position) }
        plain.labels = labels.isEmpty ? nil : Located(Labels(labels), at: text.position)
        plain.numbers = name.metric.isEmpty ? nil : PlainText(name.metric, at: text.position)
        plain.values = settings.values
        return plain
    }

    // MARK: The plain form

    private mutating func series(
        _ settings: CheckSeriesSettings,
        at position: SourcePosition
    ) -> RehearsedSeries? {
        guard let check = check(settings) else { return nil }
        if let first = seen.updateValue(position, forKey: check.id) {
            diagnostics.error(
                "the check \(check.id) has two series",
                at: position,
                hint: "the first is in line \(first.line); one sample has all values"
            )
            return nil
        }
        guard let meaning = meaning(settings) else { return nil }
        if let facts = settings.fields.facts {
            FactCheck(types: scene.types).check(facts, &diagnostics)
        }
        guard let like = samples.resolved(settings.fields, &diagnostics) else { return nil }
        let base = SampleTemplate(like, of: check)
        var runs: [RehearsedSeries.Run] = []
        for part in settings.values?.parts ?? [] {
            switch part {
            case .notation(let text): runs += self.runs(text, check, meaning, base)
            case .sample(let sample): runs += run(sample, check).map { [$0] } ?? []
            }
        }
        total += runs.reduce(0) { $0 + $1.count }
        guard total <= ValueLimits.samples else {
            diagnostics.error("the test has more than \(ValueLimits.samples) samples", at: position)
            return nil
        }
        return RehearsedSeries(check: check, runs: runs, meaning: meaning, base: base)
    }

    private mutating func meaning(_ settings: CheckSeriesSettings) -> NumberMeaning? {
        guard let numbers = settings.numbers else { return .duration }
        guard let meaning = NumberMeaning(numbers.text) else {
            diagnostics.error(
                "\"\(numbers.text.shortened)\" is nothing that numbers can be",
                at: numbers.position,
                hint: NumberMeaning.hint
            )
            return nil
        }
        return meaning
    }

    private mutating func run(_ sample: Readable<SampleSettings>, _ check: Check) -> RehearsedSeries.Run? {
        if let facts = sample.settings.facts { FactCheck(types: scene.types).check(facts, &diagnostics) }
        guard let settings = samples.resolved(sample.settings, &diagnostics) else { return nil }
        return RehearsedSeries.Run(
            content: .sample(SampleTemplate(settings, of: check)),
            count: sample.settings.count?.value ?? 1
        )
    }

    private mutating func runs(
        _ text: SourceText,
        _ check: Check,
        _ meaning: NumberMeaning,
        _ base: SampleTemplate
    ) -> [RehearsedSeries.Run] {
        let notation = ValueNotation(text.text, names: samples.names)
        for fault in notation.faults {
            let place = scene.placement.position(of: fault.offset, in: text)
            diagnostics.error(fault.message, at: place, hint: fault.hint)
        }
        return notation.runs.compactMap { run in
            if let fault = meaning.fault(of: run) {
                diagnostics.error(fault, at: scene.placement.position(of: run.offset, in: text))
                return nil
            }
            return RehearsedSeries.Run(content: content(run.value, check, base), count: run.count)
        }
    }

    private func content(
        _ value: ValueRun.Value,
        _ check: Check,
        _ base: SampleTemplate
    ) -> RehearsedSeries.Run.Content {
        switch value {
        case .missing: .missing
        case .number(let start, let step): .numbers(start, step: step)
        case .ok: .sample(base)
        case .failed(let failure): .sample(.failed(failure, of: check))
        case .error(let reason): .sample(.silent(.error(reason)))
        case .inconclusive(let reason): .sample(.silent(.inconclusive(reason)))
        case .named(let name): .sample(SampleTemplate(samples[name], of: check))
        }
    }
}

extension SampleTemplate {
    /// A failure without further facts.
    fileprivate static func failed(_ failure: FailureClass?, of check: Check) -> SampleTemplate {
        var settings = SampleSettings()
        let kind = failure ?? .condition
        settings.failure = Located(kind, at: SourcePosition(file: "", line: 1, column: 1))
        return SampleTemplate(settings, of: check)
    }
}
