import LookoutAlerting
import LookoutModel
import LookoutSettings

/// Holds what receivers took against what a test expects: no more, and no less.
struct NotificationComparison {
    let expectations: NotificationExpectations
    let deliveries: [(time: Duration, attempt: ReceiverAttempt)]

    /// The most pairs that are looked at; beyond, only numbers are compared.
    private static let maximumPairs = 4_000_000

    /// What is wrong: each notification that did not come, and all together that came besides.
    var failures: [RuleTestFailure] {
        let expected = expectations.all
        guard expected.count * deliveries.count <= Self.maximumPairs else {
            return [
                RuleTestFailure(
                    position: expectations.position,
                    message:
                        "\(deliveries.count) notifications are too many to compare with \(expected.count)"
                )
            ]
        }
        let assignment = Assignment(expected: expected.count, got: deliveries.count) {
            Self.fits(expected[$0], deliveries[$1])
        }
        var failures = assignment.missing.map { index in
            RuleTestFailure(
                position: expected[index].position,
                message: "a notification did not come",
                expected: [Self.text(expected[index])],
                got: assignment.unexpected.isEmpty
                    ? ["nothing"]
                    : text(assignment.unexpected.map { deliveries[$0] })
            )
        }
        // Where something else is missing, what came in its place is shown there.
        if failures.isEmpty, !assignment.unexpected.isEmpty {
            let count = assignment.unexpected.count
            failures.append(
                RuleTestFailure(
                    position: expectations.position,
                    message: count == 1
                        ? "a notification came that is not expected"
                        : "\(count) notifications came that are not expected",
                    expected: expected.isEmpty ? ["none"] : ["\(expected.count) in all"],
                    got: text(assignment.unexpected.map { deliveries[$0] })
                )
            )
        }
        return failures
    }

    /// The most notifications that are shown.
    private static let maximumLines = 20

    private func text(_ deliveries: [(time: Duration, attempt: ReceiverAttempt)]) -> [String] {
        let lines = deliveries.prefix(Self.maximumLines).map { text($0.time, $0.attempt) }
        let rest = deliveries.count - lines.count
        return rest > 0 ? lines + ["and \(rest) more"] : lines
    }

    /// What came, in the order of what is expected; labels and summary where any expectation has them.
    private func text(_ time: Duration, _ attempt: ReceiverAttempt) -> String {
        let kind = attempt.notice.kind.rawValue
        guard let alert = attempt.notice.alert else {
            return "\(time.durationText) \(attempt.receiver): \(kind)"
        }
        var text =
            "\(time.durationText) \(attempt.receiver): \(kind) \(alert.id.rule) "
            + "of \(alert.id.labels.subjectText), severity \(alert.severity.rawValue)"
        if expectations.all.contains(where: { $0.labels != nil }) {
            text += ", labels \(alert.comparedLabels.bracedText)"
        }
        if expectations.all.contains(where: { $0.summary != nil }) {
            text += ", \"\(alert.texts.summary.oneLine)\""
        }
        return attempt.number > 1 ? text + ", attempt \(attempt.number)" : text
    }

    private static func text(_ expected: NotificationExpectation) -> String {
        var text = expected.times.map { $0.text + " " } ?? ""
        text += "\(expected.receiver): \(expected.kind.rawValue)"
        text += expected.rule.map { " \($0)" } ?? " of any rule"
        if let subject = expected.subject { text += " of \(subject.subjectText)" }
        if let severity = expected.severity { text += ", severity \(severity.rawValue)" }
        if let labels = expected.labels { text += ", labels \(labels.bracedText)" }
        if let summary = expected.summary { text += ", \"\(summary.oneLine)\"" }
        if let attempts = expected.attempts { text += ", attempt \(attempts)" }
        return text
    }

    /// Whether a notification is one that is expected.
    private static func fits(
        _ expected: NotificationExpectation,
        _ delivery: (time: Duration, attempt: ReceiverAttempt)
    ) -> Bool {
        let notice = delivery.attempt.notice
        guard let alert = notice.alert else { return false }
        return expected.receiver == delivery.attempt.receiver
            && expected.kind == notice.kind
            && (expected.times?.contains(delivery.time) ?? true)
            && (expected.rule.map { $0 == alert.id.rule } ?? true)
            && (expected.subject?.covers(alert.id.labels) ?? true)
            && (expected.severity.map { $0 == alert.severity } ?? true)
            && (expected.labels?.covers(alert.comparedLabels) ?? true)
            && (expected.summary.map { $0 == alert.texts.summary } ?? true)
            && (expected.attempts.map { $0 == delivery.attempt.number } ?? true)
    }
}

extension ClosedRange<Duration> {
    /// `5m`, or `5m to 6m`.
    var text: String {
        lowerBound == upperBound
            ? lowerBound.durationText : "\(lowerBound.durationText) to \(upperBound.durationText)"
    }
}
