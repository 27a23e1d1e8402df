import CEL
package import LookoutDeployments
import LookoutModel
import LookoutRules

/// What is known about causes and how they show: names the likeliest for what is seen.
package struct Knowledge: Diagnostician {
    let causes: [Cause]
    private let vocabulary: SymptomVocabulary

    /// At most so many causes are named, and none that is less likely than one in a hundred.
    private static let mostDiagnoses = 8
    private static let leastProbability = 0.01

    /// In the order of the vocabulary's names.
    private let facts: [CompiledExpression]

    init(causes: [Cause], facts: [CompiledExpression], vocabulary: SymptomVocabulary) {
        self.causes = causes
        self.facts = facts
        self.vocabulary = vocabulary
    }

    /// The names of all causes, in the order of the files.
    package var causeNames: [String] { causes.map(\.id) }

    /// The texts that the backend's log must be searched for before anybody asks for causes.
    package var logTexts: [String] {
        let calls = (facts + causes.flatMap(\.expressions)).flatMap(\.program.hostCalls)
            .filter { $0.function == SymptomFunctions.logLines.name }
        return Set(
            calls.compactMap { call in
                if case .string(let text)?? = call.arguments.first { text } else { nil }
            }
        ).sorted()
    }

    package func diagnoses(of symptoms: Symptoms) -> [Diagnosis] {
        let examination = Examination(symptoms, facts: facts, vocabulary: vocabulary)
        let findings = causes.compactMap { examination.examine($0) }
        let probabilities = CauseRanking.probabilities(of: findings.map(\.score))
        // Equal scores keep the order of the files, so the same symptoms always give the same list.
        let ranked = zip(findings, probabilities).enumerated().sorted { left, right in
            (left.element.0.score, right.offset) > (right.element.0.score, left.offset)
        }.map(\.element)
        return ranked.enumerated()
            .filter { $0.offset == 0 || $0.element.1 >= Self.leastProbability }
            .prefix(Self.mostDiagnoses)
            .map { examination.diagnosis($0.element.0, probability: $0.element.1) }
    }
}
