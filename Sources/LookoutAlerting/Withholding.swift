package import LookoutModel

/// Why receivers are not told of an alert that fires, for now.
///
/// Only news that something is wrong or became worse is withheld. Once the reason is gone, what is
/// still true is told.
package enum Withholding: Hashable, Sendable {
    /// A person asked for it.
    case silence(id: String, until: Timestamp)
    /// Work is planned, in the configuration; at least until then.
    case maintenance(name: String, until: Timestamp)
    /// An alert of this rule, on which the alert's own depends, explains it.
    case parent(rule: String)
    /// This rule is about to say whether it explains the alert, or the alert's own whether it still
    /// holds; on the monotonic clock, no longer than until then.
    case verdict(rule: String, until: Duration)

    /// Whether it may have ended: some rules were judged, alerts of some of them ended, and it is now.
    func mayBeOver(afterJudging judged: Set<String>, ending ended: Set<String>, at now: Moment) -> Bool {
        switch self {
        case .silence(_, let end), .maintenance(_, let end): end <= now.wall
        case .parent(let rule): ended.contains(rule)
        case .verdict(let rule, let deadline): deadline <= now.monotonic || judged.contains(rule)
        }
    }

    /// When time alone may end it, on the monotonic clock; nil if never.
    func end(seenFrom now: Moment) -> Duration? {
        switch self {
        case .silence(_, let end), .maintenance(_, let end): now.monotonic + max(.zero, end - now.wall)
        case .parent: nil
        case .verdict(_, let deadline): deadline
        }
    }
}
