import LookoutModel
import LookoutStatistics

/// The runs of a check within the gate's window.
struct CheckWindow {
    let name: String
    let interval: Duration
    let count: Int
    /// How many runs the window has room for.
    let expected: Int
    let failures: Int
    let lastFailure: Timestamp?
    /// Why the newest run says nothing of the target; nil if it does.
    let newestTrouble: String?
    /// How long ago the newest run was, if that is too long; nil if it is not.
    let overdue: Duration?

    init(_ check: ObservedCheck, runs: [CheckSample], facts: GateFacts) {
        let window = facts.settings.gate.window
        name = check.check.id.description
        interval = check.check.interval
        let begin = (facts.now - window).inSeconds
        let end = facts.now.inSeconds
        var inside = runs.filter { $0.time >= begin && $0.time <= end }
        // A check that runs more rarely than the window is long is judged by its newest run.
        if let newest = check.newest, interval >= window, inside.isEmpty, newest.outcome.isConclusive {
            inside = [
                CheckSample(time: newest.startedAt.inSeconds, isOK: newest.outcome == .ok, seconds: nil)
            ]
        }
        count = inside.count
        expected = max(1, Int(window / interval))
        let failed = inside.filter { !$0.isOK }
        failures = failed.count
        lastFailure = failed.map(\.time).max().map { Timestamp(microseconds: Int64($0 * 1_000_000)) }
        newestTrouble = check.newest.flatMap { $0.outcome.isConclusive ? nil : $0.outcome.message }
        let patience = max(interval * 3, .seconds(120))
        let last = max(
            inside.map(\.time).max() ?? -.infinity,
            check.newest?.startedAt.inSeconds ?? -.infinity
        )
        overdue = end - last > patience.inSeconds && last.isFinite ? .seconds(Int64(end - last)) : nil
    }

    /// 1 where it ran as often as its interval says.
    var coverage: Double { min(1, Double(count) / Double(expected)) }

    /// How often it went from well to failed or back.
    static func changes(in samples: [CheckSample]) -> Int {
        let ordered = samples.sorted { $0.time < $1.time }
        return zip(ordered, ordered.dropFirst()).count { $0.isOK != $1.isOK }
    }
}

extension Timestamp {
    /// Seconds since 1970, as samples have them.
    var inSeconds: Double { Double(microseconds) / 1_000_000 }
}

extension Duration {
    /// A number of seconds with two digits behind the point.
    static func hundredths(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e12 else { return "?" }
        let scaled = Int64((abs(seconds) * 100).rounded())
        let rest = scaled % 100
        return "\(seconds < 0 ? "-" : "")\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
