import LookoutModel
import LookoutSettings

/// One endpoint as a probe and its rules.
struct EndpointMigration {
    let endpoint: GatusEndpoint
    let name: String
    let isWebSocket: Bool
    var conditions: [(condition: GatusCondition, position: SourcePosition)] = []
    var probe = YAMLLines()
    /// A group of rules; nil where there is nothing to judge.
    private(set) var rules: YAMLLines?
    var warnings: [(message: String, position: SourcePosition)] = []
    var variables: [(name: String, value: String)] = []

    init(_ endpoint: GatusEndpoint, name: String, isWebSocket: Bool) {
        self.endpoint = endpoint
        self.name = name
        self.isWebSocket = isWebSocket
    }

    mutating func migrate() {
        for (text, position) in endpoint.conditions {
            if let condition = GatusCondition(text) {
                conditions.append((condition, position))
            } else {
                warnings.append(("\"\(text.shortened)\" is no condition", position))
            }
        }
        for setting in endpoint.leftOut {
            warnings.append(("there is no equivalent yet for \(setting)", endpoint.position))
        }
        writeProbe()
        writeRules()
    }

    // MARK: The rules

    private mutating func writeRules() {
        var lines = YAMLLines()
        let expression = self.expression()
        let counts = Set(endpoint.alerts.map(\.counts)).sorted()
        lines.add(
            "- name: \([endpoint.group, endpoint.name].filter { !$0.isEmpty }.joined(separator: "/").yamlScalar)"
        )
        lines.indented { lines in
            lines.add("rules:")
            lines.indented { lines in
                guard !counts.isEmpty else {
                    return writeRule(name, nil, expression, to: &lines)
                }
                for (index, count) in counts.enumerated() {
                    let id = index == 0 ? name : "\(name)-after-\(count.failures)-\(count.successes)"
                    writeRule(id, count, expression, to: &lines)
                }
            }
        }
        rules = lines
    }

    private func writeRule(
        _ id: String,
        _ counts: GatusAlert.Counts?,
        _ expression: YAMLLines,
        to lines: inout YAMLLines
    ) {
        if counts == nil {
            lines.comment(
                "Gatus: tells nobody about this endpoint, it only shows it. Leave the rule out for the same."
            )
        }
        lines.add("- id: \(id)")
        lines.indented { lines in
            lines.add("match: {probe: \(name)}")
            lines.add("expr: |-")
            lines.indented { $0.append(expression) }
            if let counts {
                lines.add("min_failures: \(counts.failures)")
                lines.add("min_successes: \(counts.successes)")
            }
            lines.add("severity: \(counts == nil ? 3 : 2)")
            let title = [endpoint.group, endpoint.name].filter { !$0.isEmpty }.joined(separator: "/")
            lines.add("summary: \("\(title.templateText) is not as it should be".quotedScalar)")
            let words = endpoint.alerts.first { $0.counts == counts && $0.description != nil }?.description
            let wanted = conditions.map(\.condition.text.templateText).joined(separator: "; ")
            let description = [
                words.map { "\($0.templateText)." }, wanted.isEmpty ? nil : "Wanted: \(wanted).",
                "{{ sample.message }}",
            ].compactMap(\.self).joined(separator: " ")
            lines.add("description: \(description.quotedScalar)")
        }
    }

    /// The condition of the rules: one line of CEL for each of Gatus's.
    private mutating func expression() -> YAMLLines {
        var lines = YAMLLines()
        guard !expectsNoAnswer() else {
            lines.add("// Well is who does not answer.")
            lines.add(
                "!(sample.failure in [\"dns\", \"connect\", \"tls\", \"timeout\", \"closed\", \"protocol\"])"
            )
            return lines
        }
        lines.add("sample.failed")
        for (condition, place) in conditions {
            let result =
                isWebSocket
                ? WebSocketConditionMigration(condition: condition).result
                : ConditionMigration(condition: condition).result
            lines.add("// \(condition.text.onOneLine)")
            switch result {
            case .expression(let text, let notes):
                for note in notes { lines.add("//   differs: \(note.onOneLine)") }
                lines.add("|| !(\(text))")
                noteVariables(of: condition)
            case .ofProbe(let notes):
                for note in notes { lines.add("//   differs: \(note.onOneLine)") }
                lines.add("//   (the probe sees to that)")
            case .unsupported(let reason):
                lines.add("//   LEFT OUT: \(reason.onOneLine)")
                warnings.append(("\"\(condition.text.shortened)\" is left out: \(reason)", place))
            }
        }
        return lines
    }

    private mutating func noteVariables(of condition: GatusCondition) {
        _ = scalar(GatusText(condition.text))
    }
}

extension String {
    /// The text in a template, where braces would begin an expression.
    fileprivate var templateText: String { replacing("{{", with: "{{ \"{{\" }}").onOneLine }

    /// A text in double quotes.
    fileprivate var quotedScalar: String { JSONValue.string(self).jsonText }
}
