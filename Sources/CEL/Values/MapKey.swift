/// A map key in the form that unified keys share; strings are compared by their code points.
enum MapKey: Sendable {
    case bool(Bool)
    case int(Int)
    /// An unsigned number above `Int.max`.
    case large(UInt)
    case string(String)

    /// The key of a map literal: doubles cannot be one.
    init?(literal value: Value) {
        if case .double = value { return nil }
        self.init(lookup: value)
    }

    /// The key that a value looks up: doubles find whole numbers.
    init?(lookup value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int(exactly: value).map(MapKey.int) ?? .large(value)
        case .string(let value): self = .string(value)
        case .double(let value):
            if let whole = Int(exactly: value) {
                self = .int(whole)
            } else if let whole = UInt(exactly: value) {
                self = .large(whole)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// A quick digest: equal keys have equal marks (for strings FNV-1a, draft-eastlake-fnv).
    var mark: UInt {
        switch self {
        case .bool(let value): value ? 1 : 2
        case .int(let value): UInt(bitPattern: value)
        case .large(let value): value
        case .string(let text):
            Text.withBytes(text) { bytes in
                bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt($1)) &* 0x100_0000_01B3 }
            }
        }
    }
}

extension MapKey: Hashable {
    static func == (left: MapKey, right: MapKey) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): Text.equal(left, right)
        case (.int(let left), .int(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.large(let left), .large(let right)): left == right
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .large(let value): hasher.combine(value)
        case .string(let value): Text.hash(value, into: &hasher)
        }
    }
}
