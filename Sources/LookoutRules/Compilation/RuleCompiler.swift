import CEL
import LookoutModel
package import LookoutSettings

/// A rule file as it was read: its parsed content, and its text for exact places.
package struct RuleFile: Sendable {
    package let node: SettingsNode
    package let source: String

    package init(node: SettingsNode, source: String) {
        self.node = node
        self.source = source
    }
}

/// Makes rules of rule files, and finds everything that is wrong with them at once.
package struct RuleCompiler: Sendable {
    private let scope: RuleScope
    private let vocabulary: RuleVocabulary

    package init(scope: RuleScope) {
        self.scope = scope
        vocabulary = RuleVocabulary(types: scope.types)
    }

    /// Compiles all files together, since ids are unique over all of them.
    ///
    /// - Returns: the rules, nil if there are errors; and what was found, warnings included.
    package func compile(_ files: [RuleFile]) -> (rules: RuleSet?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        var rules: [CompiledRule] = []
        var identifiers: [String: LookoutSettings.SourcePosition] = [:]
        for file in files {
            var context = SettingsContext()
            let (settings, _) = RuleFileSettings.readable(file.node, &context)
            diagnostics.add(contentsOf: context.diagnostics)
            var expressions = ExpressionCompiler(
                environment: vocabulary.environment,
                placement: ScalarPlacement(source: file.source)
            )
            for group in settings.groups {
                for rule in group.settings.rules {
                    Self.claim(rule, &identifiers, &diagnostics)
                    MatchCheck(scope: scope).check(rule.settings, &diagnostics)
                    let compiled = expressions.rule(rule, group: group.settings.name)
                    guard let compiled, rule.isSound else { continue }
                    RuleLint(scope: scope).check(compiled, rule.settings, &diagnostics)
                    rules.append(compiled)
                }
            }
            diagnostics.add(contentsOf: expressions.diagnostics)
        }
        return (diagnostics.hasErrors ? nil : RuleSet(rules: rules, vocabulary: vocabulary), diagnostics)
    }

    /// Notes a rule's id; reports one that another rule has already.
    private static func claim(
        _ rule: Readable<RuleDefinition>,
        _ identifiers: inout [String: LookoutSettings.SourcePosition],
        _ diagnostics: inout Diagnostics
    ) {
        let id = rule.settings.id
        guard !id.isEmpty else { return }
        if let first = identifiers[id] {
            diagnostics.error(
                "there are two rules \"\(id)\"",
                at: rule.position,
                hint: "the first is at \(first)"
            )
        } else {
            identifiers[id] = rule.position
        }
    }
}

extension ExpressionCompiler {
    /// The rule with all of its expressions; nil after reporting what is wrong with each.
    fileprivate mutating func rule(_ rule: Readable<RuleDefinition>, group: String) -> CompiledRule? {
        let definition = rule.settings
        demand = HistoryDemand()
        let when = definition.when.map { expression($0, expecting: .bool) }
        let condition = expression(definition.expression, expecting: .bool)
        let severity = severity(definition.severity)
        let summary = template(definition.summary)
        let description = definition.description.map { template($0) }
        guard let condition, let severity, let summary, when.map({ $0 != nil }) ?? true,
            description.map({ $0 != nil }) ?? true
        else { return nil }
        return CompiledRule(
            id: definition.id,
            group: group,
            position: rule.position,
            match: definition.match,
            holds: Judgement.Holds(pending: definition.pending, keepFiring: definition.keepFiring),
            labels: definition.labels,
            runbook: definition.runbook?.text,
            demand: demand,
            when: when ?? nil,
            condition: condition,
            severity: severity,
            summary: summary,
            description: description ?? nil
        )
    }

    private mutating func severity(_ severity: RuleSeverity) -> CompiledSeverity? {
        switch severity {
        case .constant(let severity): .constant(severity)
        case .expression(let text): expression(text, expecting: .int).map { .expression($0) }
        }
    }
}
