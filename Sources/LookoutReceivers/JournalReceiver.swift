package import LookoutAlerting
import LookoutModel
package import LookoutSettings

/// Writes each notice to standard error as one line with a priority, as sd-daemon(3) has it, so that
/// systemd's journal files and colours it rightly.
package struct JournalReceiver: ReceiverType {
    /// There is nothing to set.
    package struct Settings: LookoutSettings.Settings {
        package init() {}
        package static var fields: [Field<Settings>] { [] }
    }

    package static let name = "journal"
    package static let summary =
        "Writes one line with a syslog priority to standard error, for systemd's journal."

    /// Far below the 48 KiB at which the journal breaks lines.
    private static let maximumDescriptionBytes = 4 << 10
    private static let maximumDetailsBytes = 8 << 10

    package init(name: String, settings: Settings) {}

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        do {
            try await tools.errorOutput.write(Self.line(of: delivery.notice), timekeeper: tools.timekeeper)
            return .delivered
        } catch {
            return .retry(after: nil, reason: "standard error cannot be written: \(error)")
        }
    }

    /// The line: `<2>[SEV1 FIRING] what – where: description (rule …, since …)`.
    static func line(of notice: Notice) -> String {
        let words = NoticeWords(notice: notice)
        var text = words.headline
        let description = PlainText.line(notice.alert.texts.description)
        if !description.isEmpty { text += ": \(description.shortened(toBytes: maximumDescriptionBytes))" }
        var details = [
            "rule \(notice.alert.id.rule)", "episode \(notice.alert.episode)", "since \(words.times)",
        ]
        details += words.remarks
        details += notice.alert.labels.sorted.map { "\($0.name)=\($0.value)" }
        details += words.annotations.map { "\($0.name): \($0.text)" }
        if let suggestion = words.suggestion { details.append("suggestion: \(suggestion)") }
        let rest = PlainText.line(details.joined(separator: ", "))
        text += " (\(rest.shortened(toBytes: maximumDetailsBytes)))"
        return "<\(priority(of: notice))>\(text)\n"
    }

    /// Critical, error and warning for the severities, notice for the end.
    private static func priority(of notice: Notice) -> Int {
        if notice.kind == .resolved { return 5 }
        return switch notice.alert.severity {
        case .outage: 2
        case .major: 3
        case .minor: 4
        }
    }
}
