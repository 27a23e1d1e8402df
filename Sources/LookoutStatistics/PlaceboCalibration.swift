/// How many windows without a change would have been called regressed, and how great the margins must
/// be for at most α of them to be.
///
/// The formulas suppose latencies that do not drift and failures that are independent; a team's history
/// says how far that is from the truth. It is cut into adjacent windows, and each is compared with the
/// windows before it exactly as a deployment would be. While more than α of them have an alarm that is
/// worth a rollback at their end, the margin that is to blame for more of those is raised: ρ₀ for
/// latencies, the floor of p0* for failures.
///
/// The baseline here is as long as that of a real comparison, 12 windows of 30 minutes, and not one
/// window as in "every pair of adjacent windows": a shorter one drifts less and says less, so it
/// would promise what the real comparison does not hold. `baselineWindows: 1` gives the pairs.
package struct PlaceboCalibration: Equatable, Sendable {
    /// How many windows were compared.
    package let windows: Int
    /// How many of them are called regressed with the policy as given.
    package let alarmsBefore: Int
    /// How many still do with the policy as raised.
    package let alarmsAfter: Int
    /// The given policy with margins with which at most α of the windows are.
    package let policy: ComparisonPolicy

    /// The margins are not raised beyond these; a history that needs more is no baseline.
    private static let greatestMargin = 3.0
    private static let greatestFloor = 0.3

    /// Compares every window of the history that has a whole baseline before it.
    ///
    /// The history holds the runs of one check in any order, `changes` when something was deployed: no
    /// window that is compared and no baseline contains one. Windows begin at multiples of their length.
    package init(
        history: some Sequence<CheckSample>,
        changes: [Double] = [],
        policy: ComparisonPolicy = ComparisonPolicy(),
        windowSeconds: Double = 1_800,
        baselineWindows: Int = 12
    ) {
        precondition(windowSeconds > 0 && baselineWindows > 0, "a window has a length")
        let placebos = Placebos(
            history: CheckSample.ordered(history),
            changes: changes,
            windowSeconds: windowSeconds,
            baselineWindows: baselineWindows
        )
        var policy = policy
        var alarms = placebos.alarms(in: placebos.comparable, under: policy)
        windows = placebos.comparable.count
        alarmsBefore = alarms.count
        // With greater margins E only falls: what is silent stays so and is not compared again.
        while Double(alarms.count) > policy.alpha * Double(windows) {
            guard Self.raise(&policy, because: alarms) else { break }
            alarms = placebos.alarms(in: alarms.map(\.window), under: policy)
        }
        alarmsAfter = alarms.count
        self.policy = policy
    }

    /// Whether at most α of the windows are called regressed with `policy`.
    package var isCalibrated: Bool { Double(alarmsAfter) <= policy.alpha * Double(windows) }

    /// Raises the margin that more of the alarms are due to; false if it is as great as it may be.
    private static func raise(_ policy: inout ComparisonPolicy, because alarms: [Placebos.Alarm]) -> Bool {
        let byLatency = alarms.count(where: \.isByLatency)
        if 2 * byLatency >= alarms.count {
            guard policy.margin < greatestMargin else { return false }
            policy.margin = min(greatestMargin, rounded(policy.margin + 0.05))
        } else {
            guard policy.failureFloor < greatestFloor else { return false }
            policy.failureFloor = min(greatestFloor, rounded(policy.failureFloor + 0.005))
        }
        return true
    }

    /// To thousandths, for people to read.
    private static func rounded(_ margin: Double) -> Double { (margin * 1_000).rounded() / 1_000 }
}

/// A history cut into windows of the same length, numbered by their place in time.
private struct Placebos {
    /// A window that would have been called regressed.
    struct Alarm {
        let window: Double
        let isByLatency: Bool
    }

    /// The windows with a whole baseline before them and no change in either.
    let comparable: [Double]
    private let windows: [Double: [CheckSample]]
    private let baselineWindows: Int

    init(history: [CheckSample], changes: [Double], windowSeconds: Double, baselineWindows: Int) {
        let windows = Dictionary(grouping: history) { ($0.time / windowSeconds).rounded(.down) }
        let changed = Set(changes.map { ($0 / windowSeconds).rounded(.down) })
        comparable = windows.keys.sorted().filter { number in
            (0...baselineWindows).allSatisfy { distance in
                let needed = number - Double(distance)
                return windows[needed] != nil && !changed.contains(needed)
            }
        }
        self.windows = windows
        self.baselineWindows = baselineWindows
    }

    func alarms(in numbers: [Double], under policy: ComparisonPolicy) -> [Alarm] {
        numbers.compactMap { number in
            let before = (1...baselineWindows).flatMap { windows[number - Double($0)] ?? [] }
            var comparison = CheckComparison(baseline: before, policy: policy)
            for sample in windows[number] ?? [] { comparison.observe(sample) }
            let regressions = comparison.regressions
            guard !regressions.isEmpty else { return nil }
            return Alarm(window: number, isByLatency: regressions.contains { $0 != .failures })
        }
    }
}
