package import LookoutModel
package import LookoutStatistics

/// What a watch compares, frozen when it begins: a restart reads it again and judges the same.
package struct WatchPlan: Hashable, Sendable {
    /// When the new version was what users got on all sides.
    package var start: Timestamp
    /// When it is judged for the last time, unless it is extended.
    package var end: Timestamp
    /// No extension goes beyond this.
    package var latestEnd: Timestamp
    /// The time that the new version is compared with.
    package var baseline: Range<Timestamp>
    /// From the provider's first event to `start`: old and new answers mix, so nothing in it is compared.
    package var transition: Range<Timestamp>
    /// Stretches that are compared with nothing: earlier transitions, cold starts, times without network.
    package var excluded: [Range<Timestamp>]
    package var checks: [WatchedCheck]
    /// Pages are to be there within this.
    package var pageLimit: Duration
    /// What fires while versions are switched counts if it goes on for so long afterwards.
    package var switchOutage: Duration

    package init(
        start: Timestamp,
        end: Timestamp,
        latestEnd: Timestamp,
        baseline: Range<Timestamp>,
        transition: Range<Timestamp>,
        excluded: [Range<Timestamp>] = [],
        checks: [WatchedCheck],
        pageLimit: Duration = .seconds(3),
        switchOutage: Duration = .seconds(90)
    ) {
        self.start = start
        self.end = end
        self.latestEnd = latestEnd
        self.baseline = baseline
        self.transition = transition
        self.excluded = excluded
        self.checks = checks
        self.pageLimit = pageLimit
        self.switchOutage = switchOutage
    }
}

/// A check of a watch and what it is judged by.
package struct WatchedCheck: Hashable, Sendable {
    package var check: CheckID
    /// With the margins that the team's own history asks for.
    package var policy: ComparisonPolicy
    /// How many placebo windows were compared, and how many of them would have alarmed.
    package var placebos: Int
    package var placeboAlarms: Int
    /// Whether it loads a page with its scripts and styles.
    package var isPage: Bool

    package init(
        _ check: CheckID,
        policy: ComparisonPolicy,
        placebos: Int = 0,
        placeboAlarms: Int = 0,
        isPage: Bool = false
    ) {
        self.check = check
        self.policy = policy
        self.placebos = placebos
        self.placeboAlarms = placeboAlarms
        self.isPage = isPage
    }
}

/// What a watch came to, and why.
package struct WatchVerdict: Hashable, Sendable {
    /// The verdict in one word.
    package enum Word: String, Hashable, Sendable {
        case pass, regressed, inconclusive
    }

    /// One reason, of a check or of all.
    package struct Reason: Hashable, Sendable {
        package var check: CheckID?
        /// What kind of reason it is, such as `latency`, `failures`, `tail`, `rule`, `issues`, `variables` or `data`.
        package var kind: String
        /// One line with the numbers that it rests on.
        package var text: String
        package var severity: Severity?

        package init(check: CheckID? = nil, kind: String, text: String, severity: Severity? = nil) {
            self.check = check
            self.kind = kind
            self.text = text
            self.severity = severity
        }
    }

    package var word: Word
    /// Why; a pass names what was proved, never that nothing was found.
    package var reasons: [Reason]
    /// The smallest effects that would have been seen, a line a check.
    package var detectable: [String]

    package init(_ word: Word, reasons: [Reason], detectable: [String] = []) {
        self.word = word
        self.reasons = reasons
        self.detectable = detectable
    }
}
