import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// One alert's judgements in a row and what a book makes of them, in a notation short enough for tables.
///
/// Outcomes: `1`, `2`, `3` hold at that severity, `-` is clear, `?` no data, `!` an error, `h` a hold.
/// States: `.` none, `p` pending, `F` firing, `r` recovering, `R` resolved.
struct AlertStory {
    static let interval = Duration.seconds(60)
    static let id = AlertID(rule: "down", labels: ["environment": "production", "probe": "api"])
    static let scope = AlertScope(alerts: [id: interval], rules: ["down"], parents: [])
    static let start = Moment(wall: Timestamp(seconds: 1_790_000_000), monotonic: .seconds(1000))

    var holds: Judgement.Holds
    var labels: Labels = [:]
    var book: AlertBook
    var now = start
    private(set) var commits: [AlertCommit] = []

    init(
        for pending: Duration = .zero,
        keep: Duration = .zero,
        failures: Int = 1,
        successes: Int = 1,
        receivers: [String] = ["team"]
    ) {
        holds = Judgement.Holds(
            pending: pending,
            keepFiring: keep,
            failures: failures,
            successes: successes
        )
        book = AlertBook(routes: Routes(receivers: receivers), randomness: SeededGenerator(seed: 1))
    }

    var alert: Alert? { book.alerts.first { $0.id == Self.id } }

    /// `firing2` for a notice "firing" at severity 2, in order.
    var notices: [String] {
        commits.flatMap(\.notices).map { "\($0.kind.rawValue)\($0.severity.rawValue)" }
    }

    var causes: [AlertTransition.Cause] { commits.flatMap(\.transitions).map(\.cause) }

    var letter: Character { Self.letter(alert?.state) }

    static func letter(_ state: Alert.State?) -> Character {
        switch state {
        case nil: "."
        case .pending: "p"
        case .firing: "F"
        case .recovering: "r"
        case .resolved: "R"
        }
    }

    /// Judges once per letter, an interval apart; the state after each.
    mutating func play(_ outcomes: String, every step: Duration = interval) -> String {
        var states = ""
        for outcome in outcomes {
            judge(Self.outcome(outcome))
            states.append(letter)
            now = now + step
        }
        return states
    }

    /// Judges as `play` does, but in one step.
    mutating func playTogether(_ outcomes: String) {
        var draft = AlertDraft()
        for outcome in outcomes {
            book.plan([judgement(Self.outcome(outcome))], at: now, into: &draft)
            now = now + Self.interval
        }
        commits.append(draft.commit)
        book.adopt(draft)
    }

    mutating func judge(_ outcome: Judgement.Outcome) {
        let judgement = judgement(outcome)
        step { $0.plan([judgement], at: $1, into: &$2) }
    }

    private func judgement(_ outcome: Judgement.Outcome) -> Judgement {
        let seconds = (now.monotonic - Self.start.monotonic).components.seconds
        return Judgement(
            alert: Self.id,
            outcome: outcome,
            labels: labels,
            holds: holds,
            texts: AlertTexts(summary: "at \(seconds) s"),
            interval: Self.interval
        )
    }

    /// The book as after a restart: what is stored and nothing else, with clocks that begin anew.
    mutating func restart(after pause: Duration) {
        let stored = book.alerts
        book = AlertBook(routes: Routes(receivers: ["team"]), randomness: SeededGenerator(seed: 2))
        book.load(stored)
        now = Moment(wall: now.wall + pause, monotonic: .seconds(5))
    }

    mutating func reload(_ scope: AlertScope = scope, receivers: [String]) {
        step { $0.plan(scope, Routes(receivers: receivers), at: $1, into: &$2) }
    }

    private mutating func step(_ plan: (AlertBook, Moment, inout AlertDraft) -> Void) {
        var draft = AlertDraft()
        plan(book, now, &draft)
        commits.append(draft.commit)
        book.adopt(draft)
    }

    static func outcome(_ letter: Character) -> Judgement.Outcome {
        switch letter {
        case "1": .holds(.outage)
        case "2": .holds(.major)
        case "3": .holds(.minor)
        case "-": .clear
        case "?": .noData
        case "h": .hold("Lookout is offline")
        default: .error("no such field")
        }
    }
}
