import CEL
import LookoutModel
package import LookoutSettings

/// Makes rules of rule files, and finds everything that is wrong with them at once.
package struct RuleCompiler: Sendable {
    private let scope: RuleScope
    private let vocabulary: RuleVocabulary

    package init(scope: RuleScope) {
        self.scope = scope
        vocabulary = RuleVocabulary(types: scope.types)
    }

    /// Compiles all files together, since ids are unique over all of them and rules name each other.
    ///
    /// Knowledge files among them are left to the diagnosis.
    ///
    /// - Returns: the rules, nil if there are errors; and what was found, warnings included.
    package func compile(_ files: [RuleFile]) -> (rules: RuleSet?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        var definitions: [Readable<RuleDefinition>] = []
        var rules: [LintedRule] = []
        for file in files where !file.isKnowledge {
            var context = SettingsContext()
            let (settings, _) = RuleFileSettings.readable(file.node, &context)
            diagnostics.add(contentsOf: context.diagnostics)
            var expressions = ExpressionCompiler(
                vocabulary: vocabulary,
                placement: ScalarPlacement(source: file.source)
            )
            for group in settings.groups {
                for rule in group.settings.rules {
                    definitions.append(rule)
                    let compiled = expressions.rule(rule, group: group.settings.name)
                    guard let compiled, rule.isSound else { continue }
                    rules.append(LintedRule(compiled, rule.settings, checks: scope.checks))
                }
            }
            diagnostics.add(contentsOf: expressions.diagnostics)
        }
        MatchCheck(scope: scope).check(definitions.map(\.settings), &diagnostics)
        RuleNames(definitions, &diagnostics).checkParents(&diagnostics)
        RuleLint(scope: scope).check(rules, &diagnostics)
        return (
            diagnostics.hasErrors ? nil : RuleSet(rules: rules.map(\.rule), vocabulary: vocabulary),
            diagnostics
        )
    }
}
