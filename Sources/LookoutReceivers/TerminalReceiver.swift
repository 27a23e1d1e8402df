package import LookoutAlerting
import LookoutModel
package import LookoutSettings

/// Writes each message to standard output, as a block for a person who sits in front of it.
package struct TerminalReceiver: ReceiverType {
    /// There is nothing to set.
    package struct Settings: LookoutSettings.Settings {
        package init() {}
        package static var fields: [Field<Settings>] { [] }
    }

    package static let name = "terminal"
    package static let summary = "Writes a readable block to standard output, in colour on a terminal."

    package static let traits = ReceiverTraits(isLocal: true)

    package init(name: String, settings: Settings) {}

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        do {
            let block = Self.block(of: Message(delivery, tools), showsColor: tools.output.showsColor)
            try await tools.output.write(block, timekeeper: tools.timekeeper)
            return .delivered
        } catch {
            return .retry(after: nil, reason: "standard output cannot be written: \(error)")
        }
    }

    /// The text of a message, with a blank line at its end.
    static func block(of message: Message, showsColor: Bool) -> String {
        var lines = [showsColor ? "\(color(of: message.tone))\(message.title)\u{1B}[0m" : message.title]
        for part in message.parts(within: .max, size: { _ in 0 }) {
            switch part {
            case .lead(let text), .remainder(let text):
                lines += text.split(separator: "\n").map { "  \($0)" }
            case .fact(let fact), .command(let fact):
                lines.append(row(fact.name, fact.value))
            case .reference(let name, let address):
                lines.append(row(name, address))
            case .alert(let line):
                lines.append("  \(line.text)")
            case .list(let name, let entries):
                lines += entries.enumerated().map { index, entry in row(index == 0 ? name : "", entry) }
            }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// A name and its text.
    private static func row(_ name: String, _ text: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 17 - name.count)) + text
    }

    /// Bold red, yellow and cyan for the severities, green for the end, blue for news.
    private static func color(of tone: Message.Tone) -> String {
        switch tone {
        case .outage: "\u{1B}[1;31m"
        case .major: "\u{1B}[33m"
        case .minor: "\u{1B}[36m"
        case .good: "\u{1B}[32m"
        case .news: "\u{1B}[34m"
        }
    }
}
