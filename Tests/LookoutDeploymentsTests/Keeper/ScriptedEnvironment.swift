import LookoutModel
import LookoutStatistics

@testable import LookoutDeployments

/// Two checks a quarter of a minute apart, seen as long as the clock has run and seven hours before.
struct ScriptedEnvironment: EnvironmentObserver, RunHistory {
    static let checks = ["api", "page"].map { CheckID(environment: "production", probe: $0) }
    static let interval: Duration = .seconds(15)

    let world: ScriptedWorld

    func checks(of environment: String) async throws(ProviderFailure) -> [ObservedCheck] {
        Self.checks.map { id in
            let check = Check(id: id, type: "http", interval: Self.interval, timeout: .seconds(5))
            let version = world.read { $0.version }
            return ObservedCheck(
                check,
                newest: Sample(
                    check: id,
                    startedAt: world.timekeeper.now.wall,
                    outcome: .ok,
                    version: version
                )
            )
        }
    }

    func alerts(of environment: String, since time: Timestamp) async throws(ProviderFailure) -> [WatchedAlert]
    {
        world.read { $0.alerts }
    }

    func outage() async -> NetworkOutage? { nil }

    func runs(of checks: [CheckID], in range: Range<Timestamp>) async throws -> [CheckID: [CheckSample]] {
        let first = world.start - .seconds(7 * 3600)
        let now = world.timekeeper.now.wall
        let slowdowns = world.read { $0.slowdowns }
        let steps = world.read { $0.clockSteps }
        if let step = steps.first { return stepped(checks, in: range, step.at, step.by) }
        let (lower, upper) = (max(range.lowerBound, first), min(range.upperBound, now))
        guard lower < upper else { return [:] }
        // Every run begins at a multiple of the interval since the first, whatever is asked for.
        let step = Self.interval.microseconds
        let offset = (lower.microseconds - first.microseconds + step - 1) / step * step
        let begin = Timestamp(microseconds: first.microseconds + offset)
        guard begin < upper else { return [:] }
        var runs: [CheckID: [CheckSample]] = [:]
        for (seed, check) in checks.enumerated() {
            runs[check] = RunExamples.runs(in: begin..<upper, every: Self.interval, seed: UInt64(seed) &* 977)
                .map { run in
                    let factor = slowdowns.last { $0.since <= run.startedAt }?.factor ?? 1
                    return CheckSample(
                        time: run.time,
                        isOK: run.isOK,
                        seconds: run.seconds.map { $0 * factor }
                    )
                }
        }
        return runs
    }
}

extension ScriptedEnvironment {
    /// The same runs with the times that the wall clock showed when they were made.
    private func stepped(
        _ checks: [CheckID],
        in range: Range<Timestamp>,
        _ at: Duration,
        _ step: Duration
    ) -> [CheckID: [CheckSample]] {
        let first = world.start - .seconds(7 * 3600)
        // What the wall clock would show had nobody stepped it.
        let (steady, steppedAt) = (world.timekeeper.now.wall - step, world.start + at)
        var runs: [CheckID: [CheckSample]] = [:]
        for (seed, check) in checks.enumerated() {
            var times: [Timestamp] = []
            var time = first
            while time < steady {
                if range.contains(time < steppedAt ? time : time + step) { times.append(time) }
                time = time + Self.interval
            }
            runs[check] = times.flatMap { time in
                RunExamples.runs(in: time..<(time + .seconds(1)), seed: UInt64(seed) &* 977).map { run in
                    let shown = time < steppedAt ? run.startedAt : run.startedAt + step + .microseconds(7)
                    return CheckSample(
                        at: shown,
                        isOK: run.isOK,
                        took: run.seconds.map { .microseconds(Int64($0 * 1e6)) }
                    )
                }
            }
        }
        return runs
    }
}
