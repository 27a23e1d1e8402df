/// What work on rows took.
struct Cost {
    var rows: Int
    var seconds: Double
    var cpuSeconds: Double

    /// Measures work of this process; `body` returns the number of rows.
    static func of(_ body: () async throws -> Int) async rethrows -> Cost {
        let (start, cpuStart) = (ContinuousClock.now, CPUTime.ofThisProcess)
        let rows = try await body()
        let seconds = ContinuousClock.now - start
        return Cost(
            rows: rows,
            seconds: seconds / .seconds(1),
            cpuSeconds: CPUTime.ofThisProcess - cpuStart
        )
    }
}
