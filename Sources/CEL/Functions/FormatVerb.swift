internal import Glibc

/// What a clause of a format makes of its argument, by the letter that names it.
enum FormatVerb: UInt8, Sendable {
    case string = 0x73  // s
    case decimal = 0x64  // d
    case fixedPoint = 0x66  // f
    case scientific = 0x65  // e
    case binary = 0x62  // b
    case octal = 0x6F  // o
    case hexadecimal = 0x78  // x
    case upperHexadecimal = 0x58  // X

    func text(
        of value: Value,
        precision: Int,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> String {
        switch self {
        case .string: return try DisplayText.text(of: value, &evaluation)
        case .decimal: return try decimalText(of: value)
        case .fixedPoint: return Self.cFormatted(try number(value), "%.*f", precision)
        case .scientific: return Self.cFormatted(try number(value), "%.*e", precision)
        case .binary:
            if case .bool(let value) = value { return value ? "1" : "0" }
            return try integerText(of: value, radix: 2)
        case .octal: return try integerText(of: value, radix: 8)
        case .hexadecimal: return try hexadecimalText(of: value, isUpper: false, &evaluation)
        case .upperHexadecimal: return try hexadecimalText(of: value, isUpper: true, &evaluation)
        }
    }

    /// Why a value of a type cannot be formatted so; nil when it can.
    func refusal(of type: TypeValue) -> EvaluationError? {
        guard !accepted.contains(type) else { return nil }
        return EvaluationError(
            .invalidArgument,
            "error during formatting: \(requirement), was given \(type.name)"
        )
    }

    private var accepted: Set<TypeValue> {
        switch self {
        case .string: Self.displayed
        case .decimal, .fixedPoint, .scientific: [.int, .uint, .double]
        case .binary: [.int, .uint, .bool]
        case .octal: [.int, .uint]
        case .hexadecimal, .upperHexadecimal: [.int, .uint, .string, .bytes]
        }
    }

    private static let displayed: Set<TypeValue> = [
        .null, .bool, .int, .uint, .double, .string, .bytes, .duration, .timestamp, .list, .map, .type,
    ]

    private var requirement: String {
        switch self {
        case .string: "string clause can only be used on strings, bools, bytes, numbers, lists and maps"
        case .decimal: "decimal clause can only be used on integers"
        case .fixedPoint: "fixed-point clause can only be used on doubles"
        case .scientific: "scientific clause can only be used on doubles"
        case .binary: "only integers and bools can be formatted as binary"
        case .octal: "octal clause can only be used on integers"
        case .hexadecimal, .upperHexadecimal:
            "only integers, byte buffers, and strings can be formatted as hex"
        }
    }

    private func mismatch(_ value: Value) -> EvaluationError {
        refusal(of: value.typeValue) ?? .noSuchOverload("format")
    }

    private func decimalText(of value: Value) throws(EvaluationError) -> String {
        if case .double(let number) = value { return NumberText.plain(number) }
        return try integerText(of: value, radix: 10)
    }

    private func integerText(of value: Value, radix: Int) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): String(number, radix: radix)
        case .uint(let number): String(number, radix: radix)
        default: throw mismatch(value)
        }
    }

    private func hexadecimalText(
        of value: Value,
        isUpper: Bool,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number, radix: 16, uppercase: isUpper)
        case .uint(let number): return String(number, radix: 16, uppercase: isUpper)
        case .string(let text): return try Self.hexadecimal(Array(text.utf8), isUpper, &evaluation)
        case .bytes(let bytes): return try Self.hexadecimal(bytes, isUpper, &evaluation)
        default: throw mismatch(value)
        }
    }

    private static func hexadecimal(
        _ bytes: [UInt8],
        _ isUpper: Bool,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> String {
        try evaluation.charge(bytes: 2 * bytes.count)
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    private func number(_ value: Value) throws(EvaluationError) -> Double {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        default: throw mismatch(value)
        }
    }

    /// The C library prints all digits exactly and rounds half to even.
    private static func cFormatted(_ number: Double, _ format: String, _ precision: Int) -> String {
        guard number.isFinite else { return NumberText.plain(number) }
        // The longest number has 309 digits before the point.
        let text = [UInt8](unsafeUninitializedCapacity: precision + 330) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) { characters in
                withVaList([CInt(precision), number]) {
                    Int(vsnprintf(characters.baseAddress, characters.count, format, $0))
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
