import CEL
import Glibc
package import LookoutRules
package import LookoutSettings

/// Makes the causes of knowledge files, and finds everything that is wrong with them at once.
package struct KnowledgeCompiler: Sendable {
    package init() {}

    /// Compiles all knowledge files among the files together; rule files among them are left to the rules.
    ///
    /// - Returns: the knowledge, nil if there are errors; and what was found.
    package func compile(_ files: [RuleFile]) -> (knowledge: Knowledge?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        let read = files.filter(\.isKnowledge).map { file in
            var context = SettingsContext()
            let settings = KnowledgeFileSettings.readable(file.node, &context).settings
            diagnostics.add(contentsOf: context.diagnostics)
            return (settings, ScalarPlacement(source: file.source))
        }
        var names = CauseNames()
        let facts = names.facts(read.map(\.0), &diagnostics)
        let vocabulary = SymptomVocabulary(facts: facts)
        var conditions: [String: CompiledExpression] = [:]
        var causes: [(settings: Readable<CauseSettings>, cause: Cause?)] = []
        for (settings, placement) in read {
            var compiler = CauseCompiler(vocabulary, ExpressionReader(placement: placement))
            for fact in settings.facts where conditions[fact.settings.name] == nil {
                conditions[fact.settings.name] = compiler.fact(fact.settings)
            }
            for cause in settings.causes {
                names.add(cause, &diagnostics)
                causes.append((cause, compiler.cause(cause.settings)))
            }
            diagnostics.add(contentsOf: compiler.reader.diagnostics)
        }
        names.check(&diagnostics)
        guard !diagnostics.hasErrors else { return (nil, diagnostics) }
        let sound = causes.filter { names.counts($0.settings) }.compactMap(\.cause)
        let knowledge = Knowledge(
            causes: sound,
            facts: facts.compactMap { conditions[$0] },
            vocabulary: vocabulary
        )
        return (knowledge, diagnostics)
    }
}

/// Compiles the causes of one file.
private struct CauseCompiler {
    private let vocabulary: SymptomVocabulary
    var reader: ExpressionReader

    init(_ vocabulary: SymptomVocabulary, _ reader: ExpressionReader) {
        self.vocabulary = vocabulary
        self.reader = reader
    }

    mutating func fact(_ settings: FactSettings) -> CompiledExpression? {
        settings.when.flatMap {
            reader.expression(
                $0,
                expecting: .bool,
                in: vocabulary.factEnvironment,
                hint: SymptomVocabulary.hint
            )
        }
    }

    /// Nil after reporting what is wrong with it, and for one that is switched off.
    mutating func cause(_ settings: CauseSettings) -> Cause? {
        let title = settings.title.flatMap { template($0) }
        let needs = settings.needs.flatMap { condition($0) }
        let evidence = settings.evidence.compactMap { self.evidence($0.settings) }
        let against = settings.against.compactMap { self.evidence($0.settings) }
        let fixes = settings.fixes.compactMap { fix($0.settings) }
        guard let title, let needs, settings.isEnabled else { return nil }
        return Cause(
            id: settings.identifier,
            title: title,
            logPrior: log(settings.prior.value),
            needs: needs,
            evidence: evidence,
            against: against,
            remedy: settings.remedy.value,
            fixes: fixes
        )
    }

    private mutating func evidence(_ settings: EvidenceSettings) -> Cause.Evidence? {
        let condition = settings.when.flatMap { self.condition($0) }
        let text = settings.text.flatMap { template($0) }
        guard let condition, let text else { return nil }
        return Cause.Evidence(
            condition: condition,
            logWeight: log(settings.weight.value),
            text: text,
            group: settings.group
        )
    }

    private mutating func fix(_ settings: FixSettings) -> Cause.Fix? {
        let names = settings.each == nil ? vocabulary.environment : vocabulary.itemEnvironment
        let when = settings.when.map { condition($0) }
        let each = settings.each.map {
            reader.expression(
                $0,
                expecting: .list(.string),
                in: vocabulary.environment,
                hint: SymptomVocabulary.hint
            )
        }
        let text = settings.text.flatMap { template($0, in: names) }
        let words = settings.command.map { template($0, in: names) }
        guard let text else { return nil }
        return Cause.Fix(
            condition: when ?? nil,
            each: each ?? nil,
            text: text,
            command: words.compactMap(\.self),
            variables: settings.variables
        )
    }

    private mutating func condition(_ text: SourceText) -> CompiledExpression? {
        reader.expression(text, expecting: .bool, in: vocabulary.environment, hint: SymptomVocabulary.hint)
    }

    private mutating func template(_ text: SourceText, in names: CELEnvironment? = nil) -> CompiledTemplate? {
        reader.template(text, in: names ?? vocabulary.environment, hint: SymptomVocabulary.hint)
    }
}
