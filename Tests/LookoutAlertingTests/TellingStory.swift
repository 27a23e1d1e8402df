import LookoutAlerting
import LookoutModel
import LookoutSimulation

/// Alerts of one rule each, and what which receiver is told of them under routes and a policy.
///
/// Outcomes are written as in `AlertStory`. Times are seconds from the beginning, 2026-09-21T14:13:20Z.
struct TellingStory {
    static let interval = Duration.seconds(60)
    static let start = AlertStory.start

    var routes: Routes
    var policy: AlertPolicy
    var holds = Judgement.Holds()
    var book: AlertBook
    private(set) var now = start
    private(set) var commits: [AlertCommit] = []

    init(
        receivers: [String] = ["team"],
        root: Route? = nil,
        fallback: [String] = [],
        withoutResolved: Set<String> = [],
        policy: AlertPolicy = AlertPolicy(),
        silences: [Silence] = []
    ) {
        routes = Routes(
            receivers: receivers,
            root: root,
            fallback: fallback,
            withoutResolved: withoutResolved
        )
        self.policy = policy
        book = AlertBook(
            scope: Self.scope,
            routes: routes,
            policy: policy,
            silences: silences,
            randomness: SeededGenerator(seed: 1)
        )
    }

    static let rules = ["down", "slow", "odd", AlertScope.stormRule, "lookout-offline"]
    static let scope = AlertScope(
        alerts: Dictionary(uniqueKeysWithValues: rules.map { (id($0), interval) }),
        rules: Set(rules),
        parents: []
    )

    static func id(_ rule: String) -> AlertID { AlertID(rule: rule, labels: ["environment": "production"]) }

    static func time(_ second: Int) -> Timestamp { start.wall + .seconds(second) }

    func alert(_ rule: String = "down") -> Alert? { book.alerts.first { $0.id == Self.id(rule) } }

    func withholding(_ rule: String = "down") -> Withholding? { book.withheld[Self.id(rule)] }

    var notices: [Notice] { commits.flatMap(\.notices) }

    /// `3600 team reminder2` for each notice.
    var told: [String] {
        notices.map { notice in
            let second = (notice.createdAt - Self.start.wall).components.seconds
            return "\(second) \(notice.receiver) \(notice.kind.rawValue)\(notice.severity.rawValue)"
        }
    }

    mutating func judge(_ letter: Character, _ rule: String = "down", at second: Int) {
        judge([rule: letter], at: second)
    }

    mutating func judge(_ letters: KeyValuePairs<String, Character>, at second: Int) {
        let judgements = letters.map { rule, letter in
            Judgement(
                alert: Self.id(rule),
                outcome: AlertStory.outcome(letter),
                holds: holds,
                interval: Self.interval
            )
        }
        step(at: second) { $0.plan(judgements, at: $1, into: &$2) }
    }

    /// Judges each minute from a second on, waking in between as the book asks for it.
    mutating func play(_ letters: String, from second: Int) {
        for (index, letter) in letters.enumerated() {
            wake(until: second + index * 60)
            judge(letter, at: second + index * 60)
        }
    }

    /// Lets time pass, waking as the book asks for it.
    mutating func pass(to second: Int) {
        wake(until: second)
        step(at: second) { $0.plan(at: $1, into: &$2) }
    }

    mutating func silence(_ silences: [Silence], at second: Int) {
        step(at: second) { $0.plan(silences: silences, at: $1, into: &$2) }
    }

    mutating func breakDown(_ receivers: Set<String>, at second: Int) {
        step(at: second) { $0.plan(broken: receivers, at: $1, into: &$2) }
    }

    mutating func acknowledge(_ word: Alert.Acknowledgement?, _ rule: String = "down", at second: Int) {
        step(at: second) { book, now, draft in
            _ = book.plan(acknowledging: AlertKey(Self.id(rule)), with: word, at: now, into: &draft)
        }
    }

    mutating func reload(at second: Int) {
        let (routes, policy) = (routes, policy)
        step(at: second) { $0.plan(Self.scope, routes, policy, at: $1, into: &$2) }
    }

    /// The book as after a restart, which takes so long and sets the monotonic clock anew.
    mutating func restart(after pause: Int, silences: [Silence] = []) {
        let stored = book.alerts
        book = AlertBook(
            scope: Self.scope,
            routes: routes,
            policy: policy,
            silences: silences,
            randomness: SeededGenerator(seed: UInt64(commits.count))
        )
        book.load(stored)
        now.wall = now.wall + .seconds(pause)
        now.monotonic = now.monotonic + .seconds(pause)
        let (routes, policy) = (routes, policy)
        step(after: .zero) { $0.plan(Self.scope, routes, policy, at: $1, into: &$2) }
    }

    /// Sets the clock that people read, and nothing else.
    mutating func setClock(by change: Int) { now.wall = now.wall + .seconds(change) }

    private mutating func wake(until second: Int) {
        let end = Self.start.monotonic + .seconds(second)
        while let look = book.nextLook(after: now), look < end {
            step(after: look - now.monotonic) { $0.plan(at: $1, into: &$2) }
        }
    }

    private mutating func step(at second: Int, _ plan: (AlertBook, Moment, inout AlertDraft) -> Void) {
        step(after: Self.start.monotonic + .seconds(second) - now.monotonic, plan)
    }

    private mutating func step(after time: Duration, _ plan: (AlertBook, Moment, inout AlertDraft) -> Void) {
        now = now + time
        var draft = AlertDraft()
        plan(book, now, &draft)
        commits.append(draft.commit)
        book.adopt(draft)
    }
}
