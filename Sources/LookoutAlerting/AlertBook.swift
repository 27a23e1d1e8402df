package import LookoutModel

/// All alerts and the rules of their life: judgements come in, what must be stored and told comes out.
///
/// A decision and nothing else: no clock, no disk. A step is planned into a draft, whose commit is
/// put on the disk, and only then adopted. What follows for receivers is in `AlertBook+Telling.swift`
/// and `AlertBook+Withholding.swift`, what people and configurations change in `AlertBook+Plans.swift`.
package struct AlertBook: Sendable {
    typealias Entry = AlertDraft.Entry
    typealias Verdict = AlertDraft.Verdict

    private(set) var entries: [AlertID: Entry] = [:]
    private(set) var verdicts: [AlertID: Verdict] = [:]
    /// The alerts of which somebody would be told now, were it not for something.
    package private(set) var withheld: [AlertID: Withholding] = [:]
    /// Whether there are alerts that were loaded and not looked at yet.
    private(set) var isUnread = false
    private(set) var scope: AlertScope
    private(set) var routes: Routes
    private(set) var policy: AlertPolicy
    private(set) var silences: [Silence]
    /// The names of those silences that ended before their time, since what they matched did.
    package private(set) var spentSilences: Set<String> = []
    /// When to look at an alert again although nothing is judged; on the monotonic clock.
    private(set) var dues: [AlertID: Duration] = [:]
    /// The first of those, or earlier.
    private(set) var nextDue: Duration?
    /// When the steady clock was set; nil before the first step.
    private(set) var start: Moment?
    private(set) var randomness: any RandomNumberGenerator & Sendable

    package init(
        scope: AlertScope = AlertScope(),
        routes: Routes = Routes(),
        policy: AlertPolicy = AlertPolicy(),
        silences: [Silence] = [],
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.scope = scope
        self.routes = routes
        self.policy = policy
        self.silences = silences
        self.randomness = randomness
    }

    /// All alerts that have a row, in no particular order.
    package var alerts: [Alert] { entries.values.map(\.alert) }

    /// Takes over what is stored, and nothing follows from it.
    ///
    /// What fires goes on firing, and whoever was told stays told. Clocks of alerts that were there
    /// before run on.
    package mutating func load(_ alerts: [Alert]) {
        var loaded: [AlertID: Entry] = [:]
        for alert in alerts {
            var entry = entries[alert.id] ?? Entry(alert: alert)
            entry.alert = alert
            loaded[alert.id] = entry
        }
        entries = loaded
        withheld = [:]
        dues = [:]
        nextDue = nil
        isUnread = true
    }

    /// Works out what judgements change, after what the draft says already.
    ///
    /// Those of one sample belong into one call: none is told before all are taken in.
    package func plan(_ judgements: [Judgement], at now: Moment, into draft: inout AlertDraft) {
        begin(at: now, in: &draft)
        var touched: [AlertID] = []
        for judgement in judgements where take(judgement, at: now, into: &draft) {
            touched.append(judgement.alert)
        }
        look(at: touched, after: judgements, at: now, into: &draft)
    }

    /// Takes the step that a draft says.
    package mutating func adopt(_ draft: AlertDraft) {
        for (id, entry) in draft.entries { entries[id] = entry }
        for (id, reason) in draft.withheld { withheld[id] = reason }
        for (id, verdict) in draft.verdicts { verdicts[id] = verdict }
        if draft.hasReadAll { isUnread = false }
        adoptDues(of: draft)
        if let scope = draft.scope {
            self.scope = scope
            verdicts = verdicts.filter { scope.alerts[$0.key] != nil }
        }
        routes = draft.routes ?? routes
        policy = draft.policy ?? policy
        silences = draft.silences ?? silences
        spentSilences = draft.spent ?? spentSilences
        start = draft.start ?? start
        randomness = draft.randomness ?? randomness
    }

    /// Does not take the step, but never draws its random numbers again: the names in it may be on
    /// the disk all the same.
    package mutating func discard(_ draft: AlertDraft) {
        randomness = draft.randomness ?? randomness
    }

    /// The first due time is found anew only once it has come, so most steps are spared the search.
    private mutating func adoptDues(of draft: AlertDraft) {
        for (id, due) in draft.dues { dues[id] = due }
        if let seen = draft.duesSeenAt, nextDue.map({ $0 <= seen }) ?? false {
            nextDue = dues.values.min()
        } else {
            nextDue = ([nextDue] + draft.dues.values).compactMap(\.self).min()
        }
    }
}
