import LookoutAlerting
import LookoutModel
import LookoutSettings

/// An alert as lines of text: only what an expectation speaks of, so that the lines can be compared.
struct AlertText {
    /// What the lines speak of besides which alert it is and its state.
    struct Aspects: OptionSet {
        let rawValue: Int

        static let severity = Aspects(rawValue: 1)
        static let labels = Aspects(rawValue: 2)
        static let annotations = Aspects(rawValue: 4)
        static let summary = Aspects(rawValue: 8)
        static let description = Aspects(rawValue: 16)
        static let runbook = Aspects(rawValue: 32)
        static let suggestion = Aspects(rawValue: 64)
        static let acknowledgement = Aspects(rawValue: 128)
    }

    let aspects: Aspects
    /// Whether firing and recovering are told apart.
    let tellsActiveApart: Bool

    func lines(_ alert: Alert) -> [String] {
        let state = alert.state.isActive && !tellsActiveApart ? .firing : alert.state
        var lines = ["\(alert.id.labels.subjectText) \(state.rawValue)"]
        if aspects.contains(.severity) { lines.append("  severity: \(alert.severity.rawValue)") }
        if aspects.contains(.labels) { lines.append("  labels: \(alert.comparedLabels.bracedText)") }
        if aspects.contains(.annotations) {
            for (name, text) in alert.comparedAnnotations.sorted(by: { $0.key < $1.key }) {
                lines.append("  annotation \(name): \(text.oneLine)")
            }
        }
        if aspects.contains(.summary) { lines.append("  summary: \(alert.texts.summary.oneLine)") }
        if aspects.contains(.description) {
            lines.append("  description: \(alert.texts.description.oneLine)")
        }
        if aspects.contains(.runbook) { lines.append("  runbook: \(alert.texts.runbook ?? "none")") }
        if aspects.contains(.suggestion) {
            lines.append("  suggest: \(alert.texts.suggestion?.rawValue ?? "nothing")")
        }
        if aspects.contains(.acknowledgement) {
            lines.append("  acknowledged by: \(alert.acknowledgement?.author ?? "nobody")")
        }
        return lines
    }

    func lines(_ expected: ExpectedAlert) -> [String] {
        let subject = expected.subject ?? expected.labels?.instance
        let state = expected.state?.rawValue ?? "firing"
        var lines = ["\(subject?.subjectText ?? "any") \(state)"]
        let labelledSeverity = expected.labels?["severity"].flatMap { Int($0) }
        if let severity = expected.severity?.rawValue ?? labelledSeverity {
            lines.append("  severity: \(severity)")
        }
        if let labels = expected.labels {
            let own = Labels(labels.dictionary.filter { $0.key != "alertname" && $0.key != "severity" })
            lines.append("  labels: \(own.bracedText)")
        }
        for (name, text) in (expected.annotations ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("  annotation \(name): \(text.oneLine)")
        }
        if let summary = expected.summary { lines.append("  summary: \(summary.oneLine)") }
        if let description = expected.description { lines.append("  description: \(description.oneLine)") }
        if let runbook = expected.runbook { lines.append("  runbook: \(runbook)") }
        if let suggestion = expected.suggestion { lines.append("  suggest: \(suggestion.rawValue)") }
        if let author = expected.acknowledgedBy { lines.append("  acknowledged by: \(author)") }
        return lines
    }
}

extension ExpectedAlert {
    /// What it speaks of.
    var aspects: AlertText.Aspects {
        var aspects: AlertText.Aspects = []
        if severity != nil || labels?["severity"] != nil { aspects.insert(.severity) }
        if labels != nil { aspects.insert(.labels) }
        if annotations != nil { aspects.insert(.annotations) }
        if summary != nil { aspects.insert(.summary) }
        if description != nil { aspects.insert(.description) }
        if runbook != nil { aspects.insert(.runbook) }
        if suggestion != nil { aspects.insert(.suggestion) }
        if acknowledgedBy != nil { aspects.insert(.acknowledgement) }
        return aspects
    }
}

extension Alert {
    /// The labels that `exp_labels` names all of, but for `alertname` and `severity`.
    var comparedLabels: Labels { allLabels }

    /// The annotations that `exp_annotations` names all of.
    var comparedAnnotations: [String: String] {
        var annotations = texts.annotations
        annotations["summary"] = texts.summary
        if !texts.description.isEmpty { annotations["description"] = texts.description }
        return annotations
    }
}

extension Labels {
    /// `production/backend-health`, `production`, or all labels where neither is there.
    var subjectText: String {
        guard let environment = self["environment"] else { return bracedText }
        return self["probe"].map { "\(environment)/\($0)" } ?? environment
    }

    /// The labels in Prometheus' form.
    var bracedText: String {
        "{" + sorted.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", ") + "}"
    }

    /// Those that tell a check or an environment.
    var instance: Labels? {
        guard self["environment"] != nil else { return nil }
        return Labels(dictionary.filter { $0.key == "environment" || $0.key == "probe" })
    }
}

extension String {
    /// The text on one line, whatever it holds; escape sequences do not reach a terminal.
    var oneLine: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            default:
                let isSafe =
                    scalar.properties.generalCategory != .control
                    && scalar.properties.generalCategory != .format
                text.unicodeScalars.append(isSafe ? scalar : "\u{FFFD}")
            }
        }
        return text
    }
}
