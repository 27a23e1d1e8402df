import CEL

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
