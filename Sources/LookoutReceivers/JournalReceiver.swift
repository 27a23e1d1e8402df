package import LookoutAlerting
import LookoutModel
package import LookoutSettings

/// Writes each message to standard error as one line with a priority, as sd-daemon(3) has it, so that
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

    package static let traits = ReceiverTraits(isLocal: true)

    package init(name: String, settings: Settings) {}

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        do {
            try await tools.errorOutput.write(
                Self.lines(of: Message(delivery, tools)),
                timekeeper: tools.timekeeper
            )
            return .delivered
        } catch {
            return .retry(after: nil, reason: "standard error cannot be written: \(error)")
        }
    }

    /// One line, `<2>[SEV1] what – where: description (Since: …, Rule: …)`; of a digest one more for each
    /// alert, each with the priority of its own.
    static func lines(of message: Message) -> String {
        var lines = [(message.tone, headline(of: message))]
        lines += message.lines.map { ($0.tone, $0.text) }
        if let remainder = message.remainder { lines.append((message.tone, remainder)) }
        return lines.map { tone, text in "<\(priority(of: tone))>\(text)\n" }.joined()
    }

    private static func headline(of message: Message) -> String {
        var text = message.title
        if !message.lead.isEmpty {
            let lead = message.lead.split(separator: "\n").joined(separator: " ")
            text += ": \(lead.shortened(to: maximumDescriptionBytes, .bytes))"
        }
        var details: [String] = []
        for part in message.parts(within: .max, size: { _ in 0 }) {
            switch part {
            case .fact(let fact): details.append("\(fact.name): \(fact.value)")
            case .reference(let name, let address): details.append("\(name): \(address)")
            case .list(let name, let entries): details.append("\(name): \(entries.joined(separator: "; "))")
            // Who reads the journal can look up how to silence an alert.
            case .lead, .alert, .remainder, .command: break
            }
        }
        return text + " (\(details.joined(separator: ", ").shortened(to: maximumDetailsBytes, .bytes)))"
    }

    /// Critical, error and warning for the severities, notice for the end and for news.
    private static func priority(of tone: Message.Tone) -> Int {
        switch tone {
        case .outage: 2
        case .major: 3
        case .minor: 4
        case .good, .news: 5
        }
    }
}
