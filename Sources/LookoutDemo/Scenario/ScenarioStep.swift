package import LookoutSettings

/// Something that happens at a time of a scenario.
package struct ScenarioStep: SettingsValue {
    package var at: Duration
    package var action: ScenarioAction
    package let position: SourcePosition

    package static var shape: Shape {
        .tagged(
            [
                Shape.Property(
                    key: "at",
                    summary: "When, since the beginning.",
                    isRequired: true,
                    shape: Duration.shape
                )
            ],
            oneOf: ScenarioAction.kinds.map {
                Shape.Property(key: $0.word, summary: $0.summary, isRequired: false, shape: $0.shape)
            }
        )
    }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let entries = node.entries(&context) else { return nil }
        let words = ScenarioAction.kinds.map(\.word)
        let unknown = entries.filter { $0.key != "at" && !words.contains($0.key) }
        for entry in unknown {
            context.diagnostics.error(
                "unknown key \"\(entry.key.shortened)\"",
                at: entry.position,
                hint: Spelling.hint(for: entry.key, among: ["at"] + words)
            )
        }
        let actions = entries.filter { words.contains($0.key) }
        for entry in actions.dropFirst() {
            context.diagnostics.error(
                "a step is one thing; this one is \"\(actions[0].key)\" already",
                at: entry.position,
                hint: "make it a step of its own, at the same time"
            )
        }
        if actions.isEmpty, unknown.isEmpty {
            let known = words.joined(separator: ", ")
            context.error("nothing happens in this step", at: node, hint: "add one of \(known)")
        }
        let at = node["at"].flatMap { Duration($0, &context) }
        if node["at"] == nil { context.error("\"at\" is missing", at: node, hint: "say when: at: 5m") }
        let action = actions.first.flatMap { ScenarioAction($0.key, $0.value, &context) }
        guard let at, let action, actions.count == 1, unknown.isEmpty else { return nil }
        self.at = at
        self.action = action
        position = node.position
    }
}

/// What can happen in a scenario.
package enum ScenarioAction: Sendable {
    /// Something breaks, and stays broken until it is mended.
    case inject([ScenarioFault])
    /// `production`, `production.backend`, `netlify`, or `all`.
    case mend([ScenarioMend])
    /// A commit on an environment's branch.
    case deploy(ScenarioDeploy)
    case variables(ScenarioVariables)
    /// Staging is merged into main.
    case sync(ScenarioSync)
    case hotfix(ScenarioHotfix)
    case settings(ScenarioSettings)
    case database(ScenarioDatabase)
    case incident(ScenarioIncident)
    /// A part answers slower, whatever is deployed.
    case slowness(ScenarioSlowness)
    /// Whether Lookout itself has a network.
    case network(ScenarioNetwork)
    /// The suggested rollback is carried out by whoever runs the scenario.
    case rollback(ScenarioRollback)

    /// A kind of action: its word, what it is for, what stands behind it, and how that is read.
    struct Kind: Sendable {
        let word: String
        let summary: String
        let shape: Shape
        let read: @Sendable (SettingsNode, inout SettingsContext) -> ScenarioAction?

        init<Value: SettingsValue>(
            _ word: String,
            _ summary: String,
            _ make: @escaping @Sendable (Value) -> ScenarioAction
        ) {
            self.word = word
            self.summary = summary
            shape = Value.shape
            read = { node, context in Value(node, &context).map(make) }
        }
    }

    static let kinds: [Kind] = [
        Kind("inject", "Breaks a part or a provider.") { (faults: OneOrMore<ScenarioFault>) in
            .inject(faults.all)
        },
        Kind("mend", "Mends a part, an environment, a provider, or all.") {
            (places: OneOrMore<ScenarioMend>) in
            .mend(places.all)
        },
        Kind("deploy", "Pushes a commit to an environment's branch.") { .deploy($0) },
        Kind("variables", "Changes variables at a provider.") { .variables($0) },
        Kind("sync", "Merges staging into main.") { .sync($0) },
        Kind("hotfix", "Merges an urgent fix, without a backup branch.") { .hotfix($0) },
        Kind("settings", "Changes how a service is set up at its provider.") { .settings($0) },
        Kind("database", "Changes how a database stands.") { .database($0) },
        Kind("incident", "Changes what a provider says of itself.") { .incident($0) },
        Kind("slowness", "Makes a part slower by a factor, whatever is deployed; 1 for as it was.") {
            .slowness($0)
        },
        Kind("network", "Takes Lookout's own network away, or gives it back.") { .network($0) },
        Kind("rollback", "Carries out the rollback that is suggested.") { .rollback($0) },
    ]

    init?(_ word: String, _ node: SettingsNode, _ context: inout SettingsContext) {
        guard let action = Self.kinds.first(where: { $0.word == word })?.read(node, &context) else {
            return nil
        }
        self = action
    }
}

/// One value, or a list of them.
struct OneOrMore<Element: SettingsValue>: SettingsValue {
    static var shape: Shape { .oneOf([Element.shape, .list(Element.shape)]) }

    let all: [Element]

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .sequence = node.content {
            guard let elements = [Element](node, &context) else { return nil }
            all = elements
        } else {
            guard let element = Element(node, &context) else { return nil }
            all = [element]
        }
    }
}
