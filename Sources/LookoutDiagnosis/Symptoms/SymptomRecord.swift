import CEL
import LookoutDeployments

/// An object type of the knowledge file, as a list of fields that are read when an expression asks.
///
/// A field that is not known throws "no data", so that no condition takes it for a yes or a no.
final class SymptomRecord<Source: Sendable>: Sendable {
    struct Field: Sendable {
        let name: String
        let type: ValueType
        let read: @Sendable (Source) throws(EvaluationError) -> Value

        init(
            _ name: String,
            _ type: ValueType,
            read: @escaping @Sendable (Source) throws(EvaluationError) -> Value
        ) {
            self.name = name
            self.type = type
            self.read = read
        }
    }

    let objectType: ObjectType
    let fields: [Field]

    /// Precondition: the fields' names differ.
    init(_ name: String, _ fields: [Field]) {
        objectType = ObjectType(name, fields: fields.map { ObjectType.Field($0.name, $0.type) })
        self.fields = fields
    }

    var valueType: ValueType { .object(objectType) }

    func value(_ source: Source) -> Value { .object(SymptomObject(source, as: self)) }
}

private final class SymptomObject<Source: Sendable>: ObjectValue {
    private let source: Source
    private let type: SymptomRecord<Source>

    init(_ source: Source, as type: SymptomRecord<Source>) {
        self.source = source
        self.type = type
    }

    var objectType: ObjectType { type.objectType }

    func field(_ index: Int) throws(EvaluationError) -> Value? {
        try type.fields[index].read(source)
    }
}

extension Known {
    /// The value; "no data" with the provider's own words where there is none.
    func get() throws(EvaluationError) -> Value {
        switch self {
        case .known(let value, _): value
        case .unknown(let failure): throw .noData(failure.message)
        }
    }
}

extension Optional {
    /// The value; "no data" with these words where there is none.
    func known(_ words: @autoclosure () -> String) throws(EvaluationError) -> Wrapped {
        guard let self else { throw .noData(words()) }
        return self
    }
}
