/// Where a node finds a value without another closure between: nodes are compiled for each kind of it.
protocol Operand: Sendable {
    func value(_ evaluation: inout Evaluation) throws(EvaluationError) -> Value
}

/// A variable of the environment.
struct VariableOperand: Operand {
    let slot: Int
    /// What is thrown where the variable has no value.
    let missing: EvaluationError

    @inline(__always)
    func value(_ evaluation: inout Evaluation) throws(EvaluationError) -> Value {
        if let value = evaluation.variables[slot] { return value }
        throw missing
    }
}

/// A variable of a comprehension.
struct LocalOperand: Operand {
    let slot: Int

    @inline(__always)
    func value(_ evaluation: inout Evaluation) throws(EvaluationError) -> Value {
        evaluation.locals[slot] ?? .null
    }
}

/// A field of another operand.
struct FieldOperand<Base: Operand>: Operand {
    let base: Base
    let field: FieldSelection

    @inline(__always)
    func value(_ evaluation: inout Evaluation) throws(EvaluationError) -> Value {
        try field.value(in: try base.value(&evaluation))
    }
}

/// Anything else.
struct StepOperand: Operand {
    let step: Step<Value>

    @inline(__always)
    func value(_ evaluation: inout Evaluation) throws(EvaluationError) -> Value {
        try step(&evaluation)
    }
}

/// A selection with what the checker knows of the operand.
struct FieldSelection: Sendable {
    private let key: FieldKey
    /// The type that an object will be of, where the checker knows, and the field's place in it.
    private let expected: ObjectIdentifier?
    private let index: Int
    private let position: TextPosition

    init(_ name: String, of type: ValueType, at position: TextPosition) {
        key = FieldKey(name)
        self.position = position
        if case .object(let object) = type, let index = object.index(of: name) {
            (expected, self.index) = (ObjectIdentifier(object), index)
        } else {
            (expected, index) = (nil, 0)
        }
    }

    @inline(__always)
    func value(in value: Value) throws(EvaluationError) -> Value {
        if case .map(let map) = value, let found = key.value(in: map) { return found }
        return try otherValue(in: value)
    }

    /// The field of an object, of anything else that has fields, or the error.
    private func otherValue(in value: Value) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            guard case .object(let instance) = value, isExpected(instance) else {
                return try key.select(from: value)
            }
            if let found = try instance.field(index) { return found }
            let path = "\(instance.objectType.name).\(key.name)"
            throw instance.absence(of: index)
                ?? EvaluationError(.noSuchField, "no such field: \(path) is absent")
        } catch {
            throw error.located(at: position)
        }
    }

    /// Whether a value has the field; an error for one that cannot have fields.
    func isPresent(in value: Value) throws(EvaluationError) -> Bool {
        do throws(EvaluationError) {
            let found =
                if case .object(let instance) = value, isExpected(instance) {
                    try instance.field(index)
                } else {
                    try key.find(in: value)
                }
            if case .optional(let optional)? = found { return optional.wrapped != nil }
            return found != nil
        } catch {
            throw error.located(at: position)
        }
    }

    private func isExpected(_ instance: any ObjectValue) -> Bool {
        expected == ObjectIdentifier(instance.objectType)
    }
}

/// The operands that nodes are compiled for.
enum AnyOperand: Sendable {
    case variable(VariableOperand)
    case local(LocalOperand)
    case variableField(FieldOperand<VariableOperand>)
    case localField(FieldOperand<LocalOperand>)
    case step(StepOperand)

    /// The step that a maker makes for the operand.
    func make(_ maker: some ValueStepMaker) -> Step<Value> {
        switch self {
        case .variable(let operand): maker.step(on: operand)
        case .local(let operand): maker.step(on: operand)
        case .variableField(let operand): maker.step(on: operand)
        case .localField(let operand): maker.step(on: operand)
        case .step(let operand): maker.step(on: operand)
        }
    }

    func make(_ maker: some BoolStepMaker) -> Step<Bool> {
        switch self {
        case .variable(let operand): maker.step(on: operand)
        case .local(let operand): maker.step(on: operand)
        case .variableField(let operand): maker.step(on: operand)
        case .localField(let operand): maker.step(on: operand)
        case .step(let operand): maker.step(on: operand)
        }
    }

    /// A field of the operand.
    func field(_ field: FieldSelection) -> AnyOperand {
        switch self {
        case .variable(let operand): .variableField(FieldOperand(base: operand, field: field))
        case .local(let operand): .localField(FieldOperand(base: operand, field: field))
        default: .step(StepOperand(step: make(FieldStep(field: field))))
        }
    }

    var step: Step<Value> {
        if case .step(let operand) = self { operand.step } else { make(PlainStep()) }
    }
}

/// Makes a step that works on an operand; generic, so that each kind of operand has a step of its own.
protocol ValueStepMaker {
    func step(on operand: some Operand) -> Step<Value>
}

/// As `ValueStepMaker`; not generic over the result, which would then be passed in memory.
protocol BoolStepMaker {
    func step(on operand: some Operand) -> Step<Bool>
}

private struct PlainStep: ValueStepMaker {
    func step(on operand: some Operand) -> Step<Value> {
        { (evaluation) throws(EvaluationError) in try operand.value(&evaluation) }
    }
}

private struct FieldStep: ValueStepMaker {
    let field: FieldSelection

    func step(on operand: some Operand) -> Step<Value> {
        let field = field
        return { (evaluation) throws(EvaluationError) in try field.value(in: try operand.value(&evaluation)) }
    }
}

/// Whether a value has a field.
struct PresenceStep: BoolStepMaker {
    let field: FieldSelection

    func step(on operand: some Operand) -> Step<Bool> {
        let field = field
        return { (evaluation) throws(EvaluationError) in
            try field.isPresent(in: try operand.value(&evaluation))
        }
    }
}

/// A bool where a value of any kind may turn up.
struct ConditionStep: BoolStepMaker {
    let function: String

    func step(on operand: some Operand) -> Step<Bool> {
        let function = function
        return { (evaluation) throws(EvaluationError) in
            if case .bool(let value) = try operand.value(&evaluation) { return value }
            throw .noSuchOverload(function)
        }
    }
}
