import CEL
import Foundation

extension JSON {
    /// The CEL value of the data's form `{"kind": …}`; nil for kinds outside the subset.
    var celValue: Value? {
        guard case .object(let members) = self, let (kind, content) = members.first else { return nil }
        switch kind {
        case "null": return .null
        case "bool":
            if case .bool(let value) = content { return .bool(value) }
            return nil
        case "int": return content.string.flatMap { Int($0) }.map(Value.int)
        case "uint": return content.string.flatMap { UInt($0) }.map(Value.uint)
        case "double": return content.string.flatMap { Double($0) }.map(Value.double)
        case "string": return content.string.map(Value.string)
        case "bytes": return content.string.flatMap { Data(base64Encoded: $0) }.map { .bytes(Array($0)) }
        case "list": return content.array.map { .list($0.compactMap(\.celValue)) }
        case "map": return content.celMap
        case "type": return content.string.map { .type(TypeValue(name: $0)) }
        case "timestamp":
            guard let (seconds, nanoseconds) = content.secondsAndNanoseconds else { return nil }
            return .timestamp(Instant(seconds: seconds, nanoseconds: Int32(nanoseconds)))
        case "duration":
            guard let (seconds, nanoseconds) = content.secondsAndNanoseconds else { return nil }
            return .duration(TimeSpan(nanoseconds: seconds * 1_000_000_000 + nanoseconds))
        case "optional":
            if case .null = content { return .absent }
            return content.celValue.map { .present($0) }
        default: return nil
        }
    }

    private var celMap: Value? {
        let pairs = array?.compactMap { pair -> (key: Value, value: Value)? in
            guard let pair = pair.array, pair.count == 2, let key = pair[0].celValue,
                let value = pair[1].celValue
            else { return nil }
            return (key, value)
        }
        return pairs.flatMap { try? Value.map(MapValue(checking: $0)) }
    }

    private var secondsAndNanoseconds: (Int, Int)? {
        guard let seconds = self["seconds"]?.string.flatMap({ Int($0) }),
            case .number(let nanoseconds)? = self["nanos"]
        else { return nil }
        return (seconds, Int(nanoseconds))
    }
}

extension Value {
    /// Strict comparison for tests: kinds must be the same, NaN matches NaN, the order of maps is free.
    func matches(_ other: Value) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.type(let left), .type(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.matches($1) }
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.entries.allSatisfy { entry in
                    right.entries.contains { $0.key.matches(entry.key) && $0.value.matches(entry.value) }
                }
        case (.optional(let left), .optional(let right)):
            switch (left.wrapped, right.wrapped) {
            case (nil, nil): true
            case (let left?, let right?): left.matches(right)
            default: false
            }
        default: false
        }
    }
}
