import CEL
import LookoutModel

/// What one evaluation came to, before it becomes a judgement.
enum Verdict {
    case holds(Severity)
    case clear
    case noData(NoDataReason)
    /// Nothing can be said about any target now; the text says why.
    case hold(String)
    case error(String)
}

/// Why a rule has no data.
enum NoDataReason {
    /// An expression found none.
    case lacking(EvaluationError)
    /// The sample says nothing about what the rule is about.
    case notConcerned
    /// Lookout itself could not ask; the text says why.
    case notAsked(String)
    /// A check of the environment has had no sample yet.
    case incomplete

    /// What is missing because it is not kept in the store; nil for other reasons.
    var unstored: UnstoredField? {
        if case .lacking(let error) = self { UnstoredField(error) } else { nil }
    }

    /// For people.
    var words: String {
        switch self {
        case .lacking(let error): error.message
        case .notConcerned: "the sample says nothing about it"
        case .notAsked(let reason): "the target could not be asked: \(reason)"
        case .incomplete: "not every check of the environment has had a sample"
        }
    }
}
