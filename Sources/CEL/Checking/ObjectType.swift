/// An object type with declared fields, so that a misspelt field is found when a rule is loaded.
///
/// Types are told apart by name: an environment must not declare two of the same name.
package final class ObjectType: Sendable {
    /// A field's name and static type; its place in `fields` is the index that `ObjectValue` answers by.
    package struct Field: Sendable {
        package let name: String
        package let type: ValueType

        package init(_ name: String, _ type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    package let name: String
    package let fields: [Field]
    private let indexes: [String: Int]

    /// Precondition: the names of the fields differ.
    package init(_ name: String, fields: [Field]) {
        self.name = name
        self.fields = fields
        indexes = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    }

    package func index(of field: String) -> Int? {
        indexes[field]
    }
}

extension ObjectType: Hashable {
    package static func == (left: ObjectType, right: ObjectType) -> Bool {
        left === right || left.name == right.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
