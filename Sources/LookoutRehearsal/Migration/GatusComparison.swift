/// How Gatus compares two texts: to tell which status codes meet a condition, and what its numbers mean.
enum GatusComparison {
    enum Relation: String, CaseIterable {
        case equal = " == "
        case unequal = " != "
        case lessOrEqual = " <= "
        case greaterOrEqual = " >= "
        case greater = " > "
        case less = " < "

        /// The relation with its sides exchanged.
        var mirrored: Relation {
            switch self {
            case .equal, .unequal: self
            case .less: .greater
            case .greater: .less
            case .lessOrEqual: .greaterOrEqual
            case .greaterOrEqual: .lessOrEqual
            }
        }

        var symbol: String { String(rawValue.dropFirst().dropLast()) }

        func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
            switch self {
            case .equal: left == right
            case .unequal: left != right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    /// The whole number that Gatus makes of a text: lengths of time in milliseconds, fractions cut, and 0 of
    /// what is no number.
    static func number(_ text: String) -> Int {
        if let length = GatusDuration.parse(text), length != .zero {
            return Int((length / .milliseconds(1)).rounded(.towardZero))
        }
        if let whole = wholeNumber(text) { return whole }
        guard let number = Double(text), abs(number) < 9e18 else { return 0 }
        return Int(number)
    }

    /// Whether a text stands for a number or a length of time at all.
    static func isNumber(_ text: String) -> Bool {
        GatusDuration.parse(text) != nil || wholeNumber(text) != nil || Double(text) != nil
    }

    /// A whole number in Go's notations: 10, 0x1f, 0b1, 0o17, 017, 1_000.
    static func wholeNumber(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let digits = String(isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...])
            .replacing("_", with: "").lowercased()
        let magnitude: Int? =
            switch digits.prefix(2) {
            case "0x": Int(digits.dropFirst(2), radix: 16)
            case "0b": Int(digits.dropFirst(2), radix: 2)
            case "0o": Int(digits.dropFirst(2), radix: 8)
            default:
                digits.count > 1 && digits.hasPrefix("0") ? Int(digits.dropFirst(), radix: 8) : Int(digits)
            }
        return magnitude.map { isNegative ? -$0 : $0 }
    }

    static func areEqual(_ left: String, _ right: String) -> Bool {
        if let left = wholeNumber(left), let right = wholeNumber(right) { return left == right }
        return left == right
    }
}
