import LookoutModel

extension Diagnosis {
    /// The cause for a terminal: how likely, what speaks for it and against it, what nobody could say, what to do.
    package var text: String {
        let percent = Int((probability * 100).rounded(.down))
        var lines = [
            "\(percent) %  \(PlainText.line(title, atMost: 300))  (\(PlainText.line(cause, atMost: 100)))"
        ]
        lines += evidence.map { "   + \(PlainText.line($0))" }
        lines += counterEvidence.map { "   - \(PlainText.line($0))" }
        lines += unknown.map { "   ? \(PlainText.line($0))" }
        for fix in fixes {
            lines.append("   > \(PlainText.line(fix.text))")
            if let command = fix.command { lines.append("       \(command.shellText)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
