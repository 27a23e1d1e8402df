import CEL
import LookoutModel

/// The variable `deployment`: the newest deployment of the environment, as of some time.
///
/// While none is known its fields are absent, and reading one finds no data.
final class DeploymentView: ObjectValue {
    private let deployment: Release?
    private let now: Timestamp

    init(_ deployment: Release?, now: Timestamp) {
        self.deployment = deployment
        self.now = now
    }

    private typealias Field = (
        name: String, type: ValueType, summary: String,
        read: @Sendable (Release, _ age: Duration) -> Value?
    )

    private static let fields: [Field] = [
        (
            "id", .string, "What the deployment is called; its version if only samples tell of it.",
            { deployment, _ in .string(deployment.id) }
        ),
        (
            "version", .string, "The version that it brought, where it is known.",
            { deployment, _ in deployment.version.map { .string($0) } }
        ),
        ("age", .duration, "How long ago it began.", { _, age in .duration(age) }),
        (
            "watching", .bool, "Whether it began less than 30 minutes ago.",
            { _, age in .bool(age < Release.watch) }
        ),
    ]

    static let type = ObjectType("deployment", fields: fields.map { ObjectType.Field($0.name, $0.type) })

    static var reference: [FieldReference] {
        fields.map { FieldReference(name: $0.name, type: "\($0.type)", summary: $0.summary) }
    }

    var objectType: ObjectType { Self.type }

    func field(_ index: Int) throws(EvaluationError) -> Value? {
        deployment.flatMap { Self.fields[index].read($0, now.clamped - $0.beganAt.clamped) }
    }

    func absence(of index: Int) -> EvaluationError? {
        deployment == nil ? .noData("no deployment of this environment is known") : nil
    }
}
