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

    /// Runs a body for each element with the loop's variables set; it gets the first of them.
    @inline(__always)
    private func forEach(
        _ evaluation: inout Evaluation,
        _ body: (Value, inout Evaluation) throws(EvaluationError) -> Round
    ) throws(EvaluationError) {
        switch try range(&evaluation) {
        case .list(let elements):
            for index in elements.indices {
                try evaluation.charge(1)
                let element = elements[index]
                let key: Value
                if let second {
                    key = .int(index)
                    evaluation.locals[second] = element
                } else {
                    key = element
                }
                evaluation.locals[first] = key
                if try body(key, &evaluation) == .enough { return }
            }
        case .map(let map):
            for (key, value) in map.entries {
                try evaluation.charge(1)
                if let second { evaluation.locals[second] = value }
                evaluation.locals[first] = key
                if try body(key, &evaluation) == .enough { return }
            }
        case let other:
            throw EvaluationError(
                .noSuchOverload,
                "got '\(other.typeValue.name)', expected iterable type"
            )
        }
    }

    /// `exists` (searching for true) and `all` (for false): the first such element decides, errors give
    /// way to it.
    func search(for decisive: Bool, _ predicate: @escaping Step<Bool>) -> Step<Bool> {
        { (evaluation) throws(EvaluationError) in
            var failure: EvaluationError?
            var isFound = false
            try forEach(&evaluation) { (_, evaluation) throws(EvaluationError) in
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
            try forEach(&evaluation) { (_, evaluation) throws(EvaluationError) in
                if try predicate(&evaluation) { count += 1 }
                return .more
            }
            return count == 1
        }
    }

    func filter(_ predicate: @escaping Step<Bool>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var kept: [Value] = []
            try forEach(&evaluation) { (element, evaluation) throws(EvaluationError) in
                if try predicate(&evaluation) { kept.append(element) }
                return .more
            }
            return .list(kept)
        }
    }

    func sort(by key: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var elements: [Value] = []
            var keys: [Value] = []
            try forEach(&evaluation) { (element, evaluation) throws(EvaluationError) in
                elements.append(element)
                keys.append(try key(&evaluation))
                return .more
            }
            return .list(try SortedList.sort(elements, by: keys, &evaluation))
        }
    }

    func transformList(_ condition: Step<Bool>?, _ transform: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var results: [Value] = []
            try forEach(&evaluation) { (_, evaluation) throws(EvaluationError) in
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
            try forEach(&evaluation) { (key, evaluation) throws(EvaluationError) in
                if let condition, try !condition(&evaluation) { return .more }
                entries.append((key, try transform(&evaluation)))
                return .more
            }
            return .map(try MapValue(checking: entries))
        }
    }

    func transformMapEntry(_ condition: Step<Bool>?, _ transform: @escaping Step<Value>) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in
            var entries: [(key: Value, value: Value)] = []
            try forEach(&evaluation) { (_, evaluation) throws(EvaluationError) in
                if let condition, try !condition(&evaluation) { return .more }
                guard case .map(let map) = try transform(&evaluation) else {
                    throw .noSuchOverload("transformMapEntry")
                }
                try evaluation.charge(map.count)
                entries += map.entries
                return .more
            }
            return .map(try MapValue(checking: entries))
        }
    }
}
