/// A comparison operator, on operands of whatever kinds they turn out to have.
enum ComparisonOperator: String, Sendable {
    case equal = "_==_"
    case notEqual = "_!=_"
    case less = "_<_"
    case lessOrEqual = "_<=_"
    case greater = "_>_"
    case greaterOrEqual = "_>=_"

    /// The operator that says the same with its operands swapped.
    var swapped: ComparisonOperator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    @inline(__always)
    func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    func holds(_ ordering: Ordering) -> Bool {
        switch self {
        case .equal: ordering == .same
        case .notEqual: ordering != .same
        case .less: ordering == .before
        case .lessOrEqual: ordering == .before || ordering == .same
        case .greater: ordering == .after
        case .greaterOrEqual: ordering == .after || ordering == .same
        }
    }

    /// Compares any two values; an error for those that have no order.
    func holds(
        _ left: Value,
        _ right: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        switch self {
        case .equal: return try Equality.equal(left, right, &evaluation)
        case .notEqual: return try !Equality.equal(left, right, &evaluation)
        default:
            if case .string(let text) = left, text.utf8.count > 256 {
                try evaluation.charge(bytes: text.utf8.count)
            }
            guard let ordering = Ordering.compare(left, right) else { throw .noSuchOverload(rawValue) }
            return holds(ordering)
        }
    }
}

/// A comparison with a constant, quick where the operand has the constant's kind.
struct ConstantComparison: BoolStepMaker {
    let comparison: ComparisonOperator
    let constant: Value
    let position: TextPosition

    func step(on operand: some Operand) -> Step<Bool> {
        switch constant {
        case .int(let number): ofInt(operand, number)
        case .double(let number): ofDouble(operand, number)
        case .string(let text) where comparison == .equal || comparison == .notEqual: ofString(operand, text)
        default: ofAnything(operand)
        }
    }

    private func ofInt(_ operand: some Operand, _ constant: Int) -> Step<Bool> {
        let (node, comparison) = (self, comparison)
        return { (evaluation) throws(EvaluationError) in
            let value = try operand.value(&evaluation)
            if case .int(let number) = value { return comparison.holds(number, constant) }
            return try node.holds(value, &evaluation)
        }
    }

    private func ofDouble(_ operand: some Operand, _ constant: Double) -> Step<Bool> {
        let (node, comparison) = (self, comparison)
        return { (evaluation) throws(EvaluationError) in
            let value = try operand.value(&evaluation)
            if case .double(let number) = value { return comparison.holds(number, constant) }
            return try node.holds(value, &evaluation)
        }
    }

    private func ofString(_ operand: some Operand, _ constant: String) -> Step<Bool> {
        let (node, wanted) = (self, comparison == .equal)
        return { (evaluation) throws(EvaluationError) in
            let value = try operand.value(&evaluation)
            if case .string(let text) = value { return Text.equal(text, constant) == wanted }
            return try node.holds(value, &evaluation)
        }
    }

    private func ofAnything(_ operand: some Operand) -> Step<Bool> {
        let node = self
        return { (evaluation) throws(EvaluationError) in
            try node.holds(try operand.value(&evaluation), &evaluation)
        }
    }

    private func holds(_ value: Value, _ evaluation: inout Evaluation) throws(EvaluationError) -> Bool {
        do throws(EvaluationError) { return try comparison.holds(value, constant, &evaluation) } catch {
            throw error.located(at: position)
        }
    }
}

/// A comparison with another operand.
struct OperandComparison: BoolStepMaker {
    let comparison: ComparisonOperator
    let right: Step<Value>
    let position: TextPosition

    func step(on operand: some Operand) -> Step<Bool> {
        let (right, comparison, position) = (right, comparison, position)
        return { (evaluation) throws(EvaluationError) in
            let left = try operand.value(&evaluation)
            let right = try right(&evaluation)
            switch (left, right) {
            case (.int(let left), .int(let right)): return comparison.holds(left, right)
            case (.double(let left), .double(let right)): return comparison.holds(left, right)
            default:
                do throws(EvaluationError) { return try comparison.holds(left, right, &evaluation) } catch {
                    throw error.located(at: position)
                }
            }
        }
    }
}
