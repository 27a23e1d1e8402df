import LookoutAlerting
import LookoutModel
import LookoutSettings

/// What happened in a test, for its expectations to be held against.
struct RuleTestRecord: Sendable {
    let timeline: [(time: Duration, entry: Timeline.Entry)]
    /// What the test looked at, by time.
    let snapshots: [Duration: RuleTestRun.Snapshot]
    /// The alerts at the end.
    let alerts: [Alert]
    let sampleCount: Int
    let end: Duration

    /// The rules that fired at some time.
    var firedRules: Set<String> {
        var rules: Set<String> = []
        for (_, entry) in timeline {
            if case .transition(let transition, let alert) = entry, transition.to == .firing {
                rules.insert(alert.rule)
            }
        }
        return rules
    }

    /// What receivers took, in order.
    var deliveries: [(time: Duration, attempt: ReceiverAttempt)] {
        timeline.compactMap { time, entry in
            guard case .attempt(let attempt) = entry, attempt.isTaken else { return nil }
            return (time, attempt)
        }
    }

    /// The spans in which rules could not be evaluated.
    var errors: [RuleErrorSpan] {
        var spans: [RuleErrorSpan] = []
        for (time, entry) in timeline {
            switch entry {
            case .errorBegan(let alert, let message):
                spans.append(RuleErrorSpan(alert: alert, message: message, begin: time))
            case .errorEnded(let alert):
                let index = spans.lastIndex { $0.alert == alert && $0.end == nil }
                if let index { spans[index].end = time }
            case .transition, .attempt, .event: break
            }
        }
        return spans
    }
}

/// A span in which a rule could not be evaluated for one reason.
struct RuleErrorSpan: Hashable, Sendable {
    let alert: AlertID
    let message: String
    let begin: Duration
    /// When it could again, or not for another reason; nil if that did not come about.
    var end: Duration?

    /// Whether it cannot be evaluated at some time of a range.
    func overlaps(_ range: ClosedRange<Duration>) -> Bool {
        begin <= range.upperBound && (end.map { $0 > range.lowerBound } ?? true)
    }
}

extension RuleTest {
    /// The times at which the test looks, in order.
    var looks: [Duration] {
        let times =
            expectations.alerts.map(\.time) + expectations.states.map(\.time)
            + expectations.expressions.map(\.time)
        return Set(times).sorted()
    }

    /// How often samples are written down: where the program is killed each second, as it is in
    /// production; else no more often than samples come, since nobody can tell the difference.
    var flushInterval: Duration {
        let shortest = series.map(\.check.interval).min() ?? .seconds(60)
        let isKilled = events.contains { if case .crash = $0.action { true } else { false } }
        return max(isKilled ? .seconds(1) : shortest, length / 1_000_000)
    }
}

extension RehearsalEvent.Action: CustomStringConvertible {
    var description: String {
        switch self {
        case .restart(let down): "restart, down for \(down.durationText)"
        case .crash(let down): "crash, down for \(down.durationText)"
        case .reload: "reload"
        case .clockJump(let step): "the wall clock is set by \(step.durationText)"
        case .suspend(let length): "the machine sleeps for \(length.durationText)"
        case .offline: "Lookout goes offline"
        case .online: "Lookout is online again"
        case .addSilence(let silence): "silence \(silence.name) for \(silence.length.durationText)"
        case .endSilence(let name): "silence \(name) ends"
        case .acknowledge(let alert, by: let person, until: _): "\(person) takes on \(alert.rule)"
        case .receiverStatus(let receiver, _): "\(receiver) answers otherwise"
        case .deploy(let environment, let version): "\(version) is deployed on \(environment)"
        }
    }
}
