import CEL
import LookoutRules
import Synchronization

/// The conditions that knowledge files have given names to, as the object `seen`.
///
/// A fact that is not known is "no data" wherever it is asked for.
final class SeenFacts: ObjectValue {
    let objectType: ObjectType
    private let facts: [CompiledExpression]
    private let activation: Activation
    private let context: SymptomContext
    private let made: Mutex<[Int: Result<Value, EvaluationError>]> = Mutex([:])

    /// The facts are in the order of the type's fields.
    init(
        _ type: ObjectType,
        _ facts: [CompiledExpression],
        _ activation: Activation,
        _ context: SymptomContext
    ) {
        objectType = type
        self.facts = facts
        self.activation = activation
        self.context = context
    }

    func field(_ index: Int) throws(EvaluationError) -> Value? {
        if let known = made.withLock({ $0[index] }) { return try known.get() }
        let result = Result { () throws(EvaluationError) in
            Value.bool(try facts[index].holds(activation, context))
        }
        made.withLock { $0[index] = result }
        return try result.get()
    }
}
