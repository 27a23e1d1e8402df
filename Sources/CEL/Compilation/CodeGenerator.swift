/// Turns a checked tree into closures: names are slots, overloads are chosen, constants are folded.
struct CodeGenerator {
    let environment: CELEnvironment
    let checked: CheckedExpression
    let source: SourceText
    /// The values of `cel.bind` variables, which are only computed when asked for, by slot.
    var bindings: [Int: Step<Value>] = [:]

    /// The calls of host functions met so far.
    var hostCalls: [HostCall] = []
    /// The values of the nodes that do not depend on data, by identifier.
    private(set) var constants: [Int: Value] = [:]
    /// What folding constants may still cost, so that no text can make the compiler slow.
    private var foldingBudget = 50_000
    let purpose: Purpose

    /// What the code is for.
    enum Purpose: Sendable {
        case evaluation
        /// To know which nodes are constant: comprehensions are tried too, which only costs time
        /// otherwise.
        case inspection
        /// Every node reports what becomes of it, see `Trace`; nothing is folded.
        case tracing
    }

    init(_ origin: Program.Origin, for purpose: Purpose = .evaluation) {
        environment = origin.environment
        checked = origin.checked
        source = origin.source
        self.purpose = purpose
    }

    /// The code of the whole expression.
    mutating func generate() -> Code {
        generate(checked.tree.root)
    }

    /// The code of a node.
    mutating func generate(_ expression: Expression) -> Code {
        finish(dispatch(expression), of: expression)
    }

    private mutating func finish(_ code: Code, of expression: Expression) -> Code {
        if purpose == .tracing { return traced(code, expression) }
        if let constant = code.constant { constants[expression.identifier] = constant }
        return code
    }

    /// Only dispatches, since nested text repeats its frame.
    private mutating func dispatch(_ expression: Expression) -> Code {
        switch expression.kind {
        case .literal, .identifier, .message: leaf(expression)
        case .select: select(expression)
        case .presence: presence(expression)
        case .call: call(expression)
        case .conditional: conditional(expression)
        case .logic: logic(expression)
        case .list: list(expression)
        case .map: map(expression)
        case .comprehension: comprehension(expression)
        case .bind: bind(expression)
        case .optionalMap: optionalMap(expression)
        }
    }

    /// The codes of several nodes.
    mutating func generate(all expressions: [Expression]) -> [Code] {
        var codes: [Code] = []
        for expression in expressions { codes.append(generate(expression)) }
        return codes
    }

    private func leaf(_ expression: Expression) -> Code {
        switch expression.kind {
        case .literal(let value): .constant(value)
        case .identifier(let name, _): reference(expression) ?? unresolved(name, expression)
        case .message(let name, _): unresolved(name, expression)
        default: .constant(.null)
        }
    }

    /// The value of work that needs no data; nil if it fails, which is left to its evaluation, or if it
    /// costs too much.
    mutating func fold(_ work: (inout Evaluation) throws(EvaluationError) -> Value) -> Value? {
        guard purpose != .tracing, foldingBudget > 0 else { return nil }
        let budget = min(foldingBudget, 10_000)
        var evaluation = Evaluation(
            variables: [],
            localCount: checked.localCount,
            context: nil,
            budget: budget
        )
        defer { foldingBudget -= budget - evaluation.remaining }
        return try? work(&evaluation)
    }

    /// The code of a node with variables of its own, as a constant when it depends on nothing else.
    mutating func folded(_ code: Code, _ expression: Expression) -> Code {
        guard purpose == .inspection, code.constant == nil, checked.isClosed(expression) else { return code }
        return fold(code.asValue).map(Code.constant) ?? code
    }

    func position(of expression: Expression) -> TextPosition {
        source.position(of: expression.offset)
    }

    func isStatically(_ type: ValueType, _ expression: Expression) -> Bool {
        checked.type(of: expression) == type
    }

    // MARK: Names

    /// The code of a name that is known as a whole; nil when it is a selection on something.
    func reference(_ expression: Expression) -> Code? {
        switch checked.reference(of: expression) {
        case .variable(let slot): return variable(slot, expression)
        case .local(let slot): return local(slot)
        case .type(let type): return .constant(.type(type))
        default: return nil
        }
    }

    private func variable(_ slot: Int, _ expression: Expression) -> Code {
        let name = environment.variables[slot].name
        let error = EvaluationError(
            .undeclaredReference,
            "no value for variable '\(name)'",
            at: position(of: expression)
        )
        return .operand(.variable(VariableOperand(slot: slot, missing: error)))
    }

    private func local(_ slot: Int) -> Code {
        guard let initial = bindings[slot] else { return .operand(.local(LocalOperand(slot: slot))) }
        return .value { (evaluation) throws(EvaluationError) in
            if let value = evaluation.locals[slot] { return value }
            return try evaluation.lateValue(slot, initial)
        }
    }

    private func unresolved(_ name: String, _ expression: Expression) -> Code {
        let error = EvaluationError(
            .undeclaredReference,
            "undeclared reference to '\(name)'",
            at: position(of: expression)
        )
        return .value { (_) throws(EvaluationError) in throw error }
    }

    // MARK: Branches

    private mutating func conditional(_ expression: Expression) -> Code {
        let codes = generate(all: expression.children)
        if case .bool(let holds)? = codes[0].constant { return holds ? codes[1] : codes[2] }
        let test = codes[0].asBool(orNoOverloadOf: "_?_:_")
        let (first, second) = (codes[1].asValue, codes[2].asValue)
        return .value { (evaluation) throws(EvaluationError) in
            try test(&evaluation) ? try first(&evaluation) : try second(&evaluation)
        }
    }

    private mutating func logic(_ expression: Expression) -> Code {
        let codes = generate(all: expression.children)
        guard case .logic(let logic, _) = expression.kind else { return .constant(.null) }
        return chain(codes, decisive: logic.decisive)
    }

    private func chain(_ operands: [Code], decisive: Bool) -> Code {
        var codes = operands
        if codes.contains(where: { $0.constant.isBool(decisive) }) { return .constant(.bool(decisive)) }
        codes.removeAll { $0.constant.isBool(!decisive) }
        if codes.isEmpty { return .constant(.bool(!decisive)) }
        let steps = codes.map { BoolStep(run: $0.asBool(orNoOverloadOf: decisive ? "_||_" : "_&&_")) }
        if steps.count == 2 { return .bool(pair(decisive, steps[0].run, steps[1].run)) }
        return .bool { (evaluation) throws(EvaluationError) in
            var failure: EvaluationError?
            for step in steps {
                do throws(EvaluationError) {
                    if try step.run(&evaluation) == decisive { return decisive }
                } catch {
                    failure = try error.absorbed(after: failure)
                }
            }
            if let failure { throw failure }
            return !decisive
        }
    }

    private func pair(
        _ decisive: Bool,
        _ first: @escaping Step<Bool>,
        _ second: @escaping Step<Bool>
    ) -> Step<Bool> {
        { (evaluation) throws(EvaluationError) in
            let failure: EvaluationError
            do throws(EvaluationError) {
                if try first(&evaluation) == decisive { return decisive }
                return try second(&evaluation)
            } catch {
                failure = error
            }
            return try Self.absorb(failure, decisive, second, &evaluation)
        }
    }

    private static func absorb(
        _ failure: EvaluationError,
        _ decisive: Bool,
        _ second: Step<Bool>,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Bool {
        guard failure.code != .budgetExceeded else { throw failure }
        do throws(EvaluationError) {
            if try second(&evaluation) == decisive { return decisive }
        } catch {
            throw error.code == .budgetExceeded ? error : failure
        }
        throw failure
    }
}

extension Value? {
    fileprivate func isBool(_ expected: Bool) -> Bool {
        if case .bool(expected)? = self { true } else { false }
    }
}

extension EvaluationError {
    /// The error to remember while the other operands of `&&` or `||` may still decide: the first.
    func absorbed(after earlier: EvaluationError?) throws(EvaluationError) -> EvaluationError {
        if code == .budgetExceeded { throw self }
        return earlier ?? self
    }
}
