/// One step of a program, run with the state of an evaluation.
typealias Step<Result> = @Sendable (inout Evaluation) throws(EvaluationError) -> Result

/// A step that stands in an array: a bare closure there would be called through two more.
struct BoolStep: Sendable {
    let run: Step<Bool>
}

/// As `BoolStep`; not generic over the result, which would bring the two back.
struct ValueStep: Sendable {
    let run: Step<Value>
}

/// A compiled expression, in the form that its static type allows: scalars stay unboxed.
enum Code: Sendable {
    case constant(Value)
    case operand(AnyOperand)
    case value(Step<Value>)
    case bool(Step<Bool>)
    case int(Step<Int>)
    case double(Step<Double>)
    case string(Step<String>)

    var constant: Value? {
        if case .constant(let value) = self { value } else { nil }
    }

    /// The code as one that gives a value of any kind.
    var asValue: Step<Value> {
        switch self {
        case .constant(let value): { (_) in value }
        case .operand(let operand): operand.step
        case .value(let step): step
        case .bool(let step): { (evaluation) throws(EvaluationError) in .bool(try step(&evaluation)) }
        case .int(let step): { (evaluation) throws(EvaluationError) in .int(try step(&evaluation)) }
        case .double(let step): { (evaluation) throws(EvaluationError) in .double(try step(&evaluation)) }
        case .string(let step): { (evaluation) throws(EvaluationError) in .string(try step(&evaluation)) }
        }
    }

    /// The code as an operand of nodes that are compiled for each kind of it.
    var asOperand: AnyOperand {
        if case .operand(let operand) = self { operand } else { .step(StepOperand(step: asValue)) }
    }

    /// The code as one that gives a bool; other values are an error at run time.
    func asBool(orNoOverloadOf function: String) -> Step<Bool> {
        switch self {
        case .constant(.bool(let value)): return { (_) in value }
        case .bool(let step): return step
        default: return asOperand.make(ConditionStep(function: function))
        }
    }

    func asInt(orNoOverloadOf function: String) -> Step<Int> {
        switch self {
        case .constant(.int(let value)): return { (_) in value }
        case .int(let step): return step
        default:
            let step = asValue
            return { (evaluation) throws(EvaluationError) in
                guard case .int(let value) = try step(&evaluation) else { throw .noSuchOverload(function) }
                return value
            }
        }
    }

    func asDouble(orNoOverloadOf function: String) -> Step<Double> {
        switch self {
        case .constant(.double(let value)): return { (_) in value }
        case .double(let step): return step
        default:
            let step = asValue
            return { (evaluation) throws(EvaluationError) in
                guard case .double(let value) = try step(&evaluation) else { throw .noSuchOverload(function) }
                return value
            }
        }
    }

    func asString(orNoOverloadOf function: String) -> Step<String> {
        switch self {
        case .constant(.string(let value)): return { (_) in value }
        case .string(let step): return step
        default:
            let step = asValue
            return { (evaluation) throws(EvaluationError) in
                guard case .string(let value) = try step(&evaluation) else { throw .noSuchOverload(function) }
                return value
            }
        }
    }
}
