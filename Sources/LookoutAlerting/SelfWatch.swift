package import LookoutModel

/// Makes ordinary alerts of what the agent knows of itself.
///
/// A decision and nothing else. It says of everything what is true now, each time, and leaves to the
/// alerts' life-cycle what follows; so these alerts are routed, silenced, acknowledged and told as all
/// others are.
package struct SelfWatch: Sendable {
    /// What the configuration says of one of the alerts.
    package enum Setting: Hashable, Sendable {
        case severity(Severity)
        /// It is not raised at all.
        case off
    }

    /// Something that is wrong now.
    struct Finding {
        var labels: Labels
        var severity: Severity?
        var summary: String
        var description: String
    }

    /// How often it is to be asked.
    package static let interval = Duration.seconds(10)
    /// How many intervals a check may go without saying anything.
    package static let patience = 3

    private let settings: [SelfRule: Setting]
    /// Since when each check has been there, on the monotonic clock.
    private var present: [CheckID: Duration] = [:]
    /// When the network was last found to be back.
    private var onlineSince: Duration?
    private var wasOffline = false

    package init(_ settings: [SelfRule: Setting] = [:]) {
        self.settings = settings
    }

    /// Those that can be raised.
    package var rules: [SelfRule] { SelfRule.allCases.filter { settings[$0] != .off } }

    /// How bad one of them is, in the words of the configuration or else as it was found; nil if it is not
    /// raised.
    package func severity(of rule: SelfRule, found: Severity? = nil) -> Severity? {
        switch settings[rule] {
        case .severity(let severity): severity
        case .off: nil
        case nil: found ?? rule.severity
        }
    }

    /// Says of each of the alerts whether it holds.
    ///
    /// - Parameters:
    ///   - facts: what is known now.
    ///   - open: the alerts that are up; of others nothing is said while nothing is wrong.
    ///   - now: what time it is.
    /// - Returns: A judgement for each that is wrong, and for each that is up and no longer wrong.
    package mutating func judgements(
        on facts: SelfFacts,
        upholding open: some Sequence<AlertID>,
        at now: Moment
    ) -> [Judgement] {
        remember(facts, at: now.monotonic)
        let open = Dictionary(grouping: open, by: \.rule)
        var judgements: [Judgement] = []
        for rule in SelfRule.allCases {
            var clear = Set(open[rule.rawValue] ?? [])
            if settings[rule] != .off {
                for finding in findings(of: rule, facts, at: now.monotonic) {
                    let judgement = judgement(rule, finding)
                    clear.remove(judgement.alert)
                    judgements.append(judgement)
                }
            }
            let rest = clear.sorted { $0.labels.text < $1.labels.text }
            judgements += rest.map { over(rule, $0, facts) }
        }
        return judgements
    }

    /// What is said when a storm begins or ends, before anything is told of the alerts in it; nil if storms
    /// are not told.
    package func judgement(of storm: SelfFacts.Storm, isRaging: Bool) -> Judgement? {
        guard settings[.storm] != .off else { return nil }
        var judgement = judgement(.storm, Self.finding(storm))
        if !isRaging { judgement.outcome = .clear }
        return judgement
    }

    private func judgement(_ rule: SelfRule, _ finding: Finding) -> Judgement {
        let severity = severity(of: rule, found: finding.severity)
        return Judgement(
            alert: AlertID(rule: rule.rawValue, labels: finding.labels),
            outcome: .holds(severity ?? rule.severity),
            holds: rule.holds,
            texts: AlertTexts(
                summary: finding.summary,
                description: finding.description,
                runbook: rule.runbook,
                suggestion: Suggestion.none
            ),
            interval: Self.interval
        )
    }

    /// What is said of an alert that is up and no longer found.
    private func over(_ rule: SelfRule, _ alert: AlertID, _ facts: SelfFacts) -> Judgement {
        let outage = rule.needsNetwork && settings[rule] != .off ? facts.outage : nil
        return Judgement(
            alert: alert,
            outcome: outage.map { .hold($0.words) } ?? .clear,
            holds: rule.holds,
            interval: Self.interval
        )
    }

    private mutating func remember(_ facts: SelfFacts, at now: Duration) {
        present = Dictionary(
            facts.pulses.map { ($0.check, present[$0.check] ?? now) },
            uniquingKeysWith: { first, _ in first }
        )
        let isOffline = facts.outage != nil
        if wasOffline, !isOffline { onlineSince = now }
        wasOffline = isOffline
    }

    /// Whether a check has said nothing for too long, Lookout's own absences not counted.
    func isMute(_ pulse: SelfFacts.Pulse, at now: Duration) -> Bool {
        let times = [pulse.heardAt, present[pulse.check], onlineSince]
        guard let last = times.compactMap(\.self).max() else { return false }
        return now - last >= pulse.interval * Self.patience + pulse.longestRun
    }
}
