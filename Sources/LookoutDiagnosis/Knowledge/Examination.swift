import CEL
import LookoutDeployments
import LookoutModel
import LookoutRules

/// Holds causes against symptoms.
struct Examination {
    /// A cause that comes into question, and what is seen of it.
    struct Finding {
        let cause: Cause
        let score: Double
        let evidence: [Cause.Evidence]
        let against: [Cause.Evidence]
        let unknown: [String]
    }

    private let vocabulary: SymptomVocabulary
    private let activation: Activation
    private let context: SymptomContext
    /// The same for texts, in which a value that is missing shows as its name.
    private let wordsContext: SymptomContext

    init(_ symptoms: Symptoms, facts: [CompiledExpression], vocabulary: SymptomVocabulary) {
        self.vocabulary = vocabulary
        context = SymptomContext(symptoms, showsNames: false)
        activation = vocabulary.activation(for: symptoms, facts: facts, context)
        wordsContext = SymptomContext(symptoms, showsNames: true)
    }

    /// Nil if what the cause needs is not so, or is not known.
    func examine(_ cause: Cause) -> Finding? {
        guard case .holds = judge(cause.needs) else { return nil }
        var unknown: [String] = []
        let evidence = cause.evidence.filter { holds($0, &unknown) }
        let against = cause.against.filter { holds($0, &unknown) }
        return Finding(
            cause: cause,
            score: CauseRanking.score(
                logPrior: cause.logPrior,
                evidence: evidence.map { ($0.logWeight, $0.group) },
                against: against.map { ($0.logWeight, $0.group) }
            ),
            evidence: evidence,
            against: against,
            unknown: unknown
        )
    }

    func diagnosis(_ finding: Finding, probability: Double) -> Diagnosis {
        Diagnosis(
            cause: finding.cause.id,
            title: words(finding.cause.title),
            probability: probability,
            evidence: finding.evidence.map { words($0.text) },
            counterEvidence: finding.against.map { words($0.text) },
            unknown: finding.unknown,
            remedy: finding.cause.remedy,
            fixes: finding.cause.fixes.flatMap(fixes)
        )
    }

    // MARK: Conditions

    private enum Truth {
        case holds
        case fails
        /// Nobody can say, and why.
        case unknown(String)
    }

    private func judge(_ condition: CompiledExpression) -> Truth {
        do throws(EvaluationError) {
            return try condition.holds(activation, context) ? .holds : .fails
        } catch {
            // What a provider did not say is a question to people; a missing key is just not there.
            return .unknown(error.code == .noData ? error.message : "")
        }
    }

    private func holds(_ evidence: Cause.Evidence, _ unknown: inout [String]) -> Bool {
        switch judge(evidence.condition) {
        case .holds: return true
        case .fails: return false
        case .unknown(let reason):
            let line = PlainText.line(reason, atMost: 300)
            if !line.isEmpty, !unknown.contains(line) { unknown.append(line) }
            return false
        }
    }

    // MARK: Texts

    private func words(_ template: CompiledTemplate, _ values: Activation? = nil) -> String {
        PlainText.line(template.render(values ?? activation, wordsContext), atMost: 1000)
    }

    /// Nothing if it does not apply; one for each thing that it is made for.
    private func fixes(_ fix: Cause.Fix) -> [Diagnosis.Fix] {
        if let condition = fix.condition {
            guard case .holds = judge(condition) else { return [] }
        }
        guard let each = fix.each else { return [self.fix(fix, activation)] }
        return items(each).prefix(Self.mostItems).map {
            self.fix(fix, vocabulary.activation(activation, item: $0))
        }
    }

    private static let mostItems = 20

    /// None if they are not known.
    private func items(_ each: CompiledExpression) -> [String] {
        do throws(EvaluationError) {
            guard case .list(let values) = try each.evaluate(activation, context) else { return [] }
            return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        } catch {
            return []
        }
    }

    /// Without a command where a value for it is missing.
    private func fix(_ fix: Cause.Fix, _ values: Activation) -> Diagnosis.Fix {
        var arguments: [String] = []
        for template in fix.command {
            do throws(EvaluationError) {
                arguments.append(try template.text(values, context))
            } catch {
                return Diagnosis.Fix(words(fix.text, values))
            }
        }
        guard let program = arguments.first else { return Diagnosis.Fix(words(fix.text, values)) }
        return Diagnosis.Fix(
            words(fix.text, values),
            command: CommandLine(program, Array(arguments.dropFirst()), variables: fix.variables)
        )
    }
}
