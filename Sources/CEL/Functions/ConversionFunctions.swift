/// The type conversions `bool`, `int`, `uint`, `double`, `string` and `bytes`.
///
/// Text is read as cel-go does: strictly, without blanks, hexadecimal or digit separators.
enum ConversionFunctions {
    static let all: [FunctionDeclaration] = [
        .unary("bool", [(.bool, .bool), (.string, .bool)], bool),
        .unary("int", [.int, .uint, .double, .string, .timestamp].map { ($0, .int) }, int),
        .unary("uint", [.uint, .int, .double, .string].map { ($0, .uint) }, uint),
        .unary("double", [.double, .int, .uint, .string].map { ($0, .double) }, double),
        .unary(
            "string",
            [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration].map { ($0, .string) },
            string
        ),
        .unary("bytes", [(.bytes, .bytes), (.string, .bytes)], bytes),
    ]

    static func failure(_ source: String, _ target: String) -> EvaluationError {
        EvaluationError(.invalidArgument, "type conversion error from '\(source)' to '\(target)'")
    }

    @Sendable private static func bool(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        try evaluation.charge(textOf: value)
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "false", "FALSE", "False": return .bool(false)
            default: throw failure("string", "bool")
            }
        default: throw .noSuchOverload("bool")
        }
    }

    @Sendable private static func int(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        try evaluation.charge(textOf: value)
        switch value {
        case .int: return value
        case .uint(let number):
            guard let number = Int(exactly: number) else { throw overflow }
            return .int(number)
        case .double(let number):
            // The bounds themselves are excluded: 2^63 is none, and -2^63 may be a rounded lesser number.
            guard number > -0x1p63, number < 0x1p63 else { throw overflow }
            return .int(Int(number))
        case .string(let text):
            guard isDecimal(text, allowsSign: true), let number = Int(text) else {
                throw failure("string", "int")
            }
            return .int(number)
        case .timestamp(let instant): return .int(instant.seconds)
        default: throw .noSuchOverload("int")
        }
    }

    @Sendable private static func uint(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        try evaluation.charge(textOf: value)
        switch value {
        case .uint: return value
        case .int(let number):
            guard let number = UInt(exactly: number) else { throw unsignedOverflow }
            return .uint(number)
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { throw unsignedOverflow }
            return .uint(UInt(number))
        case .string(let text):
            guard isDecimal(text, allowsSign: false), let number = UInt(text) else {
                throw failure("string", "uint")
            }
            return .uint(number)
        default: throw .noSuchOverload("uint")
        }
    }

    @Sendable private static func double(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        try evaluation.charge(textOf: value)
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text):
            guard let number = NumberText.double(text) else { throw failure("string", "double") }
            return .double(number)
        default: throw .noSuchOverload("double")
        }
    }

    @Sendable private static func string(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        switch value {
        case .string: return value
        case .bool(let value): return .string("\(value)")
        case .int(let number): return .string("\(number)")
        case .uint(let number): return .string("\(number)")
        case .double(let number): return .string(NumberText.shortest(number))
        case .bytes(let bytes):
            try evaluation.charge(bytes: bytes.count)
            guard let text = Text.decode(bytes) else {
                throw EvaluationError(.invalidArgument, "invalid UTF-8 in bytes, cannot convert to string")
            }
            return .string(text)
        case .timestamp(let instant):
            try evaluation.charge(8)
            return .string(instant.description)
        case .duration(let span):
            try evaluation.charge(4)
            return .string(span.description)
        default: throw .noSuchOverload("string")
        }
    }

    @Sendable private static func bytes(
        _ value: Value,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> Value {
        switch value {
        case .bytes: return value
        case .string(let text):
            try evaluation.charge(bytes: text.utf8.count)
            return .bytes(Array(text.utf8))
        default: throw .noSuchOverload("bytes")
        }
    }

    private static func isDecimal(_ text: String, allowsSign: Bool) -> Bool {
        let isSigned = text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
        let digits = text.utf8.dropFirst(isSigned && allowsSign ? 1 : 0)
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }

    private static let overflow = EvaluationError(.overflow, "integer overflow")
    private static let unsignedOverflow = EvaluationError(.overflow, "unsigned integer overflow")
}

extension Evaluation {
    /// Charges for reading a number or time from text, however long.
    mutating func charge(textOf value: Value) throws(EvaluationError) {
        if case .string(let text) = value { try charge(bytes: 4 * text.utf8.count) }
    }
}
