/// The name of a field, prepared for looking it up in values of any kind.
struct FieldKey: Sendable {
    let name: String
    private let mark: UInt

    init(_ name: String) {
        self.name = name
        mark = MapKey.string(name).mark
    }

    @inline(__always)
    func value(in map: MapValue) -> Value? {
        map.value(named: name, mark: mark)
    }

    /// The value of the field, an error when there is none; optionals give optionals.
    func select(from value: Value) throws(EvaluationError) -> Value {
        if let found = try find(in: value) { return found }
        if case .object(let object) = value, let index = object.objectType.index(of: name),
            let reason = object.absence(of: index)
        {
            throw reason
        }
        throw EvaluationError(.noSuchKey, "no such key: \(name)")
    }

    /// The value of the field, nil when there is none; an error for values that have no fields.
    func find(in value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .map(let map): return self.value(in: map)
        case .object(let object):
            guard let index = object.objectType.index(of: name) else {
                throw EvaluationError(.noSuchField, "no such field: \(object.objectType.name).\(name)")
            }
            return try object.field(index)
        case .optional(let optional):
            guard let wrapped = optional.wrapped else { return .some(.absent) }
            let found = try find(in: wrapped)
            if case .optional? = found { return found }
            return .some(.optional(OptionalValue(found)))
        default: throw EvaluationError(.noSuchKey, "no such key: \(name)")
        }
    }
}
