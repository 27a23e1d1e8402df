package import LookoutAlerting
package import LookoutModel
package import LookoutRules

/// The samples of one environment on their way through rules and alerts: the live decisions, without a
/// database, receivers or waiting.
package struct RuleReplay: Sendable {
    package private(set) var engine: RuleEngine
    /// The alerts as they stand after the newest sample.
    package private(set) var book = AlertBook()
    private var trail = EpisodeTrail()
    /// The alerts that can be raised, by the name under which transitions refer to them.
    private let alerts: [AlertKey: AlertID]
    /// The alerts that are neither unknown nor resolved.
    private var unsettled: Set<AlertID> = []

    /// - Parameters:
    ///   - rules: the rules on trial.
    ///   - scope: what the rules were compiled against, with the checks of one environment.
    package init(rules: RuleSet, scope: RuleScope) {
        engine = RuleEngine(rules: rules, scope: scope)
        alerts = Dictionary(engine.alerts.map { (AlertKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Judges a sample and takes in what follows for the alerts.
    package mutating func observe(_ sample: Sample, of check: Check, at reading: ReplayClock.Reading) {
        if reading.silentSince != nil { restart() }
        // A rule that does not hold says nothing to an alert that is not up.
        let judgements = engine.observe(sample, of: check, at: reading.now, settlingOnly: unsettled)
        guard !judgements.isEmpty else { return }
        var draft = AlertDraft()
        book.plan(judgements, at: reading.now, into: &draft)
        book.adopt(draft)
        for transition in draft.transitions {
            guard let alert = alerts[transition.alert] else { continue }
            trail.note(transition, of: alert)
            if transition.to == nil || transition.to == .resolved {
                unsettled.remove(alert)
            } else {
                unsettled.insert(alert)
            }
        }
    }

    package var episodes: [Episode] { trail.episodes }

    /// What a restart leaves: the alerts as they are stored, and hold times that wait for the next judgement.
    private mutating func restart() {
        let stored = book.alerts
        book = AlertBook()
        book.load(stored)
    }
}
