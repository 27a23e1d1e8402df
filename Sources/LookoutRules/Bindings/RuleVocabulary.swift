package import CEL
import LookoutModel

/// The names that rules can use, as CEL declarations, and how they are bound to values.
///
/// Rules about a check and rules about an environment have names of their own: what a rule cannot know it
/// cannot name.
package struct RuleVocabulary: Sendable {
    /// The variables of rules about a check, in the order of their declaration.
    private enum CheckSlot: Int, CaseIterable {
        case sample
        case previous
        case probe
        case check
        case labels
        case environment
        case deployment
        case checks
        case now
    }

    /// The variables of rules about an environment, in the order of their declaration.
    private enum EnvironmentSlot: Int, CaseIterable {
        case environment
        case deployment
        case checks
        case now
    }

    private let checkNames: CELEnvironment
    private let environmentNames: CELEnvironment
    let types: [ProbeTypeFacts]
    let sampleType: SampleType
    let previousType: SampleType
    let standingType: SampleType

    /// - Parameter types: the probe types, whose facts become fields of `sample`.
    package init(types: [ProbeTypeFacts]) {
        let sample = SampleType(
            "sample",
            SampleFields.stored + SampleFields.observed + types.map(SampleFields.facts)
        )
        let previous = SampleType("previous", SampleFields.stored)
        let standing = SampleType("standing", SampleFields.standing + SampleFields.stored)
        self.types = types
        sampleType = sample
        previousType = previous
        standingType = standing
        checkNames = CELEnvironment(
            variables: CheckSlot.allCases.map { slot in
                let type: ValueType =
                    switch slot {
                    case .sample: sample.valueType
                    case .previous: previous.valueType
                    case .probe: Self.probe.valueType
                    case .check: .string
                    case .labels: .map(.string, .string)
                    case .environment: Self.environmentType.valueType
                    case .deployment: .object(DeploymentView.type)
                    case .checks: .list(standing.valueType)
                    case .now: .timestamp
                    }
                return CELEnvironment.Variable("\(slot)", type)
            },
            functions: HistoryFunctions.all.map(\.declaration) + PlainFunctions.all,
            options: Self.options
        )
        environmentNames = CELEnvironment(
            variables: EnvironmentSlot.allCases.map { slot in
                let type: ValueType =
                    switch slot {
                    case .environment: Self.environmentType.valueType
                    case .deployment: .object(DeploymentView.type)
                    case .checks: .list(standing.valueType)
                    case .now: .timestamp
                    }
                return CELEnvironment.Variable("\(slot)", type)
            },
            functions: PlainFunctions.all,
            options: Self.options
        )
    }

    private static var options: CompileOptions {
        var options = CompileOptions()
        options.allowsCrossTypeComparison = true
        return options
    }

    /// What rules about a check, or about an environment, can name.
    package func environment(for scope: RuleScopeKind) -> CELEnvironment {
        switch scope {
        case .check: checkNames
        case .environment: environmentNames
        }
    }

    // MARK: Binding

    /// What stays the same for all samples of a check.
    func activation(for check: Check, in environment: EnvironmentFacts) -> Activation {
        var activation = Activation(checkNames)
        activation[CheckSlot.probe.rawValue] = Self.probe.value(check)
        activation[CheckSlot.check.rawValue] = .string(check.id.description)
        activation[CheckSlot.labels.rawValue] = .map(check.labels)
        activation[CheckSlot.environment.rawValue] = Self.environmentType.value(environment)
        return activation
    }

    /// What stays the same for all samples of an environment.
    func activation(in environment: EnvironmentFacts) -> Activation {
        var activation = Activation(environmentNames)
        activation[EnvironmentSlot.environment.rawValue] = Self.environmentType.value(environment)
        return activation
    }

    /// Adds what is new with a sample; what no rule asks for may be left out.
    func bind(_ news: SampleNews, to activation: inout Activation) {
        activation[CheckSlot.sample.rawValue] = .object(SampleObject(news.sample, as: sampleType))
        activation[CheckSlot.now.rawValue] = .timestamp(news.now)
        if let previous = news.previous {
            activation[CheckSlot.previous.rawValue] = .object(
                previous.map { SampleObject($0, as: previousType) }
                    ?? MissingSample(previousType, reason: "there is no sample before this one")
            )
        }
        if let deployment = news.deployment {
            activation[CheckSlot.deployment.rawValue] = .object(deployment)
        }
        if let checks = news.checks { activation[CheckSlot.checks.rawValue] = .list(checks) }
    }

    /// Adds what is new in an environment.
    func bind(
        _ checks: [Value],
        _ deployment: DeploymentView,
        now: Timestamp,
        to activation: inout Activation
    ) {
        activation[EnvironmentSlot.checks.rawValue] = .list(checks)
        activation[EnvironmentSlot.deployment.rawValue] = .object(deployment)
        activation[EnvironmentSlot.now.rawValue] = .timestamp(now)
    }

    /// An element of `checks`.
    func standing(_ view: SampleView) -> Value {
        .object(SampleObject(view, as: standingType))
    }
}

/// What is new with a sample for the rules about its check.
struct SampleNews {
    let sample: SampleView
    let now: Timestamp
    /// The sample before, nil inside if there is none; nil if no rule asks.
    var previous: SampleView??
    /// Nil if no rule asks.
    var deployment: DeploymentView?
    /// The elements of `checks`; nil if no rule asks.
    var checks: [Value]?
}
