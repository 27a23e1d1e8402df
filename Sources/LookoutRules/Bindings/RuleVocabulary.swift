package import CEL
package import LookoutModel

/// The names that rules can use, as CEL declarations, and how they are bound to values.
package struct RuleVocabulary: Sendable {
    package let environment: CELEnvironment
    /// The variables, in the order in which they are declared, which is that of an activation.
    private enum Slot: Int, CaseIterable {
        case sample
        case previous
        case probe
        case environment
        case check
        case labels
        case now
    }

    private let sampleType: BoundType<SampleView>
    private let previousType: BoundType<SampleView?>

    /// - Parameter types: the probe types, whose facts become fields of `sample`.
    package init(types: [ProbeTypeFacts]) {
        let sample = BoundType(
            "sample",
            SampleFields.stored + SampleFields.observed + types.map(SampleFields.facts)
        )
        let previous = BoundType<SampleView?>(
            "previous",
            SampleFields.stored.map { Self.absentBeforeFirst($0) }
        )
        sampleType = sample
        previousType = previous
        environment = CELEnvironment(
            variables: Slot.allCases.map { slot in
                let type: ValueType =
                    switch slot {
                    case .sample: sample.valueType
                    case .previous: previous.valueType
                    case .probe: Self.probe.valueType
                    case .environment: Self.environmentType.valueType
                    case .check: .string
                    case .labels: .map(.string, .string)
                    case .now: .timestamp
                    }
                return CELEnvironment.Variable("\(slot)", type)
            },
            functions: HistoryFunctions.all,
            options: Self.options
        )
    }

    private static var options: CompileOptions {
        var options = CompileOptions()
        options.allowsCrossTypeComparison = true
        return options
    }

    /// What stays the same for all samples of a check.
    package func activation(for check: Check, in environment: EnvironmentFacts) -> Activation {
        var activation = Activation(self.environment)
        activation[Slot.probe.rawValue] = Self.probe.value(check)
        activation[Slot.environment.rawValue] = Self.environmentType.value(environment)
        activation[Slot.check.rawValue] = .string(check.id.description)
        activation[Slot.labels.rawValue] = .map(check.labels)
        return activation
    }

    /// Adds what is new with a sample.
    package func bind(
        _ sample: SampleView,
        previous: SampleView?,
        now: Timestamp,
        to activation: inout Activation
    ) {
        activation[Slot.sample.rawValue] = sampleType.value(sample)
        activation[Slot.previous.rawValue] = previousType.value(previous)
        activation[Slot.now.rawValue] = .timestamp(now)
    }

    /// A field of `previous`: without a sample before this one, there is no data.
    private static func absentBeforeFirst(_ field: SampleFields.Field) -> BoundType<SampleView?>.Field {
        BoundType<SampleView?>.Field(field.name, field.type) { view throws(EvaluationError) in
            guard let view else { throw .noData("there is no sample before this one") }
            return try field.read(view)
        }
    }

    private static let probe = BoundType<Check>(
        "probe",
        [
            .init("name", .string) { .string($0.id.probe) },
            .init("type", .string) { .string($0.type) },
            .init("interval", .duration) { .duration($0.interval) },
            .init("timeout", .duration) { .duration($0.timeout) },
            .init("attempts", .int) { .int($0.attempts) },
        ]
    )

    private static let environmentType = BoundType<EnvironmentFacts>(
        "environment",
        [
            .init("name", .string) { .string($0.name) },
            .init("labels", .map(.string, .string)) { .map($0.labels) },
            .init("variables", .map(.string, .string)) { .map($0.variables.mapValues { .string($0) }) },
        ]
    )
}
