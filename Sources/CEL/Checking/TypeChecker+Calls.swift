extension TypeChecker {
    mutating func checkCall(
        _ expression: Expression,
        _ name: String,
        _ target: Expression?,
        _ arguments: [Expression]
    ) -> ValueType {
        guard let target else {
            let types = arguments.map { check($0) }
            guard let function = function(named: name) else {
                return undeclared(expression, name, isMember: false)
            }
            return resolveOverload(expression, function, types, takesTarget: false, arguments)
        }
        if let prefix = target.qualifiedName, let function = function(named: "\(prefix).\(name)", target) {
            let types = arguments.map { check($0) }
            return resolveOverload(expression, function, types, takesTarget: false, arguments)
        }
        let types = ([target] + arguments).map { check($0) }
        guard environment.functions[name] != nil else {
            return undeclared(expression, name, isMember: true)
        }
        return resolveOverload(expression, name, types, takesTarget: true, [target] + arguments)
    }

    /// The full name of a function in the container; a variable of the namespace's name hides it.
    private func function(named name: String, _ namespace: Expression? = nil) -> String? {
        let root = namespace?.qualifiedName?.prefix { $0 != "." }
        if let root, scope.variable(root) != nil { return nil }
        let isRooted = name.first == "." || namespace?.isRooted == true
        let plain = name.first == "." ? String(name.dropFirst()) : name
        return Names.candidates(for: plain, in: environment.container, isRooted: isRooted)
            .first { environment.functions[$0] != nil }
    }

    private mutating func undeclared(_ expression: Expression, _ name: String, isMember: Bool) -> ValueType {
        references[expression.identifier] = .unresolved(name)
        let hint = Names.similar(to: name, among: environment.functions.names(isMember: isMember))
        return report(
            "undeclared reference to '\(name)' (in container '\(environment.container)')",
            at: expression.offset,
            hint: hint.map { "did you mean '\($0)'?" }
        )
    }

    /// Chooses the overloads that the arguments' types allow, and the type of the result.
    mutating func resolveOverload(
        _ expression: Expression,
        _ function: String,
        _ arguments: [ValueType],
        takesTarget: Bool,
        _ expressions: [Expression]
    ) -> ValueType {
        let overloads = environment.functions[function] ?? []
        var candidates: [Overload] = []
        var result: ValueType?
        for overload in overloads
        where overload.isMember == takesTarget && overload.parameters.count == arguments.count {
            let instance = substitution.instantiate(overload.parameters + [overload.result])
            guard substitution.assign(arguments, to: Array(instance.dropLast())) else { continue }
            candidates.append(overload)
            let type = substitution.resolve(instance[arguments.count])
            if let known = result {
                if known != .dyn, known != type { result = .dyn }
            } else {
                result = type
            }
        }
        if let result {
            references[expression.identifier] = .function(function, candidates, takesTarget: takesTarget)
            return result
        }
        return noMatch(expression, function, arguments, overloads, takesTarget: takesTarget, expressions)
    }

    private mutating func noMatch(
        _ expression: Expression,
        _ function: String,
        _ arguments: [ValueType],
        _ overloads: [Overload],
        takesTarget: Bool,
        _ expressions: [Expression]
    ) -> ValueType {
        // Unchecked programs choose among all overloads of the form when they run.
        let remaining = overloads.filter {
            $0.isMember == takesTarget && $0.parameters.count == arguments.count
        }
        references[expression.identifier] = .function(function, remaining, takesTarget: takesTarget)
        let types = arguments.map { substitution.resolve($0, unknownToDyn: true) }
        let mismatch = OverloadMismatch(function, types, expressions, isMember: takesTarget)
        if environment.options.allowsCrossTypeComparison, mismatch.isNumericComparison { return .bool }
        return report(
            "found no matching overload for '\(function)' applied to '\(mismatch.signature)'",
            at: expression.offset,
            hint: mismatch.hint(overloads)
        )
    }
}
