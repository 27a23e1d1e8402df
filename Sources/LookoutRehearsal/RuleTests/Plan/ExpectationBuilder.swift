import LookoutAlerting
import LookoutModel
import LookoutRules
import LookoutSettings

/// Makes the expectations of a test, with each rule, check and receiver that they name looked up.
struct ExpectationBuilder {
    private let receivers: [String]
    private var subjects: SubjectReader

    init(rules: [CompiledRule], checks: [Check], receivers: [String]) {
        self.receivers = receivers
        subjects = SubjectReader(rules: rules, checks: checks)
    }

    var diagnostics: Diagnostics { subjects.diagnostics }

    /// All expectations that are sound.
    mutating func expectations(of test: RuleTestSettings) -> RuleTestExpectations {
        var all = RuleTestExpectations()
        for alert in test.alerts where alert.isSound { all.alerts += expectation(alert).map { [$0] } ?? [] }
        for state in test.states where state.isSound { all.states += states(state.settings) }
        if let notifications = test.notifications {
            all.notifications = NotificationExpectations(
                all: notifications.value.filter(\.isSound).compactMap { expectation($0) },
                position: notifications.position
            )
        }
        for error in test.errors where error.isSound { all.errors += expectation(error).map { [$0] } ?? [] }
        for expression in test.expressions where expression.isSound {
            all.expressions += expectation(expression).map { [$0] } ?? []
        }
        return all
    }

    // MARK: Alerts

    private mutating func expectation(_ test: Readable<AlertTestSettings>) -> AlertExpectation? {
        let settings = test.settings
        guard let time = settings.time, let name = settings.rule, let rule = subjects.rule(name) else {
            return nil
        }
        return AlertExpectation(
            time: time.duration,
            rule: rule.id,
            alerts: settings.alerts.map { alert($0, of: rule) },
            position: test.position
        )
    }

    private mutating func alert(
        _ expected: Readable<ExpectedAlertSettings>,
        of rule: CompiledRule
    ) -> ExpectedAlert {
        let settings = expected.settings
        if settings.state == .inactive {
            subjects.diagnostics.error(
                "an alert that is inactive is none",
                at: expected.position,
                hint: "leave it out of exp_alerts, or use exp_state_at"
            )
        }
        return ExpectedAlert(
            subject: subjects.subject(
                of: rule,
                check: settings.check,
                environment: settings.environment
            ),
            state: settings.state.flatMap { Alert.State(rawValue: $0.rawValue) },
            severity: settings.severity,
            labels: settings.labels,
            annotations: settings.annotations.map { $0.mapValues(\.text) },
            summary: settings.summary?.text,
            description: settings.description?.text,
            runbook: settings.runbook?.text,
            suggestion: settings.suggestion,
            acknowledgedBy: settings.acknowledgedBy?.text,
            position: expected.position
        )
    }

    // MARK: States

    private mutating func states(_ settings: StateTestSettings) -> [StateExpectation] {
        guard let name = settings.rule, let rule = subjects.rule(name) else { return [] }
        let subject = subjects.subject(
            of: rule,
            check: settings.check,
            environment: settings.environment
        )
        return settings.states.compactMap { entry in
            var context = SettingsContext()
            let key = SettingsNode(.scalar(entry.key, isQuoted: false), at: entry.position)
            let time = TestTime(key, &context)
            let state = StateText(entry.value, &context)
            subjects.diagnostics.add(contentsOf: context.diagnostics)
            guard let time, let state else { return nil }
            return StateExpectation(
                time: time.duration,
                rule: rule.id,
                subject: subject,
                state: state.word,
                severity: state.severity,
                position: entry.position
            )
        }
    }

    // MARK: Notifications, errors, expressions

    private mutating func expectation(
        _ notification: Readable<NotificationSettings>
    ) -> NotificationExpectation? {
        let settings = notification.settings
        guard let receiver = settings.receiver, let kind = settings.kind else { return nil }
        if !receivers.contains(receiver.text) {
            subjects.diagnostics.error(
                "there is no receiver \"\(receiver.text.shortened)\"",
                at: receiver.position,
                hint: Spelling.hint(for: receiver.text, among: receivers)
            )
        }
        let rule = settings.rule.flatMap { subjects.rule($0) }
        return NotificationExpectation(
            receiver: receiver.text,
            kind: kind.value.kind,
            times: Self.times(settings.at, settings.between),
            rule: rule?.id,
            subject: subjects.subject(of: rule, check: settings.check, environment: settings.environment),
            severity: settings.severity,
            labels: settings.labels,
            summary: settings.summary?.text,
            attempts: settings.attempts,
            position: notification.position
        )
    }

    private mutating func expectation(_ error: Readable<ErrorSettings>) -> ErrorExpectation? {
        let settings = error.settings
        guard let name = settings.rule, let rule = subjects.rule(name) else { return nil }
        return ErrorExpectation(
            rule: rule.id,
            subject: subjects.subject(of: rule, check: settings.check, environment: settings.environment),
            times: Self.times(settings.at, settings.between),
            contains: settings.contains?.text,
            position: error.position
        )
    }

    private mutating func expectation(
        _ test: Readable<ExpressionTestSettings>
    ) -> ExpressionExpectation? {
        let settings = test.settings
        guard let expression = settings.expression else { return nil }
        let vocabulary: ExpressionExpectation.Vocabulary
        if let check = settings.check {
            guard subjects.subject(of: nil, check: check, environment: nil) != nil,
                let id = CheckID(check.text)
            else { return nil }
            vocabulary = .check(id)
        } else {
            vocabulary = .variables((settings.variables ?? [:]).mapValues(\.json))
        }
        let result: ExpressionExpectation.Result
        if let value = settings.value {
            result = .value(value.json)
        } else {
            result = .error(settings.error?.text ?? "")
        }
        return ExpressionExpectation(
            expression: expression.text,
            vocabulary: vocabulary,
            time: settings.time?.duration ?? .zero,
            result: result,
            position: test.position
        )
    }

    private static func times(_ at: TestTime?, _ between: Located<[TestTime]>?) -> ClosedRange<Duration>? {
        if let at { return at.duration...at.duration }
        guard let between, between.value.count == 2, between.value[0] <= between.value[1] else { return nil }
        return between.value[0].duration...between.value[1].duration
    }
}

/// A state of `exp_state_at`, with a severity if it says one: `firing(1)`.
private struct StateText: SettingsValue {
    static var shape: Shape { .string(pattern: nil) }

    let word: AlertStateWord
    let severity: Severity?

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = PlainText(node, &context)?.text else { return nil }
        var name = text
        var severity: Severity?
        if text.hasSuffix(")"), let open = text.firstIndex(of: "(") {
            name = String(text[..<open])
            severity = Int(text[text.index(after: open)...].dropLast()).flatMap { Severity(rawValue: $0) }
            guard severity != nil else {
                context.error(
                    "\"\(text.shortened)\" has no severity from 1 to 3 in its parentheses",
                    at: node
                )
                return nil
            }
        }
        let plain = SettingsNode(.scalar(name, isQuoted: false), at: node.position)
        guard let word = AlertStateWord(plain, &context) else { return nil }
        self.word = word
        self.severity = severity
    }
}
