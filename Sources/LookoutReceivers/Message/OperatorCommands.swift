import LookoutAlerting
import LookoutModel

/// The commands by which a person who reads a message can act on it, ready for a POSIX shell.
enum OperatorCommands {
    /// How to take an alert on, and how not to hear of it for an hour.
    static func commands(for alert: Alert, isAcknowledged: Bool) -> [Message.Fact] {
        var commands: [Message.Fact] = []
        if !isAcknowledged {
            commands.append(Message.Fact("Acknowledge", "lookout ack \(AlertWords.episode(alert))"))
        }
        commands.append(Message.Fact("Silence", "lookout silence add --for 1h \(matchers(of: alert))"))
        return commands.filter { $0.value.utf8.count <= Message.Limit.value }
    }

    /// The alert's rule and labels as matchers, each one word of the shell.
    private static func matchers(of alert: Alert) -> String {
        let rule = LabelMatcher("rule", .equal(alert.id.rule))
        let labels = alert.id.labels.sorted.map { LabelMatcher($0.name, .equal($0.value)) }
        return ([rule] + labels).map { quoted(PlainText.line($0.description)) }.joined(separator: " ")
    }

    /// One word of the shell, whatever is in it (POSIX.1 Shell Command Language §2.2.2).
    private static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
