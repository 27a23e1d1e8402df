/// An immutable map from bool, int, uint or string keys to values, in order of insertion.
///
/// Numeric keys are unified as the specification demands: `1`, `1u` and `1.0` find the same entry.
package final class MapValue: Sendable {
    /// The keys and values in order of insertion.
    package let entries: [(key: Value, value: Value)]
    /// The keys' marks, for maps small enough to be searched from end to end.
    private let marks: [UInt]
    /// The places of the keys of larger maps, hashed with a secret so that no data can slow it.
    private let index: [MapKey: Int]

    private static let smallCount = 8

    /// A map of string keys; the order is that of the keys' UTF-8, so that output is stable.
    package convenience init(_ members: [String: Value]) {
        let sorted = members.sorted { Text.precedes($0.key, $1.key) }
        self.init(
            entries: sorted.map { (.string($0.key), $0.value) },
            keys: sorted.map { MapKey.string($0.key) }
        )
    }

    /// A map of arbitrary keys; an error for a key that is repeated or of a kind that cannot be one.
    package convenience init(checking entries: [(key: Value, value: Value)]) throws(EvaluationError) {
        var keys: [MapKey] = []
        keys.reserveCapacity(entries.count)
        for entry in entries {
            guard let key = MapKey(literal: entry.key) else {
                throw EvaluationError(.invalidArgument, "unsupported key type: \(entry.key.typeValue.name)")
            }
            keys.append(key)
        }
        self.init(entries: entries, keys: keys)
        if let repeated = firstRepetition(in: keys) {
            throw EvaluationError(
                .invalidArgument,
                "Failed with repeated key: \(entries[repeated].key.summary)"
            )
        }
    }

    private init(entries: [(key: Value, value: Value)], keys: [MapKey]) {
        self.entries = entries
        if entries.count <= Self.smallCount {
            marks = keys.map(\.mark)
            index = [:]
        } else {
            marks = []
            index = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    package var count: Int { entries.count }

    /// The value of a key, by numeric unification; nil when there is none.
    package func value(of key: Value) -> Value? {
        guard let key = MapKey(lookup: key) else { return nil }
        return value(of: key, mark: marks.isEmpty ? 0 : key.mark)
    }

    /// The value of a key whose mark is known.
    func value(of key: MapKey, mark: UInt) -> Value? {
        if marks.isEmpty { return index[key].map { entries[$0].value } }
        for position in marks.indices where marks[position] == mark {
            if MapKey(lookup: entries[position].key) == key { return entries[position].value }
        }
        return nil
    }

    /// The value of a string key whose mark is known.
    @inline(__always)
    func value(named name: String, mark: UInt) -> Value? {
        if marks.isEmpty { return index[.string(name)].map { entries[$0].value } }
        for position in marks.indices where marks[position] == mark {
            if case .string(let key) = entries[position].key, Text.equal(key, name) {
                return entries[position].value
            }
        }
        return nil
    }

    private func firstRepetition(in keys: [MapKey]) -> Int? {
        if marks.isEmpty {
            if index.count == keys.count { return nil }
            return keys.indices.first { index[keys[$0]] != $0 }
        }
        return keys.indices.first { later in
            keys.indices.prefix(later).contains { marks[$0] == marks[later] && keys[$0] == keys[later] }
        }
    }
}
