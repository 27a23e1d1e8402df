import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// Alerts known by their names, and what is told of them step by step: how a row of another program's table is
/// played.
///
/// A name is `rule`, `rule/probe` or `rule@environment`. Outcomes are written as in `AlertStory`, and each step
/// returns what it told, as `firing rule`, in the order of the words. Times are seconds from the beginning.
struct AlertCrowd {
    /// How far apart judgements normally are.
    let interval: Duration
    /// The hold times of all rules.
    var holds = Judgement.Holds()
    /// The rules' own labels.
    var labels: [String: Labels]
    /// For each rule those that it depends on.
    let parents: [String: [String]]
    private let routes: Routes
    private(set) var book: AlertBook
    private(set) var now: Moment
    private let start: Moment

    init(
        _ names: [String],
        labels: [String: Labels] = [:],
        parents: [String: [String]] = [:],
        routes: Routes = Routes(receivers: ["team"]),
        policy: AlertPolicy = AlertPolicy(),
        silences: [Silence] = [],
        every interval: Duration = .seconds(60),
        at time: Timestamp = AlertStory.start.wall
    ) {
        self.interval = interval
        self.labels = labels
        self.parents = parents
        self.routes = routes
        start = Moment(wall: time, monotonic: .seconds(1_000_000))
        now = start
        book = AlertBook(
            scope: Self.scope(names, parents, interval),
            routes: routes,
            policy: policy,
            silences: silences,
            randomness: SeededGenerator(seed: 1)
        )
    }

    private static func scope(
        _ names: [String],
        _ parents: [String: [String]],
        _ interval: Duration
    ) -> AlertScope {
        let ids = names.map(id)
        return AlertScope(
            alerts: Dictionary(uniqueKeysWithValues: ids.map { ($0, interval) }),
            rules: Set(ids.map(\.rule)),
            parents: Set(parents.values.joined())
        )
    }

    static func id(_ name: String) -> AlertID {
        let place = name.split(separator: "@").map(String.init)
        let parts = place[0].split(separator: "/").map(String.init)
        var labels: Labels = ["environment": place.count > 1 ? place[1] : "production"]
        if parts.count > 1 { labels["probe"] = parts[1] }
        return AlertID(rule: parts[0], labels: labels)
    }

    func alert(_ name: String) -> Alert? { book.alerts.first { $0.id == Self.id(name) } }

    /// As in `AlertStory`.
    func letter(_ name: String) -> Character { AlertStory.letter(alert(name)?.state) }

    func isWithheld(_ name: String) -> Bool { book.withheld[Self.id(name)] != nil }

    /// The second at which time alone may change something; nil if it cannot.
    var nextLook: Int? {
        book.nextLook(after: now).map { look in
            let (seconds, rest) = (look - start.monotonic).components
            return Int(seconds) + (rest > 0 ? 1 : 0)
        }
    }

    func time(_ second: Int) -> Timestamp { start.wall + .seconds(second) }

    /// Judges alerts together, each with the outcomes of its letters one after the other.
    mutating func judge(_ outcomes: KeyValuePairs<String, String>, at second: Int) -> [String] {
        judge(outcomes.map { ($0.key, $0.value) }, at: second)
    }

    mutating func judge(_ outcomes: [(name: String, letters: String)], at second: Int) -> [String] {
        let judgements = outcomes.flatMap { name, letters in
            letters.map { letter in
                let id = Self.id(name)
                return Judgement(
                    alert: id,
                    outcome: AlertStory.outcome(letter),
                    labels: labels[name] ?? [:],
                    parents: parents[id.rule] ?? [],
                    holds: holds,
                    interval: interval
                )
            }
        }
        return step(at: second) { $0.plan(judgements, at: $1, into: &$2) }
    }

    /// Lets time pass without anything being judged; what is told at its end.
    mutating func pass(to second: Int) -> [String] {
        step(at: second) { $0.plan(at: $1, into: &$2) }
    }

    mutating func silence(_ silences: [Silence], at second: Int) -> [String] {
        step(at: second) { $0.plan(silences: silences, at: $1, into: &$2) }
    }

    /// Goes on with other alerts configured, and no others.
    mutating func reload(_ names: [String], at second: Int) -> [String] {
        let (scope, routes) = (Self.scope(names, parents, interval), routes)
        return step(at: second) { $0.plan(scope, routes, at: $1, into: &$2) }
    }

    /// Goes on with rows as a restart does: what they say and nothing else.
    mutating func take(_ alerts: [Alert]) { book.load(alerts) }

    private mutating func step(
        at second: Int,
        _ plan: (AlertBook, Moment, inout AlertDraft) -> Void
    ) -> [String] {
        now = start + .seconds(second)
        var draft = AlertDraft()
        plan(book, now, &draft)
        book.adopt(draft)
        return draft.commit.notices.map { "\($0.kind.rawValue) \($0.rule)" }.sorted()
    }
}
