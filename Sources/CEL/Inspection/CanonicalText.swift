extension Program {
    /// A text that is equal for expressions of one meaning, as far as their form shows it.
    ///
    /// Spacing, quotes, brackets, the names of macro variables and constant parts make no difference; the
    /// order of operands does. For comparing, not for reading: macro variables are numbered `@0`, `@1`.
    package var canonicalText: String {
        var writer = CanonicalText(origin)
        return writer.text(of: origin.checked.tree.root)
    }
}

/// Writes an expression so that only its meaning shows.
private struct CanonicalText {
    private let checked: CheckedExpression
    private let environment: CELEnvironment
    private let constants: [Int: Value]

    init(_ origin: Program.Origin) {
        checked = origin.checked
        environment = origin.environment
        var generator = CodeGenerator(origin, for: .inspection)
        _ = generator.generate()
        constants = generator.constants
    }

    mutating func text(of expression: Expression) -> String {
        // A constant that was cut short does not tell what it is.
        if let constant = constants[expression.identifier]?.sourceText, !constant.contains("…") {
            return constant
        }
        if let name = name(of: expression) { return name }
        switch expression.kind {
        case .literal(let value): return value.literalText
        case .identifier(let name, _): return name
        case .select(let operand, let field, let isOptional):
            return "\(text(of: operand)).\(isOptional ? "?" : "")`\(field)`"
        case .presence(let operand, let field): return "has(\(text(of: operand)).`\(field)`)"
        case .call(let function, _, _):
            return call(checked.functionName(of: expression) ?? function, checked.operands(of: expression))
        case .conditional(let condition, let whenTrue, let whenFalse):
            if case .bool(let holds)? = constants[condition.identifier] {
                return text(of: holds ? whenTrue : whenFalse)
            }
            return "(\(text(of: condition)) ? \(text(of: whenTrue)) : \(text(of: whenFalse)))"
        case .logic(let logic, let operands): return text(of: operands, logic)
        case .list(let elements):
            return
                "[\(elements.map { ($0.isOptional ? "?" : "") + text(of: $0.value) }.joined(separator: ","))]"
        case .map(let entries):
            let parts = entries.map {
                ($0.isOptional ? "?" : "") + text(of: $0.key) + ":" + text(of: $0.value)
            }
            return "{\(parts.joined(separator: ","))}"
        case .message(let name, let values): return call(name, values)
        case .comprehension(let comprehension): return text(of: comprehension, expression)
        case .bind(_, let initial, let body):
            return "bind(\(local(expression)),\(text(of: initial)),\(text(of: body)))"
        case .optionalMap(let target, _, let body, let isFlat):
            let name = isFlat ? "optFlatMap" : "optMap"
            return "\(name)(\(text(of: target)),\(local(expression)),\(text(of: body)))"
        }
    }

    /// The name of what a node refers to as a whole.
    private func name(of expression: Expression) -> String? {
        switch checked.reference(of: expression) {
        case .variable(let slot): environment.variables[slot].name
        case .local(let slot): "@\(slot)"
        case .type(let type): type.name
        default: nil
        }
    }

    private func local(_ expression: Expression) -> String {
        guard case .declared(let first, let second)? = checked.reference(of: expression) else { return "@" }
        return second.map { "@\(first),@\($0)" } ?? "@\(first)"
    }

    private mutating func call(_ function: String, _ operands: [Expression]) -> String {
        let texts = operands.map { text(of: $0) }
        return "\(function)(\(texts.joined(separator: ",")))"
    }

    /// Operands that never decide are left out.
    private mutating func text(of operands: [Expression], _ logic: LogicOperator) -> String {
        var texts: [String] = []
        for operand in operands {
            if case .bool(!logic.decisive)? = constants[operand.identifier] { continue }
            texts.append(text(of: operand))
        }
        let sign = logic == .and ? " && " : " || "
        return texts.count == 1 ? texts[0] : "(\(texts.joined(separator: sign)))"
    }

    private mutating func text(of comprehension: Comprehension, _ expression: Expression) -> String {
        var parts = [text(of: comprehension.range), local(expression)]
        if let condition = comprehension.condition { parts.append(text(of: condition)) }
        parts.append(text(of: comprehension.body))
        return "\(comprehension.form)(\(parts.joined(separator: ",")))"
    }
}

extension CheckedExpression {
    /// The full name of the function that a call was resolved to.
    fileprivate func functionName(of expression: Expression) -> String? {
        if case .function(let name, _, _)? = reference(of: expression) { name } else { nil }
    }
}

extension Value {
    /// The text of a literal, however long.
    fileprivate var literalText: String {
        switch self {
        case .string(let text): "\"\(text.utf8.count):\(text)\""
        case .bytes(let bytes): "b\"\(bytes.map(String.init).joined(separator: ","))\""
        default: sourceText
        }
    }
}
