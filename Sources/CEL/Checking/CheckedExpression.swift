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

    func type(of expression: Expression) -> ValueType {
        types[expression.identifier]
    }

    func reference(of expression: Expression) -> Reference? {
        references[expression.identifier]
    }
}
