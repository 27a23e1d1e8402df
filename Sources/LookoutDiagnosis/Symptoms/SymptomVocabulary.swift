import CEL
import LookoutDeployments
import LookoutModel
import LookoutRules

/// The names that a knowledge file can use, as CEL declarations, and how they are bound to symptoms.
struct SymptomVocabulary: Sendable {
    private struct Variable: Sendable {
        let name: String
        let type: ValueType
        let read: @Sendable (Symptoms) -> Value
    }

    /// For everything but facts, which do not name one another, and fixes for each of several things.
    let environment: CELEnvironment
    let factEnvironment: CELEnvironment
    /// For a fix with `each:`, which has `item` besides.
    let itemEnvironment: CELEnvironment
    private let factType: ObjectType

    static let facts = "seen"
    static let item = "item"

    /// - Parameter facts: the names that the files give to conditions; they are fields of `seen`.
    init(facts: [String]) {
        factType = ObjectType(Self.facts, fields: facts.map { ObjectType.Field($0, .bool) })
        let known = Self.variables.map { CELEnvironment.Variable($0.name, $0.type) }
        let seen = CELEnvironment.Variable(Self.facts, .object(factType))
        factEnvironment = Self.environment(known)
        environment = Self.environment(known + [seen])
        itemEnvironment = Self.environment(known + [seen, CELEnvironment.Variable(Self.item, .string)])
    }

    private static func environment(_ variables: [CELEnvironment.Variable]) -> CELEnvironment {
        var options = CompileOptions()
        options.allowsCrossTypeComparison = true
        return CELEnvironment(
            variables: variables,
            functions: SymptomFunctions.all + PlainFunctions.all,
            options: options
        )
    }

    /// The values of symptoms; each fact is worked out at most once, when the first condition asks for it.
    func activation(
        for symptoms: Symptoms,
        facts: [CompiledExpression],
        _ context: SymptomContext
    ) -> Activation {
        var base = Activation(factEnvironment)
        var activation = Activation(environment)
        for variable in Self.variables {
            let value = variable.read(symptoms)
            base[variable.name] = value
            activation[variable.name] = value
        }
        activation[Self.facts] = .object(SeenFacts(factType, facts, base, context))
        return activation
    }

    /// The same values with one of several things, for a fix with `each:`.
    func activation(_ activation: Activation, item: String) -> Activation {
        var copy = Activation(itemEnvironment)
        for variable in Self.variables { copy[variable.name] = activation[variable.name] }
        copy[Self.facts] = activation[Self.facts]
        copy[Self.item] = .string(item)
        return copy
    }

    /// What to say of a name that a rule has and a knowledge file has not.
    static func hint(_ name: String) -> String? {
        name == "sample" || name == "probe"
            ? #"a knowledge file asks for a check by its probe: check("backend-health").failed"# : nil
    }

    // MARK: Variables

    private static let variables: [Variable] = [
        Variable(name: "now", type: .timestamp) { .timestamp($0.now) },
        Variable(name: "environment", type: .string) { .string(shown($0.environment)) },
        Variable(name: "offline", type: .bool) { .bool($0.isOffline) },
        Variable(name: "alerts", type: .list(alert.valueType)) { symptoms in
            .list(symptoms.alerts.map { alert.value(AlertView(alert: $0, symptoms: symptoms)) })
        },
        Variable(name: "firing", type: .list(.string)) { .strings(firing($0).map(\.rule)) },
        Variable(name: "frontend", type: SideFields.record.valueType) { symptoms in
            SideFields.record.value(.init(side: symptoms.frontend, name: "frontend", symptoms: symptoms))
        },
        Variable(name: "backend", type: SideFields.record.valueType) { symptoms in
            SideFields.record.value(.init(side: symptoms.backend, name: "backend", symptoms: symptoms))
        },
        Variable(name: "database", type: database.valueType) { database.value($0.database) },
        Variable(name: "deployment", type: deployment.valueType) { deployment.value($0) },
    ]

    private static func firing(_ symptoms: Symptoms) -> [WatchedAlert] { symptoms.alerts.filter(\.isFiring) }

    private struct AlertView: Sendable {
        let alert: WatchedAlert
        let symptoms: Symptoms
    }

    private static let alert = SymptomRecord<AlertView>(
        "alert",
        [
            .init("rule", .string) { .string($0.alert.rule) },
            .init("probe", .string) { .string($0.alert.labels["probe"] ?? "") },
            .init("severity", .int) { .int($0.alert.severity.rawValue) },
            .init("firing", .bool) { .bool($0.alert.isFiring) },
            .init("summary", .string) { .string(shown($0.alert.summary)) },
            .init("age", .duration) { .duration($0.symptoms.now - $0.alert.since) },
            // Whether it began after the newest deployment went live; not known without one.
            .init("is_new", .bool) { view throws(EvaluationError) in
                let deployedAt = try view.symptoms.deployedAt.known("there is no deployment")
                return .bool(view.alert.since >= deployedAt)
            },
        ]
    )

    private static let database = SymptomRecord<Known<DatabaseCondition>>(
        "database",
        [
            .init("project", .string) { database throws(EvaluationError) in
                .string(shown(try database.get().project))
            },
            .init("healthy", .bool) { database throws(EvaluationError) in .bool(try database.get().isHealthy)
            },
            .init("paused", .bool) { database throws(EvaluationError) in .bool(try database.get().isPaused) },
            .init("read_only", .bool) { database throws(EvaluationError) in
                .bool(
                    try database.get().isReadOnly.known("the provider does not say whether it is read-only")
                )
            },
            .init("unhealthy_services", .list(.string)) { database throws(EvaluationError) in
                .strings(try database.get().unhealthyServices.map(shown))
            },
        ]
    )

    private static let deployment = SymptomRecord<Symptoms>(
        "deployment",
        [
            .init("known", .bool) { .bool($0.deployedAt != nil) },
            .init("age", .duration) { symptoms throws(EvaluationError) in
                .duration(symptoms.now - (try symptoms.deployedAt.known("there is no deployment")))
            },
            .init("parts", .list(.string)) { .strings($0.deployedParts.map(\.rawValue).sorted()) },
            .init("migrations", .list(.string)) { .strings($0.migrations.map(shown)) },
            .init("expected_commit", .string) { symptoms throws(EvaluationError) in
                .string(try symptoms.expectedCommit.known("git: the expected commit is not known").text)
            },
            .init("lost_commits", .list(.string)) { symptoms throws(EvaluationError) in
                .strings(try symptoms.lostCommits.get().map { shown("\($0.id.short) \($0.subject)") })
            },
        ]
    )

    private static func shown(_ text: String) -> String { PlainText.line(text, atMost: 300) }
}
