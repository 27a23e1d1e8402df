package import LookoutModel

/// What of a check's past to load from the store, so that its rules can go on where they were.
package struct MemoryDepth: Hashable, Sendable {
    /// How old the samples are at most that rules look at one by one.
    package let age: Duration
    /// How many of the newest samples are needed in any case.
    package let count: Int
    /// How far back outcomes are counted; zero for not at all.
    package let countedAge: Duration

    /// By what stretches outcomes are counted.
    package var countedStretch: Duration { OutcomeCounts.width(for: countedAge) }

    /// Whether more is needed than to another depth; nil stands for nothing.
    package func exceeds(_ other: MemoryDepth?) -> Bool {
        guard let other else { return true }
        return age > other.age || count > other.count || countedAge > other.countedAge
    }
}

extension RuleSet {
    /// What of a check's past the rules need.
    ///
    /// Rules that ask about the deployment need the versions of the last day.
    package func memoryDepth(of check: Check) -> MemoryDepth {
        let demand = demand(of: check)
        let age = demand.sampleAge(every: check.interval)
        let asksForDeployment = rules(matching: check).contains { $0.names.contains("deployment") }
        return MemoryDepth(
            age: asksForDeployment ? max(age, BaselineCall.deploymentMemory) : age,
            // The newest sample, and the one before it, which rules know as `previous`.
            count: max(demand.count, 2),
            countedAge: demand.countedAge(every: check.interval)
        )
    }
}
