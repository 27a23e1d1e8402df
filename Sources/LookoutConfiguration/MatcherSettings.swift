import LookoutAlerting
import LookoutSettings

/// Matchers as Alertmanager writes them, such as `severity=~"1|2"`; several have commas between them.
struct MatcherSettings: SettingsValue {
    static var shape: Shape { .string(pattern: nil) }

    let matchers: [LabelMatcher]

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a matcher such as severity=\"1\"") else {
            return nil
        }
        do throws(LabelMatcherError) {
            matchers = try LabelMatcher.list(parsing: text) { try TextPattern(compiling: $0) }
        } catch {
            context.diagnostics.error(
                "in the matcher \"\(text.shortened)\": \(error.message)",
                at: node.position(ofCharacter: error.column),
                hint: "write it as in Alertmanager: 'severity=\"1\"', 'feature=~\"chat|pam\"'"
            )
            return nil
        }
    }
}

extension SettingsNode {
    /// Where a character of a text stands, counted from 1; of a text over several lines, where that begins.
    func position(ofCharacter column: Int) -> SourcePosition {
        guard case .scalar(let text, let isQuoted) = content, !text.contains(where: \.isNewline) else {
            return position
        }
        var position = position
        position.column += column - 1 + (isQuoted ? 1 : 0)
        return position
    }
}
