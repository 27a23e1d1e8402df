/// How names are looked up: in a container, among the types, and among similar ones.
enum Names {
    /// The names that stand for types in expressions.
    static let types: [String: (value: TypeValue, type: ValueType)] = [
        "bool": (.bool, .bool),
        "bytes": (.bytes, .bytes),
        "double": (.double, .double),
        "int": (.int, .int),
        "list": (.list, .list(.dyn)),
        "map": (.map, .map(.dyn, .dyn)),
        "null_type": (.null, .null),
        "optional_type": (.optional, .optional(.dyn)),
        "string": (.string, .string),
        "type": (.type, .type(.dyn)),
        "uint": (.uint, .uint),
        "google.protobuf.Duration": (.duration, .duration),
        "google.protobuf.Timestamp": (.timestamp, .timestamp),
    ]

    /// What a name may mean in a container `a.b`: `a.b.name`, `a.name`, `name`, in this order.
    static func candidates(for name: String, in container: String, isRooted: Bool) -> [String] {
        if isRooted || container.isEmpty { return [name] }
        var parts = container.split(separator: ".")
        var candidates: [String] = []
        while !parts.isEmpty {
            candidates.append("\(parts.joined(separator: ".")).\(name)")
            parts.removeLast()
        }
        return candidates + [name]
    }

    /// The known name most like a misspelt one; nil when none is near.
    static func similar(to name: String, among known: some Sequence<String>) -> String? {
        let limit = max(1, name.utf8.count / 3)
        return known.map { (name: $0, distance: distance(name, $0, limit: limit)) }
            .filter { $0.distance <= limit && $0.name != name }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// The number of letters to insert, remove, replace or swap (Damerau and Levenshtein).
    private static func distance(_ first: String, _ second: String, limit: Int) -> Int {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        guard abs(first.count - second.count) <= limit, first.count <= 64 else { return limit + 1 }
        var before: [Int] = []
        var previous = Array(0...second.count)
        for row in 1...max(first.count, 1) where !first.isEmpty {
            var current = [row]
            for column in 1...max(second.count, 1) where !second.isEmpty {
                let isSame = first[row - 1] == second[column - 1]
                var best = min(previous[column] + 1, current[column - 1] + 1)
                best = min(best, previous[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, first[row - 1] == second[column - 2],
                    first[row - 2] == second[column - 1]
                {
                    best = min(best, before[column - 2] + 1)
                }
                current.append(best)
            }
            before = previous
            previous = current
        }
        return previous[second.count]
    }
}
