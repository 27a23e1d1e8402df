import LookoutModel

extension RollbackPlan {
    /// The plan for a terminal: what is suggested, every option with its proof and its commands, and what is unknown.
    package var text: String {
        var lines = [PlainText.line(suggestion, atMost: 1000)]
        for (index, option) in options.enumerated() {
            if index == 0, suggestedCount > 0 { lines += ["", "SUGGESTED"] }
            if index == suggestedCount { lines += ["", suggestedCount > 0 ? "OTHERWISE" : "OPTIONS"] }
            lines += [""] + option.lines(number: index + 1)
        }
        if !unknown.isEmpty { lines += ["", "NOT KNOWN"] + unknown.map { "  ? \(PlainText.line($0))" } }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension RollbackPlan.Option {
    fileprivate func lines(number: Int) -> [String] {
        var lines = ["\(number). \(PlainText.line(title))"]
        lines += list("proof", proof)
        lines += list("caution", cautions)
        lines += steps.flatMap(\.lines)
        if !afterwards.isEmpty { lines += ["   afterwards:"] + afterwards.flatMap(\.lines) }
        lines += list("undoes", undoes)
        lines += list("leaves", leaves)
        return lines
    }

    private func list(_ name: String, _ texts: [String]) -> [String] {
        texts.map { "   \(name): \(PlainText.line($0))" }
    }
}

extension RollbackPlan.Step {
    fileprivate var lines: [String] {
        ["   - \(PlainText.line(text))"] + (command.map { ["       \($0.shellText)"] } ?? [])
    }
}
