import LookoutDeployments
package import LookoutModel
package import LookoutProbing
package import LookoutStatistics

/// The runs of checks as any store of samples has them.
package struct RecordedRuns: RunHistory {
    private let store: any SampleStore

    package init(_ store: any SampleStore) {
        self.store = store
    }

    package func runs(
        of checks: [CheckID],
        in range: Range<Timestamp>
    ) async throws -> [CheckID: [CheckSample]] {
        var runs: [CheckID: [CheckSample]] = [:]
        for check in checks {
            runs[check] = try await store.samples(of: check, in: range).compactMap(CheckSample.init)
        }
        return runs
    }
}
