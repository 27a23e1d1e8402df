/// A comparison of a host function's result with a constant, such as `failures("5m") > 3`.
///
/// Hosts know what their functions can give, and so which comparisons are always the same.
package struct Comparison: Sendable {
    /// How the two are compared, by the operator's name in CEL's syntax tree.
    package enum Relation: String, Sendable {
        case equal = "_==_"
        case unequal = "_!=_"
        case less = "_<_"
        case lessOrEqual = "_<=_"
        case greater = "_>_"
        case greaterOrEqual = "_>=_"

        /// The relation with its sides exchanged.
        fileprivate var mirrored: Relation {
            switch self {
            case .equal, .unequal: self
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            }
        }
    }

    package let function: String
    /// The call's arguments that are constant; nil for the others.
    package let arguments: [Value?]
    /// How the result is compared with the constant: the call is on the left.
    package let relation: Relation
    package let constant: Value
    /// Where the operator stands.
    package let position: TextPosition
}

extension Program {
    /// Comparisons of calls with constants, in no particular order; found anew at each call.
    package var comparisons: [Comparison] {
        var generator = CodeGenerator(origin, for: .inspection)
        _ = generator.generate()
        var comparisons: [Comparison] = []
        var waiting = [origin.checked.tree.root]
        while let expression = waiting.popLast() {
            waiting += origin.checked.operands(of: expression)
            guard case .call(let name, nil, let operands) = expression.kind, operands.count == 2,
                let relation = Comparison.Relation(rawValue: name)
            else { continue }
            let constants = operands.map { generator.constants[$0.identifier] }
            let place = origin.source.position(of: expression.offset)
            if let call = operands[0].plainCall, let constant = constants[1] {
                comparisons.append(
                    Comparison(
                        function: call.name,
                        arguments: call.arguments.map { generator.constants[$0.identifier] },
                        relation: relation,
                        constant: constant,
                        position: place
                    )
                )
            } else if let call = operands[1].plainCall, let constant = constants[0] {
                comparisons.append(
                    Comparison(
                        function: call.name,
                        arguments: call.arguments.map { generator.constants[$0.identifier] },
                        relation: relation.mirrored,
                        constant: constant,
                        position: place
                    )
                )
            }
        }
        return comparisons
    }
}

extension Expression {
    /// The function and the arguments of a call without target.
    fileprivate var plainCall: (name: String, arguments: [Expression])? {
        if case .call(let name, nil, let arguments) = kind { (name, arguments) } else { nil }
    }
}
