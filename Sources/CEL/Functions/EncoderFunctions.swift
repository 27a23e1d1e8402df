/// The encoders extension: base64 (RFC 4648 §4).
enum EncoderFunctions {
    static let all: [FunctionDeclaration] = [
        .plain(
            "base64.encode",
            [.bytes],
            .string,
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .bytes(let bytes) = value else { throw .noSuchOverload("base64.encode") }
                try evaluation.charge(bytes: 2 * bytes.count)
                return .string(encode(bytes))
            }
        ),
        .plain(
            "base64.decode",
            [.string],
            .bytes,
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .string(let text) = value else { throw .noSuchOverload("base64.decode") }
                try evaluation.charge(bytes: 2 * text.utf8.count)
                return .bytes(try decode(text))
            }
        ),
    ]

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")

    private static let values: [UInt8: UInt32] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) }
    )

    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let index = Int(bits >> UInt32(18 - 6 * place) & 0x3F)
                text.append(place <= group.count ? alphabet[index] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Padding may be left out; line ends are skipped and nothing else is.
    private static func decode(_ text: String) throws(EvaluationError) -> [UInt8] {
        var digits = text.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        if digits.count.isMultiple(of: 4) {
            for _ in 0..<2 where digits.last == padding { digits.removeLast() }
        }
        guard digits.count % 4 != 1 else { throw malformed(at: max(0, digits.count - 1)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        for start in stride(from: 0, to: digits.count, by: 4) {
            let group = digits[start..<min(start + 4, digits.count)]
            var bits: UInt32 = 0
            for (position, digit) in zip(group.indices, group) {
                guard let value = values[digit] else { throw malformed(at: position) }
                bits = bits << 6 | value
            }
            bits <<= UInt32(6 * (4 - group.count))
            for place in 0..<(group.count - 1) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place)))
            }
        }
        return bytes
    }

    private static func malformed(at position: Int) -> EvaluationError {
        EvaluationError(.invalidArgument, "illegal base64 data at input byte \(position)")
    }
}
