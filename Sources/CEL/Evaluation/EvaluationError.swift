/// Why an expression has no value for the data it was given.
package struct EvaluationError: Error, Sendable, Hashable {
    /// The closed set of reasons; metrics are labelled with its raw values.
    package enum Code: String, CaseIterable, Sendable {
        /// An operator or function was given operands it has no overload for.
        case noSuchOverload = "no_such_overload"
        case noSuchKey = "no_such_key"
        case noSuchField = "no_such_field"
        case undeclaredReference = "undeclared_reference"
        case indexOutOfBounds = "index_out_of_bounds"
        case divisionByZero = "division_by_zero"
        case overflow = "overflow"
        /// A conversion or function refused the value of an argument.
        case invalidArgument = "invalid_argument"
        /// The evaluation cost more than its budget. Never absorbed by `&&` and `||`.
        case budgetExceeded = "budget_exceeded"
        /// There is nothing to judge by, such as a window with too few samples.
        case noData = "no_data"
        /// A host function failed.
        case host = "host"
    }

    package let code: Code
    /// What failed, in cel-go's words where it has some.
    package let message: String
    /// Where in the source, when known.
    package private(set) var position: TextPosition?

    package init(_ code: Code, _ message: String, at position: TextPosition? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// For host functions and objects: there is nothing to judge by.
    package static func noData(_ message: String) -> EvaluationError {
        EvaluationError(.noData, message)
    }

    static func noSuchOverload(_ function: String) -> EvaluationError {
        EvaluationError(.noSuchOverload, "no such overload: \(function)")
    }

    /// The same error with a position, unless it has one from further inside.
    func located(at position: TextPosition) -> EvaluationError {
        guard self.position == nil else { return self }
        var located = self
        located.position = position
        return located
    }
}
