import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutRules
import LookoutSettings

/// Makes one test of its settings.
struct RuleTestBuilder {
    let file: RuleTestFileSettings
    let test: RuleTestSettings
    let name: String
    let position: SourcePosition
    let scene: RuleTestScene
    var diagnostics = Diagnostics()
    /// The rules that the test is about, by id.
    private(set) var rules: [String: SourcePosition] = [:]

    init(
        file: RuleTestFileSettings,
        test: RuleTestSettings,
        name: String,
        position: SourcePosition,
        scene: RuleTestScene
    ) {
        self.file = file
        self.test = test
        self.name = name
        self.position = position
        self.scene = scene
    }

    /// The test; nil after reporting what is wrong with it.
    mutating func build() -> RuleTest? {
        let environments = file.environments.merging(test.environments) { _, own in own }
        var seriesBuilder = SeriesBuilder(
            scene: scene,
            interval: test.interval ?? file.evaluationInterval,
            environments: environments,
            samples: file.samples.merging(test.samples) { _, own in own }
        )
        let series = seriesBuilder.series(of: test)
        diagnostics.add(contentsOf: seriesBuilder.diagnostics)
        let scope = RuleScope(
            types: scene.types,
            environments: facts(environments, series.map(\.check)),
            checks: series.map(\.check)
        )
        let setting = RehearsedSetting(rules: scene.rules, scope: scope, receivers: receivers)
        var events = EventBuilder(scene: scene, setting: setting)
        let planned = events.events(of: test)
        diagnostics.add(contentsOf: events.diagnostics)
        for rule in events.rules { rules[rule.id] = rules[rule.id] ?? rule.position }
        var expectations = ExpectationBuilder(
            rules: events.rules,
            checks: series.map(\.check),
            receivers: events.receivers.sorted()
        )
        let expected = expectations.expectations(of: test)
        diagnostics.add(contentsOf: expectations.diagnostics)
        checkScripts(events.receivers)
        let length = length(series, planned, expected)
        guard !diagnostics.hasErrors else { return nil }
        return RuleTest(
            name: name,
            position: position,
            start: test.start?.timestamp ?? .epoch,
            setting: setting,
            series: series,
            scripts: test.scripts,
            events: planned,
            expectations: expected,
            isFuzzy: file.isFuzzy,
            length: length
        )
    }

    /// What rules know of the environments that the checks are in, and of those that are described.
    private func facts(
        _ described: [String: EnvironmentFactsSettings],
        _ checks: [Check]
    ) -> [EnvironmentFacts] {
        var facts: [String: EnvironmentFacts] = [:]
        for configured in scene.configuration?.ruleScope.environments ?? [] {
            facts[configured.name] = configured
        }
        for name in Set(checks.map(\.id.environment)).union(described.keys) {
            let own = described[name]
            facts[name] = EnvironmentFacts(
                name: name,
                labels: (facts[name]?.labels ?? [:]).merging(own?.labels ?? [:]),
                variables: (facts[name]?.variables ?? [:]).merging(own?.variables ?? [:]) { $1 }
            )
        }
        return facts.values.sorted { $0.name < $1.name }
    }

    // MARK: Receivers

    /// Who is told: those that are named, else those that the test speaks of, else one.
    private var receivers: [String] {
        if let named = test.receivers ?? file.receivers { return named.map(\.text) }
        if let configuration = scene.configuration, !configuration.receivers.isEmpty {
            return configuration.receivers.map(\.name)
        }
        let spoken = (test.notifications?.value ?? []).compactMap(\.settings.receiver?.text)
        let names = Set(spoken).union(test.scripts.keys).sorted()
        return names.isEmpty ? ["default"] : names
    }

    /// A script is for a receiver that is there at some time.
    private mutating func checkScripts(_ names: Set<String>) {
        for name in test.scripts.keys.sorted() where !names.contains(name) {
            diagnostics.error(
                "receivers_script: there is no receiver \"\(name.shortened)\"",
                at: position,
                hint: Spelling.hint(for: name, among: Array(names))
            )
        }
    }

    // MARK: Length

    private mutating func length(
        _ series: [RehearsedSeries],
        _ events: [RehearsalEvent],
        _ expectations: RuleTestExpectations
    ) -> Duration {
        let ends = series.compactMap(\.end) + events.map(\.end) + [expectations.end]
        let length = ends.max() ?? .zero
        if length > ValueLimits.length {
            diagnostics.error(
                "the test takes \(length.durationText), more than \(ValueLimits.length.durationText)",
                at: position
            )
        }
        return length
    }
}
