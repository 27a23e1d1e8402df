internal import Synchronization

/// The patterns compiled last, for patterns that are only known when an expression runs.
final class RegularExpressionCache: Sendable {
    private struct State {
        var entries: [MapKey: (expression: RegularExpression, lastUse: UInt)] = [:]
        var clock: UInt = 0
    }

    static let shared = RegularExpressionCache(capacity: 64)

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The compiled pattern; to compile costs much more than to find it here.
    func expression(
        _ pattern: String,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> RegularExpression {
        try evaluation.charge(bytes: pattern.utf8.count)
        let key = MapKey.string(pattern)
        if let known = lookup(key) { return known }
        try evaluation.charge(500)
        let expression: RegularExpression
        do throws(RegularExpression.Failure) {
            expression = try RegularExpression(pattern)
        } catch {
            throw EvaluationError(.invalidArgument, error.message)
        }
        try evaluation.charge(8 * expression.size)
        store(expression, for: key)
        return expression
    }

    private func lookup(_ key: MapKey) -> RegularExpression? {
        state.withLock { state in
            state.clock += 1
            state.entries[key]?.lastUse = state.clock
            return state.entries[key]?.expression
        }
    }

    private func store(_ expression: RegularExpression, for key: MapKey) {
        state.withLock { state in
            if state.entries.count >= capacity,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
            {
                state.entries[oldest] = nil
            }
            state.entries[key] = (expression, state.clock)
        }
    }
}
