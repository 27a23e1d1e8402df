/// Something about a correct expression that its author may not have meant.
package struct Remark: Sendable, Hashable {
    /// What it is about.
    package enum Kind: Sendable, Hashable {
        /// A variable of a macro that its body does not ask for.
        case unusedVariable(String)
        /// Numbers of different kinds are compared: right at run time, and often a slip.
        case crossTypeComparison(ValueType, ValueType)
        /// An operand of `&&` or `||`, or the condition of `?:`, that is always the same.
        case constantCondition(Bool)
        /// `==` on operands whose types have no equal values, or `!=`, which then always holds.
        case comparisonNeverTrue(ValueType, ValueType)
    }

    package let kind: Kind
    package let position: TextPosition
    /// What is unusual and what to do, in one line.
    package let message: String
    /// The source line with a caret under the place, see `CompileError.Issue`.
    package let excerpt: String
}

extension Program {
    /// The value of the whole expression when it does not depend on data, as of `size('ab') > 1` or
    /// `x && false`; found anew at each call.
    package var constant: Value? {
        var generator = CodeGenerator(origin, for: .inspection)
        return generator.generate().constant
    }

    /// What is unusual about the expression, in the order of the text; found anew at each call.
    package var remarks: [Remark] {
        var finder = RemarkFinder(origin)
        return finder.remarks()
    }
}
