package import LookoutRules

/// Whether stored samples are enough to judge by a rule.
///
/// Headers, bodies, JSON, certificates and what is special to a type of probe are not stored. A rule that
/// had to read them for a verdict gave none, which is not the same as "it would not have fired".
package enum Replayability: Hashable, Sendable {
    /// No sample was about the rule.
    case unasked
    /// Every sample could be judged as it was live.
    case full
    /// So many of the samples could not be judged, for want of these fields.
    case partial(unjudged: Int, of: Int, fields: [String])
    /// No sample could be judged, for want of these fields.
    case impossible(fields: [String])
    /// No sample could be judged; the newest error says why.
    case broken(String)

    package init(_ statistics: RuleStatistics?) {
        guard let statistics, statistics.evaluations > 0 else {
            self = .unasked
            return
        }
        let unjudged = statistics.unstored.values.reduce(0, +)
        let fields = statistics.unstored.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        let verdicts = statistics.evaluations - statistics.noData - statistics.errors - statistics.withheld
        if unjudged > 0 {
            self =
                verdicts == 0
                ? .impossible(fields: fields)
                : .partial(unjudged: unjudged, of: statistics.evaluations, fields: fields)
        } else if statistics.errors == statistics.evaluations, let error = statistics.currentError {
            self = .broken(error)
        } else {
            self = .full
        }
    }
}
