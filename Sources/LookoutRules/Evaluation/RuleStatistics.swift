import CEL

/// How often a rule was evaluated, and to what end.
package struct RuleStatistics: Hashable, Sendable {
    package var evaluations = 0
    /// Evaluations that were true.
    package var holds = 0
    package var noData = 0
    package var errors = 0
    /// Evaluations put off because nothing could be said about any target.
    package var withheld = 0
    /// How many of those without data lacked something that is not kept in the store, by what it was, such
    /// as `sample.json`.
    package var unstored: [String: Int] {
        get {
            lacking.count == 0 ? lacked : lacked.merging([lacking.field: lacking.count], uniquingKeysWith: +)
        }
        set {
            lacked = newValue
            lacking = Lack()
        }
    }
    /// The newest error in words; nil once the rule has been evaluated without.
    package var currentError: String?

    /// What was missing before, and what is missing now: nearly always the same, so it is counted apart.
    private var lacked: [String: Int] = [:]
    private var lacking = Lack()

    /// A spell of evaluations that lacked one thing.
    private struct Lack: Hashable {
        var field = ""
        /// The words of the error that told so; made once a field, so comparing them takes next to nothing.
        var words = ""
        var count = 0
    }

    package init() {}

    mutating func record(_ verdict: Verdict) {
        evaluations += 1
        if currentError != nil { currentError = nil }
        switch verdict {
        case .holds: holds += 1
        case .clear: break
        case .noData(let reason):
            noData += 1
            if case .lacking(let error) = reason { note(error) }
        case .hold: withheld += 1
        case .error(let words):
            errors += 1
            currentError = words
        }
    }

    private mutating func note(_ error: EvaluationError) {
        if lacking.words == error.message {
            lacking.count += 1
        } else if let field = UnstoredField(error) {
            lacked = unstored
            lacking = Lack(field: field.name, words: error.message, count: 1)
        }
    }
}
