import CEL
import LookoutModel

/// Which rules judge a check, and what they ask for: the same for all of its samples.
final class CheckPlan: Sendable {
    let assignments: [RuleAssignment]
    /// How many `when` several of the rules share.
    let concernCount: Int
    let demand: HistoryDemand
    let readsPrevious: Bool
    let readsDeployment: Bool
    let readsChecks: Bool
    /// The variables that do not change from sample to sample.
    let activation: Activation

    init(_ check: Check, _ rules: RuleSet, in environment: EnvironmentFacts) {
        var places: [String: Int] = [:]
        var assignments: [RuleAssignment] = []
        var names: Set<String> = []
        let matching = rules.rules.enumerated().filter { $1.scope == .check && $1.match.matches(check) }
        let texts = matching.compactMap { $1.when?.program.canonicalText }
        let shared = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +).filter { $0.value > 1 }
        for (number, rule) in matching {
            var concern: Int?
            if let text = rule.when?.program.canonicalText, shared[text] != nil {
                concern = places[text, default: places.count]
                places[text] = concern
            }
            assignments.append(RuleAssignment(rule, number: number, for: check, concern: concern))
            names.formUnion(rule.names)
        }
        self.assignments = assignments
        concernCount = places.count
        demand = rules.demand(of: check)
        readsPrevious = names.contains("previous")
        readsDeployment = names.contains("deployment")
        readsChecks = assignments.contains { $0.readsChecks }
        activation = rules.vocabulary.activation(for: check, in: environment)
    }
}

/// What the engine remembers of one check.
struct CheckState {
    let check: Check
    let plan: CheckPlan
    /// The check's environment, and its place among that one's checks.
    let environment: Int
    let place: Int
    var history: SampleHistory
    /// The newest conclusive sample, and the one before it, without what was seen.
    private(set) var newest: Sample?
    private(set) var previous: Sample?
    /// The newest version that the check reported.
    private(set) var version: String?

    init(_ check: Check, _ plan: CheckPlan, environment: Int, place: Int) {
        self.check = check
        self.plan = plan
        self.environment = environment
        self.place = place
        history = SampleHistory(demand: plan.demand, interval: check.interval)
    }

    /// Takes over what was known of the check under other rules.
    mutating func inherit(_ other: CheckState) {
        history = other.history
        history.adapt(to: plan.demand, interval: check.interval)
        newest = other.newest
        previous = other.previous
        version = other.version
    }

    /// Takes in a conclusive sample; the version, if it is another one than before.
    mutating func take(_ sample: Sample) -> String? {
        history.append(sample)
        return remember(sample)
    }

    /// Takes in stored samples in place of what was known; the newest change of the version, if there is one.
    mutating func seed(_ samples: [Sample], _ counts: [OutcomeCount]) -> (version: String, time: Timestamp)? {
        history = SampleHistory(demand: plan.demand, interval: check.interval)
        history.seed(samples, counts: counts)
        (newest, previous, version) = (nil, nil, nil)
        var change: (version: String, time: Timestamp)?
        for sample in samples.sorted(by: { $0.startedAt < $1.startedAt }) where sample.outcome.isConclusive {
            if let version = remember(sample) { change = (version, sample.startedAt) }
        }
        return change
    }

    private mutating func remember(_ sample: Sample) -> String? {
        previous = newest
        newest = sample
        newest?.observation = nil
        guard let reported = sample.version, reported != version else { return nil }
        defer { version = reported }
        return version == nil ? nil : reported
    }
}
