extension Program {
    /// What the expression can give: the branches of its outermost `?:`, each a constant, or nil where it
    /// depends on data; found anew at each call.
    ///
    /// For `x > 1 ? 2 : (y ? 3 : z)` that is 2, 3 and nil.
    package var results: [Value?] {
        var generator = CodeGenerator(origin, for: .inspection)
        _ = generator.generate()
        var results: [Value?] = []
        var waiting = [origin.checked.tree.root]
        while let expression = waiting.popLast() {
            if let constant = generator.constants[expression.identifier] {
                results.append(constant)
                continue
            }
            switch expression.kind {
            case .conditional(let condition, let then, let other):
                switch generator.constants[condition.identifier] {
                case .bool(true)?: waiting.append(then)
                case .bool(false)?: waiting.append(other)
                default: waiting += [other, then]
                }
            case .bind(_, _, let body): waiting.append(body)
            default: results.append(nil)
            }
        }
        return results
    }
}
