package import LookoutModel

/// One rule for one set of labels, and where it stands in its life: the row that is kept.
///
/// There is a row from the first sign of trouble on. A resolved row stays, since its episode
/// number must never be used again.
package struct Alert: Hashable, Sendable {
    package let id: AlertID
    /// The digest of `id`; kept with the row because it is asked for often.
    package let key: AlertKey
    /// The rule's own labels, as they were when the alert fired.
    ///
    /// They are shown and routed by. An edited one counts from the next episode on: a receiver that
    /// knows alerts by their labels would otherwise be told of the end of one that it never heard of.
    package var labels: Labels
    /// The ids of the rules whose alerts in the same environment explain this one.
    package var parents: [String]
    package var state: State
    /// How bad it is: as last judged while pending, as told from then on.
    package var severity: Severity
    /// How often the alert has fired, this time included; 0 before the first.
    package var episode: Int
    /// How long the condition has held (pending) or has been gone (recovering).
    ///
    /// Measured by `HoldClock`; zero in the other states.
    package var held: Duration
    /// How many judgements in a row have said so: the number to `held`, and zero where that is.
    ///
    /// A restart takes nothing from it, and what says nothing (no data, an error, a hold) does not
    /// break the row.
    package var streak: Int
    /// Set while a firing alert is judged less bad than it was told.
    package var relief: Relief?
    /// Set while nothing can be said about the condition.
    package var blindness: Blindness?
    /// The words of the last judgement that held, so that a resolved alert still says what it was.
    package var texts: AlertTexts
    /// What was seen when the condition last held, or when it was last found gone.
    package var evidence: Evidence
    /// How often the condition came back while the alert of this episode was recovering.
    package var returns: Int
    package var pendingSince: Timestamp
    package var firingSince: Timestamp?
    /// When the condition was first seen gone; nil again if it came back.
    package var recoveringSince: Timestamp?
    package var resolvedSince: Timestamp?
    /// When the last episode that is over ended; unlike `resolvedSince` it stays when the next one begins.
    package var endedAt: Timestamp?
    /// Why the last episode ended.
    package var resolution: Resolution?
    package var lastJudged: Timestamp
    /// What each receiver was last told (or will be: its notice is in the outbox).
    package var told: [String: Told]
    /// Who takes care of this episode; nil where nobody has said so.
    package var acknowledgement: Acknowledgement?
    /// How often the condition came and went lately.
    package var flaps: FlapRing

    /// Where an alert stands.
    ///
    /// No row at all means that the condition was never seen, or only
    /// passed by without firing.
    package enum State: String, CaseIterable, Hashable, Sendable {
        /// The condition holds, but not for as long as the rule asks.
        case pending
        case firing
        /// Still firing, but the condition has been gone for a while.
        case recovering
        case resolved

        /// Whether people have to know of it: firing or recovering.
        package var isActive: Bool { self == .firing || self == .recovering }
    }

    /// Why an episode ended.
    package enum Resolution: String, CaseIterable, Hashable, Sendable {
        /// The condition was gone for as long as the rule asks.
        case recovered
        /// The rule is no longer configured.
        case ruleRemoved = "rule_removed"
        /// The check that the alert is about is no longer configured for the rule.
        case checkRemoved = "check_removed"
    }

    /// A spell of being less bad than told: after the rule's keep-firing time it is told.
    package struct Relief: Hashable, Sendable {
        /// The worst that was seen in this spell.
        package var severity: Severity
        package var held: Duration

        package init(severity: Severity, held: Duration = .zero) {
            self.severity = severity
            self.held = held
        }
    }

    /// A spell without a verdict: no data, a rule that could not be evaluated, or a hold.
    package struct Blindness: Hashable, Sendable {
        package var since: Timestamp
        package var held: Duration
        /// Why, in words for people.
        package var reason: String

        package init(since: Timestamp, held: Duration = .zero, reason: String) {
            self.since = since
            self.held = held
            self.reason = reason
        }
    }

    /// An alert at its first sign.
    package init(
        id: AlertID,
        labels: Labels = [:],
        parents: [String] = [],
        state: State = .pending,
        severity: Severity,
        episode: Int = 0,
        held: Duration = .zero,
        streak: Int = 0,
        relief: Relief? = nil,
        blindness: Blindness? = nil,
        texts: AlertTexts = AlertTexts(),
        evidence: Evidence = Evidence(),
        returns: Int = 0,
        pendingSince: Timestamp,
        firingSince: Timestamp? = nil,
        recoveringSince: Timestamp? = nil,
        resolvedSince: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        resolution: Resolution? = nil,
        lastJudged: Timestamp? = nil,
        told: [String: Told] = [:],
        acknowledgement: Acknowledgement? = nil,
        flaps: FlapRing = FlapRing()
    ) {
        self.id = id
        self.key = AlertKey(id)
        self.labels = labels
        self.parents = parents
        self.state = state
        self.severity = severity
        self.episode = episode
        self.held = held
        self.streak = streak
        self.relief = relief
        self.blindness = blindness
        self.texts = texts
        self.evidence = evidence
        self.returns = returns
        self.pendingSince = pendingSince
        self.firingSince = firingSince
        self.recoveringSince = recoveringSince
        self.resolvedSince = resolvedSince
        self.endedAt = endedAt
        self.resolution = resolution
        self.lastJudged = lastJudged ?? pendingSince
        self.told = told
        self.acknowledgement = acknowledgement
        self.flaps = flaps
    }

    /// All labels: the rule's own, and over them what the alert is about.
    package var allLabels: Labels { labels.merging(id.labels) }

    /// Whether it comes and goes so often that each time is not told.
    package var isFlapping: Bool { flaps.since != nil }

    /// The name of the current (or last) episode, at most 100 bytes: what providers tell
    /// repetitions by, so that a late "resolved" cannot close the next episode.
    package var episodeKey: String { "\(key)-\(episode)" }
}
