package import LookoutModel
package import LookoutProbing
package import LookoutRules

/// A check's past as it is in the store, as far as its rules look back on it.
package struct RuleMemory: Sendable {
    /// Oldest first.
    package let samples: [Sample]
    /// How many runs succeeded and failed, oldest first, those of the samples included.
    package let counts: [OutcomeCount]

    /// Reads what `RuleSet.memoryDepth(of:)` says and no more.
    package init(
        of check: Check,
        _ depth: MemoryDepth,
        from store: any SampleStore,
        at now: Timestamp
    ) async throws {
        let newest = try await store.newest(depth.count, of: check.id)
        let horizon = now - depth.age
        if depth.age > .zero, let oldest = newest.first?.startedAt, oldest > horizon {
            samples = try await store.samples(of: check.id, in: horizon..<Timestamp(microseconds: .max))
        } else {
            samples = newest
        }
        counts =
            depth.countedAge == .zero
            ? []
            : try await store.outcomeCounts(
                of: check.id,
                since: now - depth.countedAge - depth.countedStretch,
                every: depth.countedStretch
            )
    }
}
