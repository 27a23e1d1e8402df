/// Resolves names, deduces types and chooses overloads; collects all mistakes.
///
/// What was reported has the type `error`, which agrees with everything, so that one mistake is reported
/// once. The same findings serve unchecked evaluation: where types disagree they are dyn.
struct TypeChecker {
    let environment: CELEnvironment
    let tree: SyntaxTree
    var substitution = TypeSubstitution()
    var types: [ValueType]
    var references: [Reference?]
    var diagnostics: [Diagnostic] = []
    var scope = Scope()

    /// The variables of the comprehensions around a node, innermost last.
    struct Scope {
        /// Each declaration has a slot of its own, since `cel.bind` evaluates its value late.
        private(set) var slotCount = 0
        private var variables: [(name: String, type: ValueType, slot: Int)] = []

        mutating func push(_ name: String, _ type: ValueType) -> Int {
            defer { slotCount += 1 }
            variables.append((name, type, slotCount))
            return slotCount
        }

        mutating func pop(_ count: Int) {
            variables.removeLast(count)
        }

        func variable(_ name: some StringProtocol) -> (type: ValueType, slot: Int)? {
            variables.last { $0.name == name }.map { ($0.type, $0.slot) }
        }

        var names: [String] { variables.map(\.name) }
    }

    init(_ environment: CELEnvironment, _ tree: SyntaxTree) {
        self.environment = environment
        self.tree = tree
        types = Array(repeating: .dyn, count: tree.nodeCount)
        references = Array(repeating: nil, count: tree.nodeCount)
    }

    mutating func check(expecting expected: ValueType?) -> CheckedExpression {
        let result = check(tree.root)
        if let expected, !substitution.assign(result, to: expected) {
            reportMismatch(expected: expected, found: result, at: tree.root.offset)
        }
        var checked = CheckedExpression(
            tree: tree,
            types: types.map { substitution.resolve($0, unknownToDyn: true) },
            references: references,
            localCount: scope.slotCount,
            diagnostics: diagnostics
        )
        if diagnostics.isEmpty, environment.options.isChecked {
            checked.diagnostics = LiteralValidator(checked, environment.options).findings()
        }
        return checked
    }

    // MARK: Reports

    mutating func report(_ message: String, at offset: Int, hint: String? = nil) -> ValueType {
        diagnostics.append(Diagnostic(offset: offset, message: message, hint: hint))
        return .error
    }

    mutating func reportMismatch(expected: ValueType, found: ValueType, at offset: Int) {
        let found = substitution.resolve(found, unknownToDyn: true)
        let expected = substitution.resolve(expected, unknownToDyn: true)
        _ = report("expected type '\(expected)' but found '\(found)'", at: offset)
    }

    // MARK: Nodes

    @discardableResult
    mutating func check(_ expression: Expression) -> ValueType {
        let type = deduce(expression)
        types[expression.identifier] = type
        return type
    }

    private mutating func deduce(_ expression: Expression) -> ValueType {
        switch expression.kind {
        case .literal(let value): return value.literalType
        case .identifier: return checkName(expression)
        case .select(let operand, let field, let isOptional):
            if let type = resolveQualified(expression) { return type }
            return select(field, from: check(operand), isOptional: isOptional, at: expression.offset)
        case .presence(let operand, let field):
            _ = select(field, from: check(operand), isOptional: false, at: expression.offset)
            return .bool
        case .call(let name, let target, let arguments):
            return checkCall(expression, name, target, arguments)
        case .conditional(let condition, let whenTrue, let whenFalse):
            let arguments = [condition, whenTrue, whenFalse].map { check($0) }
            return resolveOverload(expression, "_?_:_", arguments, takesTarget: false, [])
        case .logic(_, let operands):
            for operand in operands { require(.bool, operand) }
            return .bool
        case .list(let elements): return checkList(elements)
        case .map(let entries): return checkMap(entries)
        case .message(let name, let values): return checkMessage(name, values, at: expression.offset)
        case .comprehension(let comprehension): return checkComprehension(expression, comprehension)
        case .bind(let name, let initial, let body):
            let type = check(initial)
            let slot = scope.push(name, type)
            defer { scope.pop(1) }
            references[expression.identifier] = .declared(slot, nil)
            return check(body)
        case .optionalMap(let target, let name, let body, let isFlat):
            return checkOptionalMap(expression, target, name, body, isFlat: isFlat)
        }
    }

    /// Checks an expression that must be of a type.
    @discardableResult
    mutating func require(_ expected: ValueType, _ expression: Expression) -> ValueType {
        let found = check(expression)
        if !substitution.assign(found, to: expected) {
            reportMismatch(expected: expected, found: found, at: expression.offset)
        }
        return found
    }

    private mutating func checkList(_ elements: [Expression.Element]) -> ValueType {
        var joined: ValueType?
        for element in elements {
            let type = element.isOptional ? checkOptional(element.value) : check(element.value)
            joined = substitution.join(joined, type)
        }
        return .list(joined ?? substitution.freshVariable())
    }

    private mutating func checkMap(_ entries: [Expression.Entry]) -> ValueType {
        var key: ValueType?
        var value: ValueType?
        for entry in entries {
            key = substitution.join(key, check(entry.key))
            let type = entry.isOptional ? checkOptional(entry.value) : check(entry.value)
            value = substitution.join(value, type)
        }
        return .map(key ?? substitution.freshVariable(), value ?? substitution.freshVariable())
    }

    /// Checks the expression after a `?`, which must be an optional, and answers what it wraps.
    private mutating func checkOptional(_ expression: Expression) -> ValueType {
        let type = substitution.resolve(check(expression))
        if case .optional(let wrapped) = type { return wrapped }
        if !type.isDynOrError {
            reportMismatch(expected: .optional(type), found: type, at: expression.offset)
        }
        return .dyn
    }

    private mutating func checkMessage(
        _ name: String,
        _ values: [Expression],
        at offset: Int
    ) -> ValueType {
        for value in values { check(value) }
        guard Names.types[name] != nil, name != "duration" else {
            return report(
                "undeclared reference to '\(name)' (in container '\(environment.container)')",
                at: offset
            )
        }
        return report("'\(name)' is not a message type", at: offset)
    }
}

extension Value {
    /// The static type of a literal.
    fileprivate var literalType: ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        default: .dyn
        }
    }
}
