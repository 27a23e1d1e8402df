extension CodeGenerator {
    /// Code that also reports to the trace what it comes to.
    func traced(_ code: Code, _ expression: Expression) -> Code {
        let node = expression.identifier
        let step = code.asValue
        let isLoop = if case .comprehension = expression.kind { true } else { false }
        return .value { (evaluation) throws(EvaluationError) in
            if isLoop { evaluation.trace?.beginLoop(node) }
            do throws(EvaluationError) {
                let value = try step(&evaluation)
                evaluation.trace?.note(.success(value), of: node)
                return value
            } catch {
                evaluation.trace?.note(.failure(error), of: node)
                throw error
            }
        }
    }

    /// The body of a comprehension that also reports each round.
    func tracedBody(_ code: Code, of expression: Expression, _ comprehension: Comprehension) -> Code {
        guard purpose == .tracing, case .declared(let first, let second)? = checked.reference(of: expression)
        else {
            return code
        }
        let node = expression.identifier
        let body = checked.tree.identifiers(in: comprehension.body)
        let (step, element, form) = (code.asValue, second ?? first, comprehension.form)
        return .value { (evaluation) throws(EvaluationError) in
            evaluation.trace?.beginRound(body)
            let current = evaluation.locals[element] ?? .null
            do throws(EvaluationError) {
                let value = try step(&evaluation)
                evaluation.trace?.endRound(
                    of: node,
                    body: body,
                    element: current,
                    isDecisive: form.isDecided(by: value)
                )
                return value
            } catch {
                evaluation.trace?.endRound(of: node, body: body, element: current, isDecisive: nil)
                throw error
            }
        }
    }
}

extension Comprehension.Form {
    /// Whether a round with this result ends the search or counts for the result.
    fileprivate func isDecided(by result: Value) -> Bool {
        switch (self, result) {
        case (.all, .bool(let holds)): !holds
        case (.exists, .bool(let holds)), (.existsOne, .bool(let holds)), (.filter, .bool(let holds)): holds
        default: true
        }
    }
}

extension SyntaxTree {
    /// The identifiers of a node and all nodes below it, see `Expression.identifier`.
    func identifiers(in expression: Expression) -> ClosedRange<Int> {
        var first = expression
        while let child = first.children.min(by: { $0.identifier < $1.identifier }) { first = child }
        return first.identifier...expression.identifier
    }
}
