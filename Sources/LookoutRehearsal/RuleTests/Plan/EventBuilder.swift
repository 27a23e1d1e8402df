import LookoutConfiguration
import LookoutModel
import LookoutRules
import LookoutSettings

/// Makes the events of a test; each reload is worked out from what was in force before it.
struct EventBuilder {
    let scene: RuleTestScene
    var diagnostics = Diagnostics()
    /// All rules that are in force at some time, by the first set that has them.
    private(set) var rules: [CompiledRule]
    /// All receivers that there are at some time.
    private(set) var receivers: Set<String>
    private let first: RehearsedSetting
    private var current: RehearsedSetting
    private var currentFiles: [RuleFile]

    init(scene: RuleTestScene, setting: RehearsedSetting) {
        self.scene = scene
        first = setting
        current = setting
        currentFiles = scene.ruleFiles
        rules = setting.rules.rules
        receivers = Set(setting.receivers)
    }

    /// The events in the order of their times.
    mutating func events(of test: RuleTestSettings) -> [RehearsalEvent] {
        let ordered = test.events.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        var events: [RehearsalEvent] = []
        var silences: Set<String> = []
        var busy = BusyTimes()
        for event in ordered {
            if let fault = busy.fault(of: event) { diagnostics.error(fault, at: event.position) }
            guard let action = action(event, &silences) else { continue }
            events.append(RehearsalEvent(time: event.time.duration, position: event.position, action: action))
        }
        return events
    }

    private mutating func action(
        _ event: EventSettings,
        _ silences: inout Set<String>
    ) -> RehearsalEvent.Action? {
        switch event.details {
        case .restart(let settings): return .restart(down: settings.down.duration)
        case .crash(let settings): return .crash(down: settings.down.duration)
        case .reload(let settings): return reload(settings).map { .reload($0) }
        case .clockJump(let settings): return settings.step.map { .clockJump($0.duration) }
        case .suspend(let settings): return settings.length.map { .suspend($0.duration) }
        case .offline: return .offline
        case .online: return .online
        case .addSilence(let settings): return silence(settings, from: event.time, &silences)
        case .endSilence(let settings):
            guard let name = settings.name else { return nil }
            guard silences.remove(name.text) != nil else {
                diagnostics.error("there is no silence \"\(name.text.shortened)\" then", at: name.position)
                return nil
            }
            return .endSilence(name.text)
        case .acknowledge(let settings): return acknowledge(settings, from: event.time)
        case .receiverStatus(let settings): return receiverStatus(settings)
        case .deploy(let settings): return deploy(settings)
        }
    }

    // MARK: Reload

    private mutating func reload(_ settings: ReloadSettings) -> RehearsedSetting? {
        if let patterns = settings.ruleFiles {
            let list = RuleFileList(patterns, besideFile: scene.path)
            diagnostics.add(contentsOf: list.diagnostics)
            currentFiles = list.files
        }
        var checks = current.checks
        for removed in settings.removedChecks {
            guard let index = checks.firstIndex(where: { $0.id.description == removed.text }) else {
                diagnostics.error(
                    "there is no check \"\(removed.text.shortened)\" then",
                    at: removed.position,
                    hint: Spelling.hint(for: removed.text, among: checks.map(\.id.description))
                )
                continue
            }
            checks.remove(at: index)
        }
        let scope = RuleScope(types: scene.types, environments: current.scope.environments, checks: checks)
        let result = RuleCompiler(scope: scope).compile(currentFiles)
        for error in result.diagnostics.errors { diagnostics.add(error) }
        guard let compiled = result.rules else { return nil }
        for rule in compiled.rules where !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
        current = RehearsedSetting(
            rules: compiled,
            scope: scope,
            receivers: settings.receivers?.map(\.text) ?? current.receivers
        )
        receivers.formUnion(current.receivers)
        return current
    }

    // MARK: People

    private mutating func silence(
        _ settings: SilenceSettings,
        from time: TestTime,
        _ silences: inout Set<String>
    ) -> RehearsalEvent.Action? {
        guard let name = settings.name,
            let matchers = settings.matchers?.matchers(scene, &diagnostics)
        else { return nil }
        guard silences.insert(name.text).inserted else {
            diagnostics.error("there is a silence \"\(name.text.shortened)\" already", at: name.position)
            return nil
        }
        let length = settings.length?.duration ?? (settings.until ?? time).duration - time.duration
        guard length > .zero else {
            diagnostics.error("the silence is over before it begins", at: name.position)
            return nil
        }
        return .addSilence(RehearsedSilence(name: name.text, matchers: matchers, length: length))
    }

    private mutating func acknowledge(
        _ settings: AcknowledgementSettings,
        from time: TestTime
    ) -> RehearsalEvent.Action? {
        var subjects = SubjectReader(rules: rules, checks: first.checks)
        defer { diagnostics.add(contentsOf: subjects.diagnostics) }
        guard let name = settings.rule, let rule = subjects.rule(name) else { return nil }
        let subject = subjects.subject(of: rule, check: settings.check, environment: settings.environment)
        guard let subject else {
            subjects.diagnostics.error(
                "which alert of \(rule.id) is it?",
                at: name.position,
                hint: rule.scope == .environment ? "name its environment" : "name its check"
            )
            return nil
        }
        return .acknowledge(
            AlertID(rule: rule.id, labels: subject),
            by: settings.person,
            until: settings.until.map { $0.duration - time.duration }
        )
    }

    // MARK: The world

    private mutating func receiverStatus(_ settings: ReceiverStatusSettings) -> RehearsalEvent.Action? {
        guard let receiver = settings.receiver, let script = settings.script else { return nil }
        guard current.receivers.contains(receiver.text) else {
            diagnostics.error(
                "there is no receiver \"\(receiver.text.shortened)\" then",
                at: receiver.position,
                hint: Spelling.hint(for: receiver.text, among: current.receivers)
            )
            return nil
        }
        return .receiverStatus(receiver.text, script)
    }

    private mutating func deploy(_ settings: DeploySettings) -> RehearsalEvent.Action? {
        guard let environment = settings.environment, let version = settings.version else { return nil }
        let known = Set(first.checks.map(\.id.environment))
        guard known.contains(environment.text) else {
            diagnostics.error(
                "there is no environment \"\(environment.text.shortened)\"",
                at: environment.position,
                hint: Spelling.hint(for: environment.text, among: Array(known))
            )
            return nil
        }
        return .deploy(environment: environment.text, version: version.text)
    }
}

/// The times at which Lookout does not run, so that nothing else can happen to it.
private struct BusyTimes {
    private var end = Duration.zero
    private var what = ""
    private var isOffline = false

    /// Why an event cannot happen when it does; nil if it can.
    mutating func fault(of event: EventSettings) -> String? {
        let time = event.time.duration
        if time < end { return "this falls into the \(what) before it, which ends at \(end.durationText)" }
        switch event.details {
        case .restart(let settings): begin("restart", time + settings.down.duration)
        case .crash(let settings): begin("crash", time + settings.down.duration)
        case .suspend(let settings): begin("suspend", time + (settings.length?.duration ?? .zero))
        case .offline:
            defer { isOffline = true }
            return isOffline ? "Lookout is offline already" : nil
        case .online:
            defer { isOffline = false }
            return isOffline ? nil : "Lookout is not offline"
        default: break
        }
        return nil
    }

    private mutating func begin(_ what: String, _ end: Duration) {
        self.what = what
        self.end = end
    }
}
