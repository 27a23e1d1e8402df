import CEL
import LookoutAlerting
import LookoutModel
import LookoutRehearsal
import LookoutRules
import LookoutSettings

/// Why a rule says what it says of one check or environment, for people and for programs.
struct ExplainedRule {
    private let rule: CompiledRule
    private let standing: RuleHindsight.Standing
    private let alert: Alert?
    private let isStored: Bool

    /// - Parameters:
    ///   - rule: the rule.
    ///   - standing: how it stands.
    ///   - alert: its alert; nil if there is none.
    ///   - isStored: whether the alert is as the agent stored it, and not as a replay has it.
    init(_ rule: CompiledRule, _ standing: RuleHindsight.Standing, alert: Alert?, isStored: Bool) {
        self.rule = rule
        self.standing = standing
        self.alert = alert
        self.isStored = isStored
    }

    private var explanation: RuleExplanation { standing.explanation }

    private var parts: [(name: String, explanation: Explanation)] {
        [("when", explanation.when), ("expr", explanation.condition), ("severity", explanation.severity)]
            .compactMap { name, explanation in explanation.map { (name, $0) } }
    }

    // MARK: For people

    var text: String {
        var text = "\(rule.id) for \(standing.subject.text) at \(standing.judgedAt.inSeconds): \(verdict)\n"
        text += "  \(rule.position)\n"
        if let sample = explanation.sample { text += "  sample: \(words(sample))\n" }
        for part in parts { text += "\n  \(part.name)\n" + tree(part.explanation) }
        if !explanation.windows.isEmpty { text += "\n" + windows }
        text += "\n  alert: \(alertWords)\n"
        if isBlind {
            text += "  headers, body, JSON, certificates and facts of a probe's type are not stored\n"
        }
        return text
    }

    private var verdict: String {
        switch explanation.outcome {
        case .holds(let severity): "true, severity \(severity.rawValue)"
        case .clear: "false"
        case .noData: "no data" + (explanation.noDataReason.map { ": \($0)" } ?? "")
        case .error(let words): "error: \(words)"
        case .hold(let reason): "held back: \(reason)"
        }
    }

    /// Whether something that is not stored was asked for.
    private var isBlind: Bool {
        explanation.noDataReason?.contains("not stored") ?? false
            || parts.contains { $0.explanation.lines.contains { $0.outcome.contains("not stored") } }
    }

    private func words(_ sample: Sample) -> String {
        var words = [sample.outcome.name]
        if let failure = sample.outcome.failure { words.append(failure.kind.rawValue) }
        if let status = sample.statusCode { words.append("status \(status)") }
        words.append("\((sample.timings.total.inSeconds * 1000).rounded() / 1000) s")
        if let version = sample.version { words.append("version \(version)") }
        words.append("begun at \(sample.startedAt.rfc3339)")
        let message = sample.outcome.message.map { ": \($0)" } ?? ""
        return TextTable.printable(words.joined(separator: ", ") + message)
    }

    private func tree(_ explanation: Explanation) -> String {
        var table = TextTable(header: [])
        func add(_ node: Explanation.Node, depth: Int) {
            let text = node.text.split { $0.isWhitespace }.joined(separator: " ")
            // What is its own value, and the object that a field is taken of, explain nothing.
            if node.isLiteral || node.isObject || text == node.outcomeText { return }
            table.add([String(repeating: "  ", count: depth) + Self.shortened(text), node.outcomeText])
            if case .notEvaluated = node.outcome { return }
            for child in node.children { add(child, depth: depth + 1) }
        }
        add(explanation.root, depth: 2)
        return String(table.text.dropFirst())
    }

    /// Long expressions are cut, so that their values are not out of sight.
    private static func shortened(_ text: String) -> String {
        text.count <= longestText ? text : text.prefix(longestText - 1) + "…"
    }

    private static let longestText = 72

    private var windows: String {
        var table = TextTable(header: [])
        for use in explanation.windows {
            let newest = use.view.newest.map { ", the newest begun at \($0.inSeconds)" } ?? ""
            table.add(["  \(use.call)", "looked at \(use.view.count) samples\(newest)"])
        }
        return String(table.text.dropFirst())
    }

    private var alertWords: String {
        let source = isStored ? "" : " (as a replay has it)"
        guard let alert else { return "none\(source)" }
        return state(alert) + source
    }

    private func state(_ alert: Alert) -> String {
        switch alert.state {
        case .pending:
            "pending since \(alert.pendingSince.inSeconds), held for \(alert.held.rounded.durationText) of "
                + "\(rule.holds.pending.durationText); \(remaining(alert)) to go"
        case .firing:
            "firing since \(alert.firingSince?.inSeconds ?? "an unknown time"), severity \(alert.severity.rawValue)"
        case .recovering:
            "recovering since \(alert.recoveringSince?.inSeconds ?? "an unknown time"), gone for "
                + "\(alert.held.rounded.durationText) of \(rule.holds.keepFiring.durationText)"
        case .resolved: "resolved since \(alert.resolvedSince?.inSeconds ?? "an unknown time")"
        }
    }

    private func remaining(_ alert: Alert) -> String {
        max(.zero, rule.holds.pending - alert.held).rounded.durationText
    }

    // MARK: For programs

    var json: JSONValue {
        .object([
            "rule": .string(rule.id),
            "position": .string("\(rule.position)"),
            "subject": .string(standing.subject.text),
            "judged_at": .string(standing.judgedAt.rfc3339),
            "verdict": .string(verdict),
            "expressions": .object(
                Dictionary(uniqueKeysWithValues: parts.map { ($0.name, Self.json($0.explanation.root)) })
            ),
            "windows": .array(
                explanation.windows.map { use in
                    .object([
                        "call": .string(use.call),
                        "samples": .int(Int64(use.view.count)),
                        "newest": use.view.newest.map { .string($0.rfc3339) } ?? .null,
                    ])
                }
            ),
            "alert": alert.map { alert in
                .object([
                    "state": .string(alert.state.rawValue),
                    "severity": .int(Int64(alert.severity.rawValue)),
                    "held_seconds": .double(alert.held.inSeconds),
                    "for_seconds": .double(rule.holds.pending.inSeconds),
                    "source": .string(isStored ? "stored" : "replayed"),
                ])
            } ?? .null,
        ])
    }

    private static func json(_ node: Explanation.Node) -> JSONValue {
        var members: [String: JSONValue] = [
            "text": .string(node.text), "line": .int(Int64(node.position.line)),
            "column": .int(Int64(node.position.column)), "type": .string("\(node.type)"),
        ]
        switch node.outcome {
        case .value(let value): members["value"] = .string(value.sourceText)
        case .error(let error):
            members["error"] = .string(error.message)
            members["code"] = .string(error.code.rawValue)
        case .notEvaluated: members["evaluated"] = false
        }
        if !node.children.isEmpty { members["children"] = .array(node.children.map(json)) }
        return .object(members)
    }
}

extension Explanation.Node {
    /// Whether this is a variable with fields, such as `sample`.
    fileprivate var isObject: Bool {
        if case .object = type { children.isEmpty } else { false }
    }
}
