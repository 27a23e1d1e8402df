extension Program {
    /// Evaluates the expression and tells what each of its parts came to.
    ///
    /// Compiles the expression a second time, with each part reporting: not for where speed matters.
    /// Takes what `evaluate` takes, and comes to the same result.
    package func explained(
        _ activation: Activation,
        context: AnyObject? = nil,
        budget: Int = CostBudget.standard
    ) -> Explanation {
        var generator = CodeGenerator(origin, for: .tracing)
        let step = generator.generate().asValue
        let trace = Trace(nodeCount: origin.checked.tree.nodeCount)
        var evaluation = Evaluation(
            variables: activation.values,
            localCount: origin.checked.localCount,
            context: context,
            budget: budget,
            trace: trace
        )
        let outcome: Result<Value, EvaluationError>
        do throws(EvaluationError) { outcome = .success(try step(&evaluation)) } catch {
            outcome = .failure(error)
        }
        let builder = ExplanationBuilder(origin: origin, trace: trace)
        return Explanation(root: builder.node(origin.checked.tree.root), outcome: outcome)
    }
}

/// Puts a trace together with the tree that it is of.
private struct ExplanationBuilder {
    let origin: Program.Origin
    let trace: Trace

    func node(_ expression: Expression) -> Explanation.Node {
        let range = origin.checked.tree.ranges[expression.identifier]
        let outcome = outcome(of: expression)
        let loop = loop(of: expression)
        trace.recallDecidingRound(of: expression.identifier)
        return Explanation.Node(
            text: origin.source.text(range),
            range: range,
            position: origin.source.position(of: range.lowerBound),
            anchor: origin.source.position(of: expression.offset),
            type: origin.checked.type(of: expression),
            outcome: outcome,
            loop: loop,
            isLiteral: isLiteral(expression),
            children: origin.checked.operands(of: expression).map(node)
        )
    }

    private func outcome(of expression: Expression) -> Explanation.Outcome {
        switch trace.outcomes[expression.identifier] {
        case .success(let value): .value(value)
        case .failure(let error): .error(error)
        case nil: .notEvaluated
        }
    }

    private func loop(of expression: Expression) -> Explanation.LoopSummary? {
        guard case .comprehension = expression.kind, let rounds = trace.rounds[expression.identifier],
            trace.outcomes[expression.identifier] != nil
        else { return nil }
        return Explanation.LoopSummary(
            roundCount: rounds.count,
            keptCount: rounds.kept,
            deciding: rounds.deciding.map { ($0.element, $0.number) }
        )
    }

    /// Whether a node is made of literals alone.
    private func isLiteral(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .literal: true
        case .list(let elements): elements.allSatisfy { isLiteral($0.value) }
        case .map(let entries): entries.allSatisfy { isLiteral($0.key) && isLiteral($0.value) }
        default: false
        }
    }
}
