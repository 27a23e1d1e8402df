import LookoutAlerting
import LookoutSettings

/// A silence of a test.
struct RehearsedSilence: Sendable {
    let name: String
    let matchers: [LabelMatcher]
    /// How long, from the event on.
    let length: Duration
}

extension SilenceMatchers {
    /// The matchers; nil after reporting what is wrong with them.
    func matchers(_ scene: RuleTestScene, _ diagnostics: inout Diagnostics) -> [LabelMatcher]? {
        switch self {
        case .equal(let values, let position):
            if values.isEmpty {
                diagnostics.error("a silence without matchers matches nothing", at: position)
            }
            return values.sorted { $0.key < $1.key }.map { LabelMatcher($0.key, .equal($0.value.text)) }
        case .syntax(let text):
            do throws(LabelMatcherError) {
                return try LabelMatcher.list(parsing: text.text, compile: Self.pattern)
            } catch {
                diagnostics.error(
                    error.message,
                    at: scene.position(of: error.column - 1, in: text),
                    hint: "as in Alertmanager: '{rule=~\"backend-.*\", environment=\"production\"}'"
                )
                return nil
            }
        }
    }

    private static func pattern(_ source: String) throws -> TextPattern {
        let pattern = try RegularPattern("^(?:\(source))$")
        return TextPattern(source) { pattern.isFound(in: $0) }
    }
}
