import CEL
import LookoutModel
import LookoutSettings

extension ExpressionCompiler {
    /// The rule with all of its expressions; nil after reporting what is wrong with each.
    mutating func rule(_ rule: Readable<RuleDefinition>, group: String) -> CompiledRule? {
        let definition = rule.settings
        begin(definition.scope)
        let when = definition.when.map { expression($0, expecting: .bool) }
        let condition = condition(of: definition)
        let texts = texts(of: definition)
        guard let condition, let texts, when.map({ $0 != nil }) ?? true else { return nil }
        return CompiledRule(
            id: definition.id,
            group: group,
            position: rule.position,
            match: definition.match,
            scope: definition.scope,
            holds: definition.holds,
            noDataPolicy: definition.noDataPolicy,
            labels: definition.labels,
            parents: definition.parents.map(\.value.text),
            runbook: definition.runbook?.text,
            suggestion: definition.suggestion,
            objective: definition.objective?.value,
            demand: demand,
            when: when ?? nil,
            condition: condition.expression,
            severity: condition.severity,
            summary: texts.summary,
            description: texts.description,
            annotations: texts.annotations
        )
    }

    private typealias Condition = (expression: CompiledExpression, severity: CompiledSeverity)

    /// The condition with its severity, of the rule itself or of its objective.
    private mutating func condition(of definition: RuleDefinition) -> Condition? {
        let expansion = definition.objective.map { ObjectiveExpansion($0) }
        if let expansion, expansion.rows.isEmpty, let objective = definition.objective {
            diagnostics.error(
                "this objective cannot be missed fast enough to alert",
                at: objective.position,
                hint: "a higher objective or a shorter period"
            )
            return nil
        }
        let condition = (expansion?.condition ?? definition.expression).flatMap {
            expression($0, expecting: .bool)
        }
        let severity = definition.severity ?? expansion?.severity
        let compiledSeverity = severity.flatMap { self.severity($0) }
        guard let condition, let compiledSeverity else { return nil }
        return (condition, compiledSeverity)
    }

    private mutating func severity(_ severity: RuleSeverity) -> CompiledSeverity? {
        switch severity {
        case .constant(let severity): .constant(severity)
        case .expression(let text): expression(text, expecting: .int).map { .expression($0) }
        }
    }

    private typealias Texts = (
        summary: CompiledTemplate, description: CompiledTemplate?, annotations: [CompiledAnnotation]
    )

    private mutating func texts(of definition: RuleDefinition) -> Texts? {
        let expansion = definition.objective.map { ObjectiveExpansion($0) }
        let summary = (definition.summary ?? expansion?.summary).flatMap { template($0) }
        let description = (definition.description ?? expansion?.description).map { template($0) }
        let annotations = definition.annotations.all.map { annotation in
            template(annotation.text).map { CompiledAnnotation(name: annotation.name, template: $0) }
        }
        let sound = annotations.compactMap(\.self)
        guard let summary, description.map({ $0 != nil }) ?? true, sound.count == annotations.count else {
            return nil
        }
        return (summary, description ?? nil, sound)
    }
}
