extension TypeChecker {
    mutating func checkName(_ expression: Expression) -> ValueType {
        if let type = resolveQualified(expression) { return type }
        let name = expression.qualifiedName ?? ""
        references[expression.identifier] = .unresolved(name)
        let known = environment.variables.map(\.name) + scope.names
        return report(
            "undeclared reference to '\(name)' (in container '\(environment.container)')",
            at: expression.offset,
            hint: Names.similar(to: name, among: known).map { "did you mean '\($0)'?" }
        )
    }

    /// The type of `a.b.c` when that is the name of a variable or type as a whole.
    mutating func resolveQualified(_ expression: Expression) -> ValueType? {
        guard let name = expression.qualifiedName else { return nil }
        let isRooted = expression.isRooted
        if !isRooted {
            let root = name.prefix { $0 != "." }
            if let variable = scope.variable(root) {
                // A variable of a comprehension shadows all that begins with its name.
                guard case .identifier = expression.kind else { return nil }
                references[expression.identifier] = .local(variable.slot)
                return variable.type
            }
        }
        for candidate in Names.candidates(for: name, in: environment.container, isRooted: isRooted) {
            if let slot = environment.slot(of: candidate) {
                references[expression.identifier] = .variable(slot)
                return environment.variables[slot].type
            }
            if let (value, type) = Names.types[candidate] {
                references[expression.identifier] = .type(value)
                return .type(type)
            }
        }
        return nil
    }

    mutating func select(
        _ field: String,
        from operand: ValueType,
        isOptional: Bool,
        at offset: Int
    ) -> ValueType {
        let operand = substitution.resolve(operand)
        if case .optional(let wrapped) = operand {
            return optional(select(field, from: wrapped, isOptional: false, at: offset))
        }
        let type = plainSelect(field, from: operand, at: offset)
        return isOptional ? optional(type) : type
    }

    private func optional(_ type: ValueType) -> ValueType {
        if case .optional = type { return type }
        return .optional(type)
    }

    private mutating func plainSelect(_ field: String, from operand: ValueType, at offset: Int) -> ValueType {
        switch operand {
        case .map(_, let value): return value
        case .object(let object):
            if let index = object.index(of: field) { return object.fields[index].type }
            return report(
                "undefined field '\(field)'",
                at: offset,
                hint: hint(for: field, of: object)
            )
        case .parameter:
            _ = substitution.assign(operand, to: .dyn)
            return .dyn
        case .dyn, .error: return .dyn
        default: return report("type '\(operand)' does not support field selection", at: offset)
        }
    }

    private func hint(for field: String, of object: ObjectType) -> String {
        let names = object.fields.map(\.name)
        if let similar = Names.similar(to: field, among: names) { return "did you mean '\(similar)'?" }
        return "\(object.name) has \(names.joined(separator: ", "))"
    }
}
