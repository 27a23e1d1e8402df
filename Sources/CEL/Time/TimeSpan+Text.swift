/// Go's syntax for durations, such as `1h30m`, `1.5s` and `-3ms`; written as seconds.
extension TimeSpan: CustomStringConvertible {
    package var description: String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: UInt(Self.perSecond))
        return "\(nanoseconds < 0 ? "-" : "")\(seconds)\(Instant.fraction(Int(rest)))s"
    }

    /// The span that a text names; nil when it is malformed or does not fit.
    init?(goSyntax text: String) {
        var rest = Substring(text).utf8
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) {
            self.init(nanoseconds: 0)
            return
        }
        guard !rest.isEmpty else { return nil }
        var total: UInt = 0
        while !rest.isEmpty {
            guard let part = Self.part(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        }
        guard let nanoseconds = Int(magnitude: total, isNegative: isNegative) else { return nil }
        self.init(nanoseconds: nanoseconds)
    }

    /// Longer names first, since `m` begins `ms`.
    private static let units: [(name: [UInt8], nanoseconds: UInt)] = [
        (Array("ns".utf8), 1), (Array("us".utf8), 1_000), (Array("\u{B5}s".utf8), 1_000),
        (Array("\u{3BC}s".utf8), 1_000), (Array("ms".utf8), 1_000_000), (Array("s".utf8), 1_000_000_000),
        (Array("m".utf8), 60_000_000_000), (Array("h".utf8), 3_600_000_000_000),
    ]

    /// The nanoseconds of a number with its unit, taken from the front.
    private static func part(_ rest: inout Substring.UTF8View) -> UInt? {
        let whole = rest.prefix(while: \.isDigit)
        rest.removeFirst(whole.count)
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.prefix(while: \.isDigit)
            rest.removeFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty,
            let unit = units.first(where: { rest.starts(with: $0.name) }),
            let count = whole.isEmpty ? 0 : UInt(String(decoding: whole, as: UTF8.self))
        else { return nil }
        rest.removeFirst(unit.name.count)
        let (scaled, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
        let (sum, carry) = scaled.addingReportingOverflow(scaledFraction(fraction, unit.nanoseconds))
        return overflow || carry ? nil : sum
    }

    private static func scaledFraction(_ digits: Substring.UTF8View, _ unit: UInt) -> UInt {
        var numerator: UInt = 0
        var denominator: UInt = 1
        for digit in digits.prefix(18) {
            numerator = numerator * 10 + UInt(digit - UInt8(ascii: "0"))
            denominator *= 10
        }
        let product = unit.multipliedFullWidth(by: numerator)
        return denominator.dividingFullWidth(product).quotient
    }
}
