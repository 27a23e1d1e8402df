import CEL
import LookoutModel

/// What the engine remembers of one environment.
struct EnvironmentState {
    /// A rule about the environment, the checks whose samples it is judged at, and its part of the board.
    struct Assignment: Sendable {
        /// By the check's place: with that check's interval.
        let rules: [RuleAssignment?]
        let section: Int
    }

    let facts: EnvironmentFacts
    let checks: [Check]
    let assignments: [Assignment]
    /// The variables that do not change from sample to sample.
    let activation: Activation
    /// The board's part that rules about a check see; nil if none of them looks.
    let wholeSection: Int?
    var failing: ProbeFailures
    var board: CheckBoard
    var deployments = ReleaseRecord()

    init(_ facts: EnvironmentFacts, _ checks: [Check], _ rules: RuleSet) {
        self.facts = facts
        self.checks = checks
        activation = rules.vocabulary.activation(in: facts)
        failing = ProbeFailures(probes: checks.map(\.id.probe))
        var board = CheckBoard(checks, vocabulary: rules.vocabulary)
        let readsChecks = rules.rules.contains { $0.scope == .check && $0.names.contains("checks") }
        wholeSection = readsChecks ? board.addSection { _ in true } : nil
        var assignments: [Assignment] = []
        for (number, rule) in rules.rules.enumerated() where rule.scope == .environment {
            guard checks.contains(where: rule.match.matches) else { continue }
            assignments.append(
                Assignment(
                    rules: checks.map {
                        rule.match.matches($0) ? RuleAssignment(rule, number: number, for: $0) : nil
                    },
                    section: board.addSection(where: rule.match.matches)
                )
            )
        }
        self.assignments = assignments
        self.board = board
    }

    /// Whether every check has had a sample, for rules about a check that look at the others.
    var isComplete: Bool { wholeSection.map { board.sections[$0].isComplete } ?? true }

    /// Takes in the newest conclusive sample of the check at a place.
    mutating func take(_ sample: Sample, at place: Int) {
        failing[place] = sample.outcome.failure != nil
        board.show(sample, at: place)
    }
}
