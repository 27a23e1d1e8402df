import LookoutModel
import LookoutRehearsal
import LookoutSettings

/// The findings of a backtest for people: a line a rule, then what changes, then what to make of it.
struct BacktestTable {
    /// How many changes of a rule are listed unless all are asked for.
    private static let listed = 10

    private let findings: BacktestFindings
    private let seconds: Double
    private let showsAll: Bool

    init(_ findings: BacktestFindings, seconds: Double, showsAll: Bool) {
        self.findings = findings
        self.seconds = seconds
        self.showsAll = showsAll
    }

    var text: String {
        [heading, rules, changes, remarks, summary].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var heading: String {
        let reference =
            switch findings.reference {
            case .recorded: "what was recorded"
            case .current: "the rules in force, replayed as well"
            case .none: "nothing"
            }
        return "\(findings.range.lowerBound.inSeconds) to \(findings.range.upperBound.inSeconds), "
            + "compared with \(reference)\n"
    }

    private var rules: String {
        var table = TextTable(
            header: [
                "RULE", "BEFORE", "NOW", "SAME", "NEW", "GONE", "CHANGED", "FIRING BEFORE", "FIRING NOW", "",
            ]
        )
        for rule in findings.rules {
            let counts = [EpisodeChange.Kind.same, .new, .gone, .different].map { kind in
                isComparable(rule) ? String(rule.count(kind)) : "-"
            }
            table.add(
                [rule.id, count(rule.before), count(rule.after)] + counts
                    + [firing(rule.before), firing(rule.after), remark(rule)]
            )
        }
        return table.text
    }

    private func isComparable(_ rule: BacktestFindings.OfRule) -> Bool {
        (rule.before?.isTelling ?? false) && (rule.after?.isTelling ?? true)
    }

    private func count(_ side: BacktestFindings.Side?) -> String {
        side.map { $0.isTelling ? String($0.episodes.count) : "?" } ?? "-"
    }

    private func firing(_ side: BacktestFindings.Side?) -> String {
        guard let side, side.isTelling else { return side == nil ? "-" : "?" }
        return side.episodes.isEmpty ? "-" : side.firing(in: findings.range).rounded.durationText
    }

    private func remark(_ rule: BacktestFindings.OfRule) -> String {
        guard let after = rule.after else { return "not among the rules on trial" }
        switch after.replayability {
        case .impossible(let fields):
            return "not replayable: needs \(fields.joined(separator: ", ")), which is not stored"
        case .broken(let error): return "cannot be evaluated: \(error)"
        case .partial(let unjudged, let total, let fields):
            return
                "\(unjudged) of \(total) samples not judged: \(fields.joined(separator: ", ")) is not stored"
        case .unasked: return "no samples"
        case .full, nil:
            return after.errors == 0
                ? "" : "\(after.errors) errors, the last: \(after.currentError ?? "gone")"
        }
    }

    private var changes: String {
        findings.rules.map(changes).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func changes(of rule: BacktestFindings.OfRule) -> String {
        let shown = showsAll ? rule.changes : rule.changes.filter { $0.kind != .same }
        guard !shown.isEmpty else { return "" }
        var table = TextTable(header: [])
        for change in shown.prefix(showsAll ? .max : Self.listed) {
            for (mark, episode) in lines(change) {
                table.add([
                    "  \(mark)", change.alert.subject, episode.beginning, length(episode),
                    "severity \(episode.worst.rawValue)",
                ])
            }
        }
        let rest = showsAll ? 0 : max(0, shown.count - Self.listed)
        let more = rest == 0 ? "" : "  … and \(rest) more; --all lists them\n"
        return rule.id + table.text + more
    }

    private func lines(_ change: EpisodeChange) -> [(mark: String, episode: Episode)] {
        switch change.kind {
        case .same: change.after.map { ("same", $0) }
        case .new: change.after.map { ("new", $0) }
        case .gone: change.before.map { ("gone", $0) }
        case .different: change.before.map { ("was", $0) } + change.after.map { ("now", $0) }
        }
    }

    private func length(_ episode: Episode) -> String {
        let length = episode.length(in: findings.range).rounded.durationText
        return episode.ended == nil ? "\(length), still firing" : length
    }

    private var remarks: String {
        let silent = findings.coverage.checks.filter { $0.value.samples == 0 }.map(\.key).sorted()
        var text = ""
        if !silent.isEmpty {
            text += "no samples of \(silent.prefix(5).map(\.description).joined(separator: ", "))"
            text += silent.count > 5 ? " and \(silent.count - 5) more\n" : "\n"
        }
        let silences = findings.coverage.silences.sorted { $0.length > $1.length }
        for silence in silences.prefix(3) {
            text +=
                "nothing was heard of \(silence.environment) for \(silence.length.rounded.durationText) from "
                + "\(silence.time.lowerBound.inSeconds): judged as a restart\n"
        }
        if silences.count > 3 { text += "and \(silences.count - 3) shorter silences\n" }
        return text
    }

    private var summary: String {
        let coverage = findings.coverage
        let share = (coverage.share * 1000).rounded() / 10
        let judged = findings.rules.count { $0.after?.isTelling ?? false }
        let rate = seconds > 0 ? Int((Double(findings.replayedSamples) / seconds).rounded()) : 0
        return "\(coverage.samples) samples of \(coverage.checks.count) checks cover \(share) % of the time; "
            + "\(judged) of \(findings.rules.count { $0.after != nil }) rules could be replayed\n"
            + "replayed \(findings.replayedSamples) samples in \((seconds * 100).rounded() / 100) s, "
            + "\(rate) a second\n"
    }
}

extension Episode {
    fileprivate var beginning: String { began?.inSeconds ?? "earlier" }
}

extension AlertID {
    /// The check or the environment that the alert is about.
    fileprivate var subject: String {
        ["environment", "probe"].compactMap { labels[$0] }.joined(separator: "/")
    }
}

extension Timestamp {
    /// In RFC 3339 without a fraction.
    var inSeconds: String {
        Timestamp(seconds: (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000)
            .rfc3339
    }
}

extension Duration {
    /// Without the part of a second, for what lasted for one.
    var rounded: Duration {
        self < .seconds(1) ? self : .seconds(components.seconds)
    }
}
