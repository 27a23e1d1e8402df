/// What a name or call in the tree refers to.
enum Reference: Sendable {
    /// A variable of the environment, by slot.
    case variable(Int)
    /// A variable of a comprehension or `cel.bind`, by slot.
    case local(Int)
    /// The name of a type.
    case type(TypeValue)
    /// A function with the overloads that the static types leave possible. `takesTarget` is false where
    /// the target of the call was only the function's namespace.
    case function(String, [Overload], takesTarget: Bool)
    /// The slots of the variables that a node declares.
    case declared(Int, Int?)
    /// A name that is not known: fails when evaluated.
    case unresolved(String)
}

/// A syntax tree with the findings of the checker, by the identifiers of its nodes.
struct CheckedExpression: Sendable {
    let tree: SyntaxTree
    let types: [ValueType]
    let references: [Reference?]
    let localCount: Int
    var diagnostics: [Diagnostic]

    /// The variables that the expression refers to, in order of declaration.
    var variableSlots: [Int] {
        let slots = references.compactMap { reference -> Int? in
            if case .variable(let slot)? = reference { slot } else { nil }
        }
        return Set(slots).sorted()
    }

    /// Whether a node refers to nothing outside itself and calls no host function, so that it always has
    /// the same result.
    func isClosed(_ expression: Expression) -> Bool {
        var declared: Set<Int> = []
        return isClosed(expression, &declared)
    }

    private func isClosed(_ expression: Expression, _ declared: inout Set<Int>) -> Bool {
        switch reference(of: expression) {
        case .variable, .unresolved: return false
        case .local(let slot) where !declared.contains(slot): return false
        case .function(_, let overloads, _) where !overloads.allSatisfy(\.isPure): return false
        case .declared(let first, let second):
            declared.insert(first)
            if let second { declared.insert(second) }
        default: break
        }
        for child in operands(of: expression) {
            guard isClosed(child, &declared) else { return false }
        }
        return true
    }

    /// The nodes below that are evaluated for a node: not those of a name that is known as a whole.
    func operands(of expression: Expression) -> [Expression] {
        switch expression.kind {
        case .call(_, _?, let arguments):
            // The target may be the namespace of the function alone.
            if case .function(_, _, takesTarget: false)? = reference(of: expression) { return arguments }
            return expression.children
        case .select where reference(of: expression) != nil: return []
        default: return expression.children
        }
    }

    func type(of expression: Expression) -> ValueType {
        types[expression.identifier]
    }

    func reference(of expression: Expression) -> Reference? {
        references[expression.identifier]
    }
}
