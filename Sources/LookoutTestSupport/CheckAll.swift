import FoundationEssentials
package import LookoutSimulation
package import Testing

/// Checks a property on many random cases.
///
/// The body draws its case from the generator and throws when the property does not hold, which
/// `try #require(…)` does. The first failing case is reported with its seed; with that seed in
/// `CHECK_SEED`, the same case is run again and nothing else.
package func checkAll(
    cases count: Int = 100,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ property: (inout SeededGenerator) async throws -> Void
) async {
    for seed in CheckAllSeeds.seeds(count: count) {
        var generator = SeededGenerator(seed: seed)
        do {
            try await property(&generator)
        } catch {
            Issue.record(
                "the property fails; CHECK_SEED=\(seed) repeats this case: \(error)",
                sourceLocation: sourceLocation
            )
            return
        }
    }
}

/// Which seeds a property is checked with.
private enum CheckAllSeeds {
    static func seeds(count: Int) -> [UInt64] {
        if let text = ProcessInfo.processInfo.environment["CHECK_SEED"], let seed = UInt64(text) {
            return [seed]
        }
        return (0..<count).map { UInt64($0) &* 0xD134_2543_DE82_EF95 &+ 1 }
    }
}
