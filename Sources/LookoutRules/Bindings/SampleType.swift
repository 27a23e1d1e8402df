import CEL
import LookoutModel

/// The type of `sample`, and of what else is seen of samples, as a list of fields that are read when asked
/// for.
final class SampleType: Sendable {
    /// One field, absent where `read` gives nil.
    struct Field: Sendable {
        let name: String
        let type: ValueType
        let summary: String
        let read: @Sendable (SampleView) throws(EvaluationError) -> Value?

        init(
            _ name: String,
            _ type: ValueType,
            _ summary: String,
            read: @escaping @Sendable (SampleView) throws(EvaluationError) -> Value?
        ) {
            self.name = name
            self.type = type
            self.summary = summary
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

    var reference: [FieldReference] {
        fields.map { FieldReference(name: $0.name, type: "\($0.type)", summary: $0.summary) }
    }
}

/// A sample as the object that expressions read.
final class SampleObject: ObjectValue {
    private let type: SampleType
    private let view: SampleView

    init(_ view: SampleView, as type: SampleType) {
        self.type = type
        self.view = view
    }

    var objectType: ObjectType { type.objectType }

    func field(_ index: Int) throws(EvaluationError) -> Value? {
        try type.fields[index].read(view)
    }
}

/// Where a sample should be and is none: asking for it finds no data.
final class MissingSample: ObjectValue {
    let objectType: ObjectType
    private let reason: String

    init(_ type: SampleType, reason: String) {
        objectType = type.objectType
        self.reason = reason
    }

    func field(_ index: Int) throws(EvaluationError) -> Value? { throw .noData(reason) }
}
