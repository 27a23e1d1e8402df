/// A loop over the elements of a list or the entries of a map; each step is charged for.
struct Loop: Sendable {
    let range: Step<Value>
    let first: Int
    let second: Int?

    /// What a round of the loop asks for.
    private enum Round {
        case more
        case enough
    }

    /// Runs a body for each element with the loop's variables set.
    @inline(__always)
    private func forEach(
        _ evaluation: inout Evaluation,
        _ body: (inout Evaluation) throws(EvaluationError) -> Round
    ) throws(EvaluationError) {
        switch try range(&evaluation) {
        case .list(let elements):
            if let second {
                for index in elements.indices {
                    try evaluation.charge(1)
                    evaluation.locals[first] = .int(index)
                    evaluation.locals[second] = elements[index]
                    if try body(&evaluation) == .enough { return }
                }
            } else {
                for index in elements.indices {
                    try evaluation.charge(1)
                    evaluation.locals[first] = elements[index]
                    if try body(&evaluation) == .enough { return }
                }
            }
        case .map(let map):
            for (key, value) in map.entries {
                try evaluation.charge(1)
                evaluation.locals[first] = key
                if let second { evaluation.locals[second] = value }
                if try body(&evaluation) == .enough { return }
            }
        case let other:
            throw EvaluationError(
                .noSuchOverload,
                "got '\(other.typeValue.name)', expected iterable type"
            )
        }
    }

    /// The first variable as it is in the current round.
    @inline(__always)
    private func current(_ evaluation: Evaluation) -> Value {
        evaluation.locals[first] ?? .null
    }

    /// `exists` (searching for true) and `all` (for false): the first such element decides, errors give
    /// way to it.
    func search(for decisive: Bool, _ predicate: @escaping Step<Bool>) -> Step<Bool> {
        { (evaluation) throws(EvaluationError) in
            var failure: EvaluationError?
            var isFound = false
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                do throws(EvaluationError) {
                    isFound = try predicate(&evaluation) == decisive
                } catch {
                    failure = try error.absorbed(after: failure)
                }
                return isFound ? .enough : .more
            }
            if isFound { return decisive }
            if let failure { throw failure }
            return !decisive
        }
    }

    func existsOne(_ predicate: @escaping Step<Bool>) -> Step<Bool> {
        { (evaluation) throws(EvaluationError) in
            var count = 0
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                if try predicate(&evaluation) { count += 1 }
                return .more
            }
            return count == 1
        }
    }

    func filter(_ predicate: @escaping Step<Bool>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var kept: [Value] = []
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                if try predicate(&evaluation) { kept.append(current(evaluation)) }
                return .more
            }
            return .list(kept)
        }
    }

    func sort(by key: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var elements: [Value] = []
            var keys: [Value] = []
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                elements.append(current(evaluation))
                keys.append(try key(&evaluation))
                return .more
            }
            return .list(try SortedList.sort(elements, by: keys, &evaluation))
        }
    }

    func transformList(_ condition: Step<Bool>?, _ transform: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var results: [Value] = []
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                if let condition, try !condition(&evaluation) { return .more }
                results.append(try transform(&evaluation))
                return .more
            }
            return .list(results)
        }
    }

    func transformMap(_ condition: Step<Bool>?, _ transform: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var entries: [(key: Value, value: Value)] = []
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                if let condition, try !condition(&evaluation) { return .more }
                let key = current(evaluation)
                try evaluation.charge(key: key)
                entries.append((key, try transform(&evaluation)))
                return .more
            }
            return .map(try MapValue(checking: entries))
        }
    }

    func transformMapEntry(_ condition: Step<Bool>?, _ transform: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var entries: [(key: Value, value: Value)] = []
            try forEach(&evaluation) { (evaluation) throws(EvaluationError) in
                if let condition, try !condition(&evaluation) { return .more }
                guard case .map(let map) = try transform(&evaluation) else {
                    throw .noSuchOverload("transformMapEntry")
                }
                try evaluation.charge(map.count)
                for entry in map.entries { try evaluation.charge(key: entry.key) }
                entries += map.entries
                return .more
            }
            return .map(try MapValue(checking: entries))
        }
    }
}
