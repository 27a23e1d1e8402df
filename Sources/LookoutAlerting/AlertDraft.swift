import LookoutModel

/// The next step of an `AlertBook`, worked out but not yet taken.
///
/// It lies over the book like a sheet of tracing paper: once what it says is on the disk the book
/// adopts it, and if that fails it is thrown away.
package struct AlertDraft: Sendable {
    /// An alert with what does not outlive the program.
    struct Entry: Hashable, Sendable {
        var alert: Alert
        var clock = HoldClock()
        /// When the newest bad news began, the first sign or a worse severity; on the monotonic clock,
        /// and nil for an alert that was loaded and not looked at yet.
        var newsSince: Duration?
        /// Whether the condition was judged, either way, since the program's start.
        var isFresh = false
        /// The words as they are on the disk; nil for an alert that was loaded and not written since.
        var stored: StoredWords?
    }

    /// What comes in other words with each judgement and tells nobody anything new: a row that differs in
    /// that alone is written now and then, or a thousand firing alerts would keep the disk busy.
    struct StoredWords: Hashable, Sendable {
        /// How long the words on the disk may be older than those in memory.
        static let period = Duration.seconds(60)

        var texts: AlertTexts
        /// Why nothing is known, if nothing is.
        var blindness: String?
        /// When the row was written, on the monotonic clock; nil if an earlier run wrote it.
        var at: Duration?

        init(of alert: Alert, at now: Duration? = nil) {
            texts = alert.texts
            blindness = alert.blindness?.reason
            at = now
        }

        /// Whether it is time to write other words down.
        func isOutdated(by alert: Alert, at now: Duration) -> Bool {
            guard texts != alert.texts || blindness != alert.blindness?.reason else { return false }
            return at.map { now - $0 >= Self.period } ?? true
        }
    }

    /// What is known of an alert that can be raised, whether it has a row or not; on the monotonic clock.
    struct Verdict: Hashable, Sendable {
        /// When the rule was last judged: also where it had no data or failed, since then it explains
        /// nothing; but not on a hold.
        var judgedAt: Duration?
        /// When the rule last had a verdict, either way.
        var at: Duration?
        /// When the alert last ceased to be up.
        var endedAt: Duration?
    }

    /// What was touched; nil is an alert that is no more.
    var entries: [AlertID: Entry?] = [:]
    var verdicts: [AlertID: Verdict] = [:]
    /// The parents of which an alert ended in this step.
    var endedRules: Set<String> = []
    /// What is withheld, as far as it was looked at; nil is what is not any more.
    var withheld: [AlertID: Withholding?] = [:]
    /// When to look at an alert again, as far as that was worked out; on the monotonic clock, nil for never.
    var dues: [AlertID: Duration?] = [:]
    /// When those were looked at whose time had come; nil if they were not.
    var duesSeenAt: Duration?
    /// Whether all alerts were looked at since they were loaded.
    var hasReadAll = false
    var scope: AlertScope?
    var routes: Routes?
    var policy: AlertPolicy?
    var silences: [Silence]?
    /// The silences that ended before their time.
    var spent: Set<String>?
    /// When the steady clock was set.
    var start: Moment?
    var randomness: (any RandomNumberGenerator & Sendable)?
    /// The alerts whose rows change, in the order of their first change.
    private var changed: [AlertID] = []
    private var isChanged: Set<AlertID> = []
    /// What happened so far, in order.
    package private(set) var transitions: [AlertTransition] = []
    private var notices: [Notice] = []
    private var announcements: [Announcement] = []

    package init() {}

    /// What has to be on the disk before the book may adopt this.
    package var commit: AlertCommit {
        var commit = AlertCommit(transitions: transitions, notices: notices, announcements: announcements)
        for id in changed {
            if let entry = entries[id] ?? nil {
                commit.alerts.append(entry.alert)
            } else {
                commit.removed.append(AlertKey(id))
            }
        }
        return commit
    }

    mutating func markChanged(_ id: AlertID) {
        if isChanged.insert(id).inserted { changed.append(id) }
    }

    mutating func record(_ change: Alert.Change, of alert: Alert, from: Alert.State?, at now: Timestamp) {
        transitions.append(
            AlertTransition(
                alert: alert.key,
                episode: alert.episode,
                from: from,
                to: change.to,
                severity: change.severity,
                cause: change.cause,
                at: now
            )
        )
    }

    mutating func record(_ notice: Notice) {
        notices.append(notice)
    }

    mutating func record(_ announcement: Announcement) {
        announcements.append(announcement)
    }
}
