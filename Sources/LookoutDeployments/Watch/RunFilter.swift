package import LookoutModel
package import LookoutStatistics

/// Which runs of a check are compared: not those of a switch of versions, not those that woke a sleeper.
///
/// A service on a free plan stops after a quarter of an hour without traffic and takes a minute to wake. Lookout
/// is traffic, so only a gap between its own runs lets a service fall asleep.
package struct RunFilter: Sendable {
    /// After such a gap a service may sleep.
    static let sleep: Duration = .seconds(14 * 60)
    /// So long it may take to wake.
    static let waking: Duration = .seconds(90)

    private let excluded: [Range<Timestamp>]
    private var newest: Timestamp?
    private var wakingUntil: Timestamp?
    /// How many runs were left out.
    package private(set) var excludedCount = 0
    /// How many of those woke a sleeper, or failed to.
    package private(set) var coldCount = 0

    /// Takes the stretches that are compared with nothing.
    package init(excluding excluded: [Range<Timestamp>]) {
        self.excluded = excluded
    }

    /// Whether the next run, in the order of time, is compared.
    package mutating func admits(_ run: CheckSample) -> Bool {
        let time = run.startedAt
        if let newest, time - newest >= Self.sleep { wakingUntil = time + Self.waking }
        newest = max(newest ?? time, time)
        if let until = wakingUntil {
            // The first answer ends the waking, and is itself as slow as the waking was.
            if run.isOK || time >= until { wakingUntil = nil }
            if time < until {
                coldCount += 1
                excludedCount += 1
                return false
            }
        }
        guard !excluded.contains(where: { $0.contains(time) }) else {
            excludedCount += 1
            return false
        }
        return true
    }
}
