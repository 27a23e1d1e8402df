import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// Rules that depend on each other, judged in one environment (or another), and what is told of them.
///
/// Outcomes are written as in `AlertStory`. Times are seconds from the beginning.
struct FamilyStory {
    static let interval = Duration.seconds(60)
    static let start = AlertStory.start

    /// For each rule those that it depends on.
    let parents: [String: [String]]
    var holds: [String: Judgement.Holds] = [:]
    let scope: AlertScope
    var book: AlertBook
    private(set) var now = start
    private(set) var commits: [AlertCommit] = []

    init(
        _ parents: [String: [String]],
        receivers: [String] = ["team"],
        environments: [String] = ["production"],
        silences: [Silence] = []
    ) {
        self.parents = parents
        let ids = environments.flatMap { place in parents.keys.map { Self.id($0, in: place) } }
        scope = AlertScope(
            alerts: Dictionary(uniqueKeysWithValues: ids.map { ($0, Self.interval) }),
            rules: Set(parents.keys),
            parents: Set(parents.values.joined())
        )
        book = AlertBook(
            scope: scope,
            routes: Routes(receivers: receivers),
            silences: silences,
            randomness: SeededGenerator(seed: 1)
        )
    }

    static func id(_ rule: String, in environment: String = "production") -> AlertID {
        AlertID(rule: rule, labels: ["environment": environment])
    }

    func alert(_ rule: String) -> Alert? { book.alerts.first { $0.id == Self.id(rule) } }

    func withholding(_ rule: String) -> Withholding? { book.withheld[Self.id(rule)] }

    /// `5 child firing2` for each notice: when, of what, and what.
    var told: [String] {
        commits.flatMap(\.notices).map { notice in
            let second = (notice.createdAt - Self.start.wall).components.seconds
            let what = "\(notice.kind.rawValue)\(notice.severity.rawValue)"
            return "\(second) \(notice.rule) \(what)"
        }
    }

    /// Judges rules together, as those of one sample are.
    mutating func judge(
        _ outcomes: KeyValuePairs<String, Character>,
        in environment: String = "production",
        at second: Int
    ) {
        let judgements = outcomes.map { rule, letter in
            Judgement(
                alert: Self.id(rule, in: environment),
                outcome: AlertStory.outcome(letter),
                parents: parents[rule] ?? [],
                holds: holds[rule] ?? Judgement.Holds(),
                interval: Self.interval
            )
        }
        step(at: second) { $0.plan(judgements, at: $1, into: &$2) }
    }

    /// Lets time pass, waking as the book asks for it.
    mutating func pass(to second: Int) {
        let end = Self.start.monotonic + .seconds(second)
        while let look = book.nextLook(after: now), look <= end {
            step(after: look - now.monotonic) { $0.plan(at: $1, into: &$2) }
        }
        step(at: second) { $0.plan(at: $1, into: &$2) }
    }

    mutating func silence(_ silences: [Silence], at second: Int) {
        step(at: second) { $0.plan(silences: silences, at: $1, into: &$2) }
    }

    mutating func reload(_ scope: AlertScope? = nil, at second: Int) {
        let scope = scope ?? self.scope
        step(at: second) { book, now, draft in
            book.plan(scope, Routes(receivers: ["team"]), at: now, into: &draft)
        }
    }

    /// The book as after a restart, whose clocks go on as if nothing had been.
    mutating func restart(silences: [Silence] = []) {
        let stored = book.alerts
        book = AlertBook(silences: silences, randomness: SeededGenerator(seed: UInt64(commits.count)))
        book.load(stored)
    }

    mutating func acknowledge(_ rule: String, _ word: Alert.Acknowledgement?, at second: Int) -> Bool {
        var isFound = false
        step(at: second) { book, now, draft in
            isFound = book.plan(acknowledging: AlertKey(Self.id(rule)), with: word, at: now, into: &draft)
        }
        return isFound
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
