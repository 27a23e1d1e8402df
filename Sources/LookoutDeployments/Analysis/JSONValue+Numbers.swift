package import LookoutModel

extension JSONValue {
    /// A number that may be none JSON has: `"Infinity"`, `"-Infinity"` and `"NaN"` as texts, as in the JSON
    /// form of Protocol Buffers; nil is null.
    package static func number(_ value: Double?) -> JSONValue {
        guard let value else { return .null }
        if value.isFinite { return .double(value) }
        return .string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
    }

    /// What `number` wrote.
    package var measured: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        case .string("NaN"): .nan
        default: nil
        }
    }
}
