import LookoutModel

/// Calls made by a fixed number of tasks, each of which makes its next when the last has returned.
enum ClosedLoop {
    struct Count {
        var calls = 0
        var failures = 0
        var seconds = 0.0

        var rate: Double { Double(calls) / seconds }
    }

    /// Keeps so many calls under way for a time, then lets them end; a call returns whether it succeeded.
    static func run(
        inFlight: Int,
        for duration: Duration,
        _ call: @escaping @Sendable () async -> Bool
    ) async -> Count {
        let start = ContinuousClock.now
        var total = await withTaskGroup(of: Count.self) { group in
            for _ in 0..<inFlight {
                group.addTask {
                    var count = Count()
                    while ContinuousClock.now - start < duration {
                        let isSuccess = await call()
                        count.calls += 1
                        count.failures += isSuccess ? 0 : 1
                    }
                    return count
                }
            }
            return await group.reduce(into: Count()) { total, count in
                total.calls += count.calls
                total.failures += count.failures
            }
        }
        total.seconds = (ContinuousClock.now - start).inSeconds
        return total
    }
}
