import CEL
import LookoutModel

extension RuleVocabulary {
    static let probe = RecordType<Check>(
        "probe",
        [
            .init("name", .string, "The probe's name.") { .string($0.id.probe) },
            .init("type", .string, "Its type, such as `http`.") { .string($0.type) },
            .init("interval", .duration, "The time from one run to the next.") { .duration($0.interval) },
            .init("timeout", .duration, "How long one attempt may take.") { .duration($0.timeout) },
            .init("attempts", .int, "How often a failing run is tried before it counts.") {
                .int($0.attempts)
            },
        ]
    )

    static let environmentType = RecordType<EnvironmentFacts>(
        "environment",
        [
            .init("name", .string, "The environment's name.") { .string($0.name) },
            .init("labels", .map(.string, .string), "Its labels.") { .map($0.labels) },
            .init("variables", .map(.string, .string), "Its variables, secrets left out.") {
                .map($0.variables.mapValues { .string($0) })
            },
        ]
    )
}
