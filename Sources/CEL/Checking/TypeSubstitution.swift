/// What the type variables of one expression stand for, found by unification (langdef.md "Gradual Type
/// Checking"; the rules are those of cel-go's checker/types.go).
struct TypeSubstitution {
    private var bindings: [String: ValueType] = [:]
    private var variableCount = 0

    /// A type variable that nothing is known of.
    mutating func freshVariable() -> ValueType {
        variableCount += 1
        return .parameter("_var\(variableCount)")
    }

    /// An overload's type with its parameters replaced by fresh variables.
    mutating func instantiate(_ types: [ValueType]) -> [ValueType] {
        var fresh: [String: ValueType] = [:]
        func instance(_ type: ValueType) -> ValueType {
            guard case .parameter(let name) = type else { return type.replacingParameters(instance) }
            if let known = fresh[name] { return known }
            let variable = freshVariable()
            fresh[name] = variable
            return variable
        }
        return types.map(instance)
    }

    /// The type with its variables replaced; unknown ones stay, or become dyn.
    func resolve(_ type: ValueType, unknownToDyn: Bool = false) -> ValueType {
        if case .parameter(let name) = type {
            if let bound = bindings[name] { return resolve(bound, unknownToDyn: unknownToDyn) }
            return unknownToDyn ? .dyn : type
        }
        return type.replacingParameters { resolve($0, unknownToDyn: unknownToDyn) }
    }

    /// Whether values of `source` may stand where `target` is wanted; binds variables when so.
    mutating func assign(_ source: ValueType, to target: ValueType) -> Bool {
        assign([source], to: [target])
    }

    /// As `assign` for each pair; binds nothing unless all agree.
    mutating func assign(_ sources: [ValueType], to targets: [ValueType]) -> Bool {
        guard sources.count == targets.count else { return false }
        let saved = bindings
        for (source, target) in zip(sources, targets) where !unify(source, target) {
            bindings = saved
            return false
        }
        return true
    }

    /// The common type of the elements of a literal: dyn where they differ.
    mutating func join(_ previous: ValueType?, _ current: ValueType) -> ValueType {
        guard let previous else { return current }
        guard assign(previous, to: current) else { return .dyn }
        return mostGeneral(previous, current)
    }

    private mutating func unify(_ first: ValueType, _ second: ValueType) -> Bool {
        if case .parameter(let name) = second {
            let (isValid, wasBound) = bind(name, to: first)
            if isValid { return true }
            if wasBound { return false }
        }
        if case .parameter(let name) = first { return bind(name, to: second).isValid }
        if first.isDynOrError || second.isDynOrError { return true }
        if first == .null { return second.isNullable }
        if second == .null { return first.isNullable }
        switch (first, second) {
        case (.type, .type): return true
        case (.list, .list), (.map, .map), (.optional, .optional):
            return zip(first.parameters, second.parameters).allSatisfy { unify($0, $1) }
        case (.opaque(let firstName, let firsts), .opaque(let secondName, let seconds)):
            return firstName == secondName && firsts.count == seconds.count
                && zip(firsts, seconds).allSatisfy { unify($0, $1) }
        default: return first == second
        }
    }

    private mutating func bind(_ name: String, to type: ValueType) -> (isValid: Bool, wasBound: Bool) {
        if type == .parameter(name) { return (true, true) }
        if let bound = bindings[name] {
            if bound == type { return (true, true) }
            guard unify(type, bound) else { return (false, true) }
            let general = mostGeneral(type, bound)
            if !occurs(name, in: general) { bindings[name] = general }
            return (true, true)
        }
        guard !occurs(name, in: type) else { return (false, false) }
        bindings[name] = type
        return (true, false)
    }

    private func occurs(_ name: String, in type: ValueType) -> Bool {
        if case .parameter(let other) = type {
            if other == name { return true }
            return bindings[other].map { occurs(name, in: $0) } ?? false
        }
        return type.parameters.contains { occurs(name, in: $0) }
    }

    private func mostGeneral(_ first: ValueType, _ second: ValueType) -> ValueType {
        isEqualOrLessSpecific(first, second) ? first : second
    }

    private func isEqualOrLessSpecific(_ first: ValueType, _ second: ValueType) -> Bool {
        if first.isDynOrError { return true }
        if case .parameter = first { return true }
        if second.isDynOrError { return false }
        if case .parameter = second { return false }
        switch (first, second) {
        case (.type, .type): return true
        case (.list, .list), (.map, .map), (.optional, .optional):
            return zip(first.parameters, second.parameters).allSatisfy(isEqualOrLessSpecific)
        case (.opaque(let firstName, let firsts), .opaque(let secondName, let seconds)):
            return firstName == secondName && firsts.count == seconds.count
                && zip(firsts, seconds).allSatisfy(isEqualOrLessSpecific)
        default: return first == second
        }
    }
}

extension ValueType {
    /// Whether null may stand for a value of the type, as for messages and well-known types.
    fileprivate var isNullable: Bool {
        switch self {
        case .null, .duration, .timestamp, .object, .opaque, .optional: true
        default: false
        }
    }
}
