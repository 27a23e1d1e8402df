import CEL
import LookoutModel
import LookoutSettings

/// Holds the names that rules use against those that there are.
struct MatchCheck {
    let scope: RuleScope

    /// A name of nothing, and the rules that use it.
    private struct Stranger {
        let position: LookoutSettings.SourcePosition
        var rules: [String]
    }

    private struct StrangerName: Hashable {
        let kind: String
        let name: String
    }

    /// Reports every unknown name once, however many rules use it.
    ///
    /// A name that nearly is another was hardly meant: an error. One that is like none belongs to what this
    /// configuration does not have, as rule files are shared: a warning. Patterns with `*` may stand for what
    /// comes later.
    func check(_ rules: [RuleDefinition], _ diagnostics: inout Diagnostics) {
        var strangers: [StrangerName: Stranger] = [:]
        for rule in rules {
            for (kind, located, names) in unknownNames(of: rule) {
                let name = located.pattern.text
                if Spelling.nearest(to: name, among: names) != nil {
                    diagnostics.error(
                        "there is no \(kind) \"\(name)\"",
                        at: located.position,
                        hint: Spelling.hint(for: name, among: names)
                    )
                } else {
                    let key = StrangerName(kind: kind, name: name)
                    strangers[key, default: Stranger(position: located.position, rules: [])].rules.append(
                        rule.id
                    )
                }
            }
        }
        for (name, stranger) in strangers.sorted(by: { $0.value.position < $1.value.position }) {
            diagnostics.warning(
                "there is no \(name.kind) \"\(name.name)\", which \(Self.list(stranger.rules))",
                at: stranger.position,
                hint: Spelling.hint(for: name.name, among: names(of: name.kind))
            )
        }
    }

    /// Whether a rule names only what there is, so that matching nothing has another cause.
    func knowsAllNames(of rule: RuleDefinition) -> Bool {
        unknownNames(of: rule).isEmpty
    }

    private typealias UnknownName = (kind: String, located: LocatedPattern, among: [String])

    private func unknownNames(of rule: RuleDefinition) -> [UnknownName] {
        let patterns = [
            ("probe", rule.match.probes), ("environment", rule.match.environments),
            ("probe type", rule.match.types),
        ]
        return patterns.filter { scope.knowsChecks || $0.0 == "probe type" }.flatMap { kind, patterns in
            let names = names(of: kind)
            return patterns.filter { $0.pattern.isLiteral && !names.contains($0.pattern.text) }
                .map { (kind, $0, names) }
        }
    }

    private func names(of kind: String) -> [String] {
        switch kind {
        case "probe": scope.probes
        case "environment": scope.environments.map(\.name)
        default: scope.types.map(\.name)
        }
    }

    private static func list(_ rules: [String]) -> String {
        switch rules.count {
        case 1: "rule \(rules[0]) is about"
        case 2: "rules \(rules[0]) and \(rules[1]) are about"
        default: "rule \(rules[0]) and \(rules.count - 1) more are about"
        }
    }
}
