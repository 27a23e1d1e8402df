/// One run of a program: its variables, what is left of its budget, and the caller's context.
///
/// Passed by reference through every step of a run and to each function that is called.
package struct Evaluation {
    /// What the caller handed in for host functions, such as the history of the check being judged.
    package let context: AnyObject?

    let variables: [Value?]
    /// The variables of comprehensions and `cel.bind`, by the slot that the checker gave them; nil before.
    var locals: [Value?]
    private(set) var remaining: Int
    /// What became of the nodes of a traced program; nil for others.
    let trace: Trace?
    /// Why a variable of `cel.bind` has no value, by slot, so that it is tried only once.
    private var failures: [Int: EvaluationError] = [:]

    init(
        variables: [Value?],
        localCount: Int,
        context: AnyObject?,
        budget: Int,
        trace: Trace? = nil
    ) {
        self.variables = variables
        self.trace = trace
        self.context = context
        locals = Array(repeating: nil, count: localCount)
        remaining = max(0, min(budget, CostBudget.maximum))
    }

    /// Takes units from the budget; one unit is about the work of one step over a list.
    ///
    /// Functions whose work grows with their arguments charge for it, before they do it.
    package mutating func charge(_ units: Int) throws(EvaluationError) {
        remaining &-= units
        if remaining < 0 {
            remaining = 0
            throw EvaluationError(.budgetExceeded, "evaluation cost limit exceeded")
        }
    }

    /// Computes and keeps the value of a variable of `cel.bind`, or fails again as it did before.
    mutating func lateValue(_ slot: Int, _ initial: Step<Value>) throws(EvaluationError) -> Value {
        if let failure = failures[slot] { throw failure }
        do throws(EvaluationError) {
            let value = try initial(&self)
            locals[slot] = value
            return value
        } catch {
            failures[slot] = error
            throw error
        }
    }

    /// Forgets a variable of `cel.bind`, at each beginning of its scope.
    mutating func forget(_ slot: Int) {
        locals[slot] = nil
        if !failures.isEmpty { failures[slot] = nil }
    }

    /// Charges for looking up or storing a key, which takes time only where it is long.
    @inline(__always)
    mutating func charge(key: Value) throws(EvaluationError) {
        if case .string(let text) = key, text.utf8.count > 256 { try charge(bytes: text.utf8.count) }
    }

    /// Charges for going through bytes of text, which is quicker than going through values.
    mutating func charge(bytes: Int) throws(EvaluationError) {
        try charge(1 + bytes >> 4)
    }
}

/// The limit on what one evaluation may cost, in steps over values.
package enum CostBudget {
    /// What an evaluation gets unless its caller says otherwise; about a tenth of a second at most.
    package static let standard = 1_000_000
    /// What no caller can exceed: there is no evaluation without a limit.
    package static let maximum = 10_000_000
}
