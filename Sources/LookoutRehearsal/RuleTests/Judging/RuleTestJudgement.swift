import LookoutAlerting
import LookoutModel
import LookoutSettings

/// Holds what happened in a test against all that it expects.
struct RuleTestJudgement {
    let test: RuleTest
    let record: RuleTestRecord

    var result: RuleTestResult {
        let expectations = test.expectations
        var failures: [RuleTestFailure] = []
        for expectation in expectations.alerts {
            let alerts = record.snapshots[expectation.time]?.alerts ?? []
            if var failure = AlertComparison(expectation: expectation, alerts: alerts).failure {
                failure.context = story(of: expectation.rule, around: expectation.time)
                failures.append(failure)
            }
        }
        for expectation in expectations.states {
            let alerts = record.snapshots[expectation.time]?.alerts ?? []
            if var failure = StateComparison(expectation: expectation, alerts: alerts).failure {
                failure.context = story(of: expectation.rule, around: expectation.time)
                failures.append(failure)
            }
        }
        if let notifications = expectations.notifications {
            let comparison = NotificationComparison(
                expectations: notifications,
                deliveries: record.deliveries
            )
            failures += comparison.failures
        }
        for (index, expectation) in expectations.expressions.enumerated() {
            guard let outcome = record.snapshots[expectation.time]?.expressions[index] else { continue }
            let comparison = ExpressionComparison(
                expectation: expectation,
                outcome: outcome,
                isFuzzy: test.isFuzzy
            )
            failures += comparison.failure.map { [$0] } ?? []
        }
        let errors = ErrorComparison(
            expectations: expectations.errors,
            errors: record.errors,
            position: test.position
        )
        failures += errors.failures
        return RuleTestResult(
            name: test.name,
            position: test.position,
            failures: failures.sorted { $0.position < $1.position },
            firedRules: record.firedRules,
            sampleCount: record.sampleCount,
            length: record.end,
            timeline: record.timeline.map { TimelineText.line($0.time, $0.entry) }
        )
    }

    /// How far around a time the story of a rule is told, and in how many lines at most.
    private static let storyLength = 6

    /// What happened to a rule's alerts before and after a time.
    private func story(of rule: String, around time: Duration) -> [String] {
        let own = record.timeline.filter { _, entry in
            switch entry {
            case .transition(_, let alert), .errorBegan(let alert, _), .errorEnded(let alert):
                alert.rule == rule
            case .event: true
            case .attempt: false
            }
        }
        let before = own.filter { $0.time <= time }.suffix(Self.storyLength)
        let after = own.filter { $0.time > time }.prefix(2)
        let lines = (before + after).map { TimelineText.line($0.time, $0.entry) }
        return lines.isEmpty ? ["\(rule) stayed inactive in the whole test"] : lines
    }
}

/// Lines of a test's timeline, for people.
enum TimelineText {
    static func line(_ time: Duration, _ entry: Timeline.Entry) -> String {
        "\(time.durationText) \(text(entry))"
    }

    private static func text(_ entry: Timeline.Entry) -> String {
        switch entry {
        case .transition(let transition, let alert):
            let from = transition.from?.rawValue ?? "inactive"
            let to = transition.to?.rawValue ?? "inactive"
            return "\(alert.rule) of \(alert.labels.subjectText): \(from) -> \(to)"
                + " (\(transition.cause.rawValue), severity \(transition.severity.rawValue))"
        case .attempt(let attempt):
            let subject = attempt.notice.alert.map { " \($0.id.rule) of \($0.id.labels.subjectText)" } ?? ""
            return
                "\(attempt.receiver) gets \(attempt.notice.kind.rawValue)\(subject), attempt \(attempt.number): \(attempt.answer)"
        case .errorBegan(let alert, let message):
            return "\(alert.rule) of \(alert.labels.subjectText) cannot be evaluated: \(message.oneLine)"
        case .errorEnded(let alert):
            return "\(alert.rule) of \(alert.labels.subjectText) is evaluated without that error again"
        case .event(let words): return words.oneLine
        }
    }
}
