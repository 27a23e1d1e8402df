package import CEL

/// An object type of rules, written as a list of fields: each with its name, its type, and how it is read
/// from a Swift value.
///
/// A new field is one more line in such a list.
package final class BoundType<Source: Sendable>: Sendable {
    /// One field.
    ///
    /// `read` gives nil where this source lacks it: `has()` is then false and selecting the field an error
    /// that is seen.
    package struct Field: Sendable {
        package let name: String
        package let type: ValueType
        package let read: @Sendable (Source) throws(EvaluationError) -> Value?

        package init(
            _ name: String,
            _ type: ValueType,
            read: @escaping @Sendable (Source) throws(EvaluationError) -> Value?
        ) {
            self.name = name
            self.type = type
            self.read = read
        }
    }

    package let objectType: ObjectType
    fileprivate let fields: [Field]

    /// Precondition: the fields' names differ.
    package init(_ name: String, _ fields: [Field]) {
        objectType = ObjectType(name, fields: fields.map { ObjectType.Field($0.name, $0.type) })
        self.fields = fields
    }

    package var valueType: ValueType { .object(objectType) }

    package func value(_ source: Source) -> Value {
        .object(BoundObject(type: self, source: source))
    }
}

/// A Swift value behind a bound type.
private final class BoundObject<Source: Sendable>: ObjectValue {
    private let type: BoundType<Source>
    private let source: Source

    init(type: BoundType<Source>, source: Source) {
        self.type = type
        self.source = source
    }

    var objectType: ObjectType { type.objectType }

    func field(_ index: Int) throws(EvaluationError) -> Value? {
        try type.fields[index].read(source)
    }
}
