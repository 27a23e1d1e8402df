extension CodeGenerator {
    mutating func select(_ expression: Expression) -> Code {
        if let code = reference(expression) { return code }
        guard case .select(let operand, _, _) = expression.kind else { return .constant(.null) }
        return select(expression, from: generate(operand))
    }

    private func select(_ expression: Expression, from base: Code) -> Code {
        guard case .select(let operand, let field, let isOptional) = expression.kind else {
            return .constant(.null)
        }
        guard isOptional else {
            let type = checked.type(of: operand)
            let selection = FieldSelection(field, of: type, at: position(of: expression))
            return .operand(base.asOperand.field(selection))
        }
        let (key, step) = (FieldKey(field), base.asValue)
        return .value { (evaluation) throws(EvaluationError) in
            let found = try key.find(in: try step(&evaluation))
            if case .optional? = found { return found ?? .absent }
            return .optional(OptionalValue(found))
        }
    }

    mutating func presence(_ expression: Expression) -> Code {
        guard case .presence(let operand, let field) = expression.kind else { return .constant(.null) }
        let type = checked.type(of: operand)
        let selection = FieldSelection(field, of: type, at: position(of: expression))
        return .bool(generate(operand).asOperand.make(PresenceStep(field: selection)))
    }

    // MARK: Literals of lists and maps

    mutating func list(_ expression: Expression) -> Code {
        list(expression, generate(all: expression.children))
    }

    private func list(_ expression: Expression, _ elements: [Code]) -> Code {
        guard case .list(let syntax) = expression.kind else { return .constant(.null) }
        let codes = zip(elements, syntax).map { (code: $0, isOptional: $1.isOptional) }
        if codes.allSatisfy({ $0.code.constant != nil && !$0.isOptional }) {
            return .constant(.list(codes.compactMap(\.code.constant)))
        }
        let steps = codes.map { (step: ValueStep(run: $0.code.asValue), isOptional: $0.isOptional) }
        return .value { (evaluation) throws(EvaluationError) in
            try evaluation.charge(steps.count)
            var elements: [Value] = []
            elements.reserveCapacity(steps.count)
            for (step, isOptional) in steps {
                let value = try step.run(&evaluation)
                if !isOptional {
                    elements.append(value)
                } else if let present = try value.unwrappedElement() {
                    elements.append(present)
                }
            }
            return .list(elements)
        }
    }

    mutating func map(_ expression: Expression) -> Code {
        map(expression, generate(all: expression.children))
    }

    /// Keys and values take turns in `parts`.
    private func map(_ expression: Expression, _ parts: [Code]) -> Code {
        guard case .map(let syntax) = expression.kind else { return .constant(.null) }
        let codes = syntax.enumerated().map { index, entry in
            (key: parts[2 * index], value: parts[2 * index + 1], isOptional: entry.isOptional)
        }
        let constants = codes.compactMap { code -> (key: Value, value: Value)? in
            guard !code.isOptional, let key = code.key.constant, let value = code.value.constant else {
                return nil
            }
            return (key, value)
        }
        if constants.count == codes.count, let map = try? MapValue(checking: constants) {
            return .constant(.map(map))
        }
        let steps = codes.map { code in
            (ValueStep(run: code.key.asValue), ValueStep(run: code.value.asValue), code.isOptional)
        }
        return .value { (evaluation) throws(EvaluationError) in
            try evaluation.charge(2 * steps.count)
            var entries: [(key: Value, value: Value)] = []
            entries.reserveCapacity(steps.count)
            for (key, value, isOptional) in steps {
                let key = try key.run(&evaluation)
                try evaluation.charge(key: key)
                let value = try value.run(&evaluation)
                if !isOptional {
                    entries.append((key, value))
                } else if let present = try value.unwrappedElement() {
                    entries.append((key, present))
                }
            }
            return .map(try MapValue(checking: entries))
        }
    }
}

extension Value {
    /// What an element marked with `?` wraps, nil for none.
    fileprivate func unwrappedElement() throws(EvaluationError) -> Value? {
        guard case .optional(let optional) = self else {
            throw EvaluationError(.noSuchOverload, "cannot initialize optional entry from non-optional value")
        }
        return optional.wrapped
    }
}
