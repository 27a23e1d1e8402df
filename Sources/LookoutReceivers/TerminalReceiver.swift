package import LookoutAlerting
import LookoutModel
package import LookoutSettings

/// Writes each notice to standard output, as a block for a person who sits in front of it.
package struct TerminalReceiver: ReceiverType {
    /// There is nothing to set.
    package struct Settings: LookoutSettings.Settings {
        package init() {}
        package static var fields: [Field<Settings>] { [] }
    }

    package static let name = "terminal"
    package static let summary = "Writes a readable block to standard output, in colour on a terminal."

    package init(name: String, settings: Settings) {}

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        do {
            let block = Self.block(of: delivery.notice, showsColor: tools.output.showsColor)
            try await tools.output.write(block, timekeeper: tools.timekeeper)
            return .delivered
        } catch {
            return .retry(after: nil, reason: "standard output cannot be written: \(error)")
        }
    }

    /// The text of a notice, with a blank line at its end.
    static func block(of notice: Notice, showsColor: Bool) -> String {
        let words = NoticeWords(notice: notice)
        let texts = notice.alert.texts
        var lines = [showsColor ? "\(color(of: notice))\(words.headline)\u{1B}[0m" : words.headline]
        lines += row("since", words.times)
        lines += words.remarks.flatMap { row("note", $0) }
        lines += texts.description.isEmpty ? [] : row("description", texts.description)
        lines += words.annotations.flatMap { row(PlainText.line($0.name), $0.text) }
        lines += notice.alert.labels.dictionary.isEmpty ? [] : row("labels", notice.alert.labels.text)
        lines += words.suggestion.map { row("suggestion", $0) } ?? []
        lines += texts.runbook.map { row("runbook", $0) } ?? []
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// A name and its text; further lines of the text stand below its first.
    private static func row(_ name: String, _ text: String) -> [String] {
        let width = 13
        let indent = String(repeating: " ", count: 2 + width)
        let head = "  " + name + String(repeating: " ", count: max(1, width - name.count))
        return PlainText.lines(text).enumerated().map { index, line in (index == 0 ? head : indent) + line }
    }

    /// Bold red, yellow and cyan for the severities, green for the end.
    private static func color(of notice: Notice) -> String {
        if notice.kind == .resolved { return "\u{1B}[32m" }
        return switch notice.alert.severity {
        case .outage: "\u{1B}[1;31m"
        case .major: "\u{1B}[33m"
        case .minor: "\u{1B}[36m"
        }
    }
}
