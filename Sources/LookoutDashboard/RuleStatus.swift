package import LookoutModel

/// A rule that cannot be evaluated now.
package struct RuleErrorStatus: Hashable, Sendable {
    package var rule: String
    package var labels: Labels
    package var reason: String

    package init(rule: String, labels: Labels, reason: String) {
        self.rule = rule
        self.labels = labels
        self.reason = reason
    }
}

/// What has become of a rule's evaluations since the agent started.
package struct RuleStatus: Hashable, Sendable {
    package var rule: String
    package var evaluations: Int
    /// Evaluations that were true.
    package var holds: Int
    package var noData: Int
    package var errors: Int
    /// Evaluations put off because nothing could be said about any target.
    package var withheld: Int
    /// How many of those without data lacked something that is not kept in the store, by what it was.
    package var unstored: [String: Int]
    package var currentError: String?

    package init(
        rule: String,
        evaluations: Int = 0,
        holds: Int = 0,
        noData: Int = 0,
        errors: Int = 0,
        withheld: Int = 0,
        unstored: [String: Int] = [:],
        currentError: String? = nil
    ) {
        self.rule = rule
        self.evaluations = evaluations
        self.holds = holds
        self.noData = noData
        self.errors = errors
        self.withheld = withheld
        self.unstored = unstored
        self.currentError = currentError
    }
}
