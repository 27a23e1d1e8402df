/// What became of each node of a traced program, see `Program.explained`.
///
/// Belongs to one evaluation, and so to one thread.
final class Trace {
    typealias Outcome = Result<Value, EvaluationError>

    /// What the rounds of a comprehension came to.
    struct Rounds {
        var count = 0
        var kept = 0
        /// The first round that decided the result or was kept, or else that failed.
        var deciding: Round?
    }

    struct Round {
        let number: Int
        /// The element, or the key of a map; the value in forms with two variables.
        let element: Value
        let hasFailed: Bool
        /// The outcomes of the body's nodes in this round, from the first of them on.
        let body: ArraySlice<Outcome?>
        /// What the comprehensions in the body went through in this round.
        let inner: [Int: Rounds]
    }

    /// By the identifiers of the nodes; nil for what was not evaluated.
    private(set) var outcomes: [Outcome?]
    private(set) var rounds: [Int: Rounds] = [:]

    /// How many more nodes the beginnings of rounds may forget; later rounds are not told apart any more.
    ///
    /// Without a bound, tracing would multiply the cost of an expression by its size.
    private var room = 1_000_000

    init(nodeCount: Int) {
        outcomes = Array(repeating: nil, count: nodeCount)
    }

    func note(_ outcome: Outcome, of node: Int) {
        outcomes[node] = outcome
    }

    func beginLoop(_ node: Int) {
        rounds[node] = Rounds()
    }

    /// Forgets the round before.
    func beginRound(_ body: ClosedRange<Int>) {
        room -= body.count
        guard room > 0 else { return }
        for node in body {
            outcomes[node] = nil
            if !rounds.isEmpty { rounds[node] = nil }
        }
    }

    /// Notes how a round ended; `isDecisive` is nil where it failed.
    func endRound(of node: Int, body: ClosedRange<Int>, element: Value, isDecisive: Bool?) {
        var isBetter = isDecisive != false && room > 0
        if let earlier = rounds[node]?.deciding {
            isBetter = isBetter && earlier.hasFailed && isDecisive == true
        }
        if isBetter {
            rounds[node, default: Rounds()].deciding = Round(
                number: rounds[node]?.count ?? 0,
                element: element,
                hasFailed: isDecisive == nil,
                body: outcomes[body],
                inner: rounds.filter { body.contains($0.key) }
            )
        }
        rounds[node, default: Rounds()].count += 1
        if isDecisive == true { rounds[node, default: Rounds()].kept += 1 }
    }

    /// Puts back what the deciding rounds left, from the outermost comprehension inwards.
    func recallDecidingRound(of node: Int) {
        guard let round = rounds[node]?.deciding else { return }
        outcomes.replaceSubrange(round.body.indices, with: round.body)
        rounds.merge(round.inner) { _, earlier in earlier }
    }
}
