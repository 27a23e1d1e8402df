import LookoutModel
import LookoutSettings

/// Holds the errors of rules against those that a test expects: an error that nobody expects fails
/// the test, since a rule that cannot be evaluated says nothing.
struct ErrorComparison {
    let expectations: [ErrorExpectation]
    let errors: [RuleErrorSpan]
    /// Where the test stands.
    let position: SourcePosition

    /// What is wrong.
    var failures: [RuleTestFailure] {
        let missing = expectations.filter { expected in !errors.contains { Self.fits(expected, $0) } }
        var failures = missing.map { expected in
            RuleTestFailure(
                position: expected.position,
                message: "an error of a rule did not come",
                expected: [Self.text(expected)],
                got: errors.isEmpty ? ["no error"] : errors.prefix(20).map(Self.text)
            )
        }
        let unexpected = errors.filter { error in !expectations.contains { Self.fits($0, error) } }
        for error in unexpected.prefix(20) {
            failures.append(
                RuleTestFailure(
                    position: position,
                    message:
                        "\(error.alert.rule) cannot be evaluated from \(error.begin.durationText) on; "
                        + "if it must be so, say it in exp_errors",
                    got: [Self.text(error)]
                )
            )
        }
        return failures
    }

    private static func fits(_ expected: ErrorExpectation, _ error: RuleErrorSpan) -> Bool {
        expected.rule == error.alert.rule
            && (expected.subject?.covers(error.alert.labels) ?? true)
            && (expected.times.map { error.overlaps($0) } ?? true)
            && (expected.contains.map { error.message.contains($0) } ?? true)
    }

    private static func text(_ error: RuleErrorSpan) -> String {
        "\(error.begin.durationText) \(error.alert.labels.subjectText): \(error.message.oneLine)"
    }

    private static func text(_ expected: ErrorExpectation) -> String {
        var text = expected.times.map { $0.text + " " } ?? ""
        text += expected.rule
        if let subject = expected.subject { text += " of \(subject.subjectText)" }
        if let part = expected.contains { text += ": \"\(part.oneLine)\"" }
        return text
    }
}
