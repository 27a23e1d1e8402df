package import CEL

/// An object type of rules whose values are read at once, written as a list of fields: each with its name,
/// its type, what it means, and how it is read from a Swift value.
///
/// A new field is one more line in such a list.
package final class RecordType<Source: Sendable>: Sendable {
    /// One field.
    ///
    /// `read` gives nil where this source lacks it: `has()` is then false and selecting the field an error
    /// that is seen.
    package struct Field: Sendable {
        let name: String
        let type: ValueType
        let summary: String
        let read: @Sendable (Source) -> Value?

        init(
            _ name: String,
            _ type: ValueType,
            _ summary: String,
            read: @escaping @Sendable (Source) -> Value?
        ) {
            self.name = name
            self.type = type
            self.summary = summary
            self.read = read
        }
    }

    package let objectType: ObjectType
    private let fields: [Field]

    /// Precondition: the fields' names differ.
    package init(_ name: String, _ fields: [Field]) {
        objectType = ObjectType(name, fields: fields.map { ObjectType.Field($0.name, $0.type) })
        self.fields = fields
    }

    package var valueType: ValueType { .object(objectType) }

    package var reference: [FieldReference] {
        fields.map { FieldReference(name: $0.name, type: "\($0.type)", summary: $0.summary) }
    }

    package func value(_ source: Source) -> Value {
        .object(Record(objectType, fields.map { $0.read(source) }))
    }
}

/// An object whose fields are known.
final class Record: ObjectValue {
    let objectType: ObjectType
    private let fields: [Value?]

    init(_ objectType: ObjectType, _ fields: [Value?]) {
        self.objectType = objectType
        self.fields = fields
    }

    func field(_ index: Int) throws(EvaluationError) -> Value? { fields[index] }
}
