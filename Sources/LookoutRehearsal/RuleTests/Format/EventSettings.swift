import LookoutModel
import LookoutRules
import LookoutSettings

/// `events`: something that happens at a time.
///
/// `at` and `type` are every event's; the other keys belong to the type.
struct EventSettings: SettingsValue {
    static var shape: Shape {
        .object([
            Shape.Property(key: "at", summary: "When.", isRequired: true, shape: TestTime.shape),
            Shape.Property(
                key: "type",
                summary: "What happens.",
                isRequired: true,
                shape: .choice(EventDetails.readers.map(\.name))
            ),
        ])
    }

    let time: TestTime
    let details: EventDetails
    let position: SourcePosition

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let entries = node.entries(&context) else { return nil }
        position = node.position
        let time = node["at"].flatMap { TestTime($0, &context) }
        let details = Self.details(node, entries.filter { $0.key != "at" && $0.key != "type" }, &context)
        for key in ["at", "type"] where node[key] == nil {
            context.error("\"\(key)\" is missing", at: node)
        }
        guard let time, let details else { return nil }
        self.time = time
        self.details = details
    }

    private static func details(
        _ node: SettingsNode,
        _ rest: [SettingsNode.Entry],
        _ context: inout SettingsContext
    ) -> EventDetails? {
        guard let type = node["type"], let word = PlainText(type, &context)?.text else { return nil }
        guard let reader = EventDetails.readers.first(where: { $0.name == word }) else {
            context.error(
                "there is no event \"\(word.shortened)\"",
                at: type,
                hint: Spelling.hint(for: word, among: EventDetails.readers.map(\.name))
            )
            return nil
        }
        return reader.read(SettingsNode(.mapping(rest), at: node.position), &context)
    }
}

/// What happens, by the type of the event.
enum EventDetails: Sendable {
    case restart(RestartSettings)
    case crash(RestartSettings)
    case reload(ReloadSettings)
    case clockJump(ClockJumpSettings)
    case suspend(SuspendSettings)
    case offline
    case online
    case addSilence(SilenceSettings)
    case endSilence(SilenceNameSettings)
    case acknowledge(AcknowledgementSettings)
    case receiverStatus(ReceiverStatusSettings)
    case deploy(DeploySettings)

    typealias Read = @Sendable (SettingsNode, inout SettingsContext) -> EventDetails?

    /// The types that there are: a new one is a case and a line here.
    static let readers: [(name: String, read: Read)] = [
        ("restart", { RestartSettings($0, &$1).map(EventDetails.restart) }),
        ("crash", { RestartSettings($0, &$1).map(EventDetails.crash) }),
        ("reload", { ReloadSettings($0, &$1).map(EventDetails.reload) }),
        ("clock_jump", { ClockJumpSettings($0, &$1).map(EventDetails.clockJump) }),
        ("suspend", { SuspendSettings($0, &$1).map(EventDetails.suspend) }),
        ("offline", { NoSettings($0, &$1).map { _ in .offline } }),
        ("online", { NoSettings($0, &$1).map { _ in .online } }),
        ("silence_add", { SilenceSettings($0, &$1).map(EventDetails.addSilence) }),
        ("silence_end", { SilenceNameSettings($0, &$1).map(EventDetails.endSilence) }),
        ("ack", { AcknowledgementSettings($0, &$1).map(EventDetails.acknowledge) }),
        ("receiver_status", { ReceiverStatusSettings($0, &$1).map(EventDetails.receiverStatus) }),
        ("deploy", { DeploySettings($0, &$1).map(EventDetails.deploy) }),
    ]
}

/// An event without keys of its own.
struct NoSettings: Settings {
    static var fields: [Field<NoSettings>] { [] }
}

/// `restart` and `crash`.
struct RestartSettings: Settings {
    var down = TestTime(.zero)

    static var fields: [Field<RestartSettings>] {
        [Field("down", \.down, "How long it is down. Default: 0.")]
    }
}

/// `reload`: what the new configuration has; what is left out stays.
struct ReloadSettings: Settings {
    var ruleFiles: [Located<String>]?
    var removedChecks: [PlainText] = []
    var receivers: [PlainText]?

    static var fields: [Field<ReloadSettings>] {
        [
            Field("rule_files", \.ruleFiles, "The rule files from now on."),
            Field("remove_checks", \.removedChecks, "Checks that are not there any more."),
            Field("receivers", \.receivers, "Names of the receivers from now on."),
        ]
    }
}

/// `clock_jump`: the wall clock is set.
struct ClockJumpSettings: Settings {
    var step: SignedTime?

    static var fields: [Field<ClockJumpSettings>] {
        [.needed("by", \.step, "How far, such as 1h or -1h.")]
    }
}

/// `suspend`: the machine sleeps.
struct SuspendSettings: Settings {
    var length: TestTime?

    static var fields: [Field<SuspendSettings>] {
        [.needed("for", \.length, "How long.")]
    }
}

/// `silence_add`.
struct SilenceSettings: Settings {
    var name: PlainText?
    var matchers: SilenceMatchers?
    var length: TestTime?
    var until: TestTime?

    static var fields: [Field<SilenceSettings>] {
        [
            .needed("id", \.name, "Its name, for silence_end."),
            .needed(
                "matchers",
                \.matchers,
                "Which alerts: '{rule=~\"backend-.*\"}', or {environment: production}."
            ),
            Field("for", \.length, "How long."),
            Field("until", \.until, "Until when, from the test's start on."),
        ]
    }

    func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if (length == nil) == (until == nil) {
            context.error("exactly one of for and until is needed", at: node)
        }
    }
}

/// Matchers in Alertmanager's syntax, or a mapping of labels and the values that they must have.
enum SilenceMatchers: SettingsValue {
    case syntax(PlainText)
    case equal([String: PlainText], SourcePosition)

    static var shape: Shape { .oneOf([.string(pattern: nil), .dictionary(.string(pattern: nil))]) }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        if case .mapping = node.content {
            guard let values = [String: PlainText](node, &context) else { return nil }
            self = .equal(values, node.position)
        } else {
            guard let text = PlainText(node, &context) else { return nil }
            self = .syntax(text)
        }
    }
}

/// `silence_end`.
struct SilenceNameSettings: Settings {
    var name: PlainText?

    static var fields: [Field<SilenceNameSettings>] {
        [.needed("id", \.name, "The silence's name.")]
    }
}

/// `ack`: a person takes an alert on.
struct AcknowledgementSettings: Settings {
    var rule: PlainText?
    var check: PlainText?
    var environment: PlainText?
    var person = "somebody"
    var until: TestTime?

    static var fields: [Field<AcknowledgementSettings>] {
        [
            .needed("alertname", \.rule, "The rule's id."),
            Field("check", \.check, "Which check the alert is about."),
            Field("environment", \.environment, "Which environment the alert is about."),
            Field("by", \.person, "Who."),
            Field("until", \.until, "Until when, from the test's start on."),
        ]
    }
}

/// `receiver_status`: what a receiver answers from now on.
struct ReceiverStatusSettings: Settings {
    var receiver: PlainText?
    var script: ReceiverScript?

    static var fields: [Field<ReceiverStatusSettings>] {
        [
            .needed("receiver", \.receiver, "Who."),
            .needed("script", \.script, "What it answers, attempt by attempt."),
        ]
    }
}

/// `deploy`: a version is put on an environment.
struct DeploySettings: Settings {
    var environment: PlainText?
    var version: PlainText?

    static var fields: [Field<DeploySettings>] {
        [
            .needed("environment", \.environment, "Where."),
            .needed("version", \.version, "What."),
        ]
    }
}
