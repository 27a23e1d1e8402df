/// How two values stand to each other.
enum Ordering: Sendable {
    case before
    case same
    case after
    /// One of them is NaN.
    case unordered

    private init<Item: Comparable>(_ left: Item, _ right: Item) {
        self = left < right ? .before : left == right ? .same : .after
    }

    private init(_ left: Double, _ right: Double) {
        self = left < right ? .before : left == right ? .same : left > right ? .after : .unordered
    }

    var reversed: Ordering {
        switch self {
        case .before: .after
        case .after: .before
        default: self
        }
    }

    /// The order of two values of an ordered kind; nil when they have none.
    static func compare(_ left: Value, _ right: Value) -> Ordering? {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): Ordering(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)):
            Text.equal(left, right) ? .same : Text.precedes(left, right) ? .before : .after
        case (.bytes(let left), .bytes(let right)):
            left == right ? .same : left.lexicographicallyPrecedes(right) ? .before : .after
        case (.duration(let left), .duration(let right)): Ordering(left, right)
        case (.timestamp(let left), .timestamp(let right)): Ordering(left, right)
        default: numeric(left, right)
        }
    }

    /// The order of two numbers of any kinds; nil when one is no number.
    ///
    /// Ints and doubles are compared as doubles, though that loses digits: the specification's tests
    /// want it so.
    static func numeric(_ left: Value, _ right: Value) -> Ordering? {
        switch (left, right) {
        case (.int(let left), .int(let right)): Ordering(left, right)
        case (.uint(let left), .uint(let right)): Ordering(left, right)
        case (.double(let left), .double(let right)): Ordering(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .before : Ordering(UInt(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .after : Ordering(left, UInt(right))
        case (.int(let left), .double(let right)): Ordering(Double(left), right)
        case (.double(let left), .int(let right)): Ordering(left, Double(right))
        case (.uint(let left), .double(let right)): Ordering(Double(left), right)
        case (.double(let left), .uint(let right)): Ordering(left, Double(right))
        default: nil
        }
    }
}
