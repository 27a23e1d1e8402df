/// The parts of the strings extension that search, cut and join.
enum StringSearchFunctions {
    private typealias Arguments = StringExtensionFunctions.Arguments

    static let all: [FunctionDeclaration] = [
        search("indexOf", [.string]) { (text, arguments) throws(EvaluationError) in
            firstIndex(of: try arguments.string(0), in: text, from: 0)
        },
        search("indexOf", [.string, .int]) { (text, arguments) throws(EvaluationError) in
            let start = try arguments.int(1)
            guard let offset = CodePoints.byteOffset(of: start, in: text) else {
                throw StringExtensionFunctions.outOfRange(start)
            }
            return firstIndex(of: try arguments.string(0), in: text, from: offset)
        },
        search("lastIndexOf", [.string]) { (text, arguments) throws(EvaluationError) in
            lastIndex(of: try arguments.string(0), in: text, from: text.utf8.count)
        },
        search("lastIndexOf", [.string, .int]) { (text, arguments) throws(EvaluationError) in
            let start = try arguments.int(1)
            guard let offset = CodePoints.byteOffset(of: start, in: text) else {
                throw StringExtensionFunctions.outOfRange(start)
            }
            return lastIndex(of: try arguments.string(0), in: text, from: offset)
        },
        split([]), split([.int]), replace([]), replace([.int]), join([]), join([.string]),
    ]

    private static func search(
        _ name: String,
        _ parameters: [ValueType],
        _ body: @escaping @Sendable (String, Arguments) throws(EvaluationError) -> Int
    ) -> FunctionDeclaration {
        StringExtensionFunctions.method(name, parameters, .int) { (text, arguments) throws(EvaluationError) in
            .int(try body(text, arguments))
        }
    }

    private static func firstIndex(of part: String, in text: String, from byte: Int) -> Int {
        Text.find(part, in: text, from: byte).map { CodePoints.offset(ofByte: $0, in: text) } ?? -1
    }

    /// The last occurrence that begins at or before a place.
    private static func lastIndex(of part: String, in text: String, from byte: Int) -> Int {
        let reversedPart = Array(part.utf8.reversed())
        // Bytes after the last possible end of an occurrence do not count.
        let reversedText = Array(text.utf8.prefix(byte + part.utf8.count).reversed())
        let found = reversedText.withUnsafeBufferPointer { text in
            reversedPart.withUnsafeBufferPointer { part in ByteSearch.first(part, in: text, from: 0) }
        }
        guard let found else { return -1 }
        return CodePoints.offset(ofByte: reversedText.count - found - reversedPart.count, in: text)
    }

    private static func split(_ limit: [ValueType]) -> FunctionDeclaration {
        .method(
            "split",
            [.string, .string] + limit,
            .list(.string),
            .variadic {
                (values, evaluation) throws(EvaluationError) in
                guard case .string(let text) = values[0], case .string(let separator) = values[1] else {
                    throw .noSuchOverload("split")
                }
                let limit = try limitArgument(values.dropFirst(2), "split")
                try evaluation.charge(text.utf8.count + separator.utf8.count)
                return .list(pieces(of: text, separator, limit: limit).map(Value.string))
            }
        )
    }

    /// At most `limit` pieces; without a separator each code point is one.
    private static func pieces(of text: String, _ separator: String, limit: Int) -> [String] {
        if limit == 0 { return [] }
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        while pieces.count + 1 < limit {
            let end: Int
            if separator.isEmpty {
                var next = start + 1
                while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
                guard next < bytes.count else { break }
                end = next
            } else {
                guard let found = Text.find(separator, in: text, from: start) else { break }
                end = found
            }
            pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end + separator.utf8.count
        }
        if separator.isEmpty, bytes.isEmpty { return [] }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private static func replace(_ limit: [ValueType]) -> FunctionDeclaration {
        .method(
            "replace",
            [.string, .string, .string] + limit,
            .string,
            .variadic {
                (values, evaluation) throws(EvaluationError) in
                guard case .string(let text) = values[0], case .string(let old) = values[1],
                    case .string(let new) = values[2]
                else { throw .noSuchOverload("replace") }
                let limit = try limitArgument(values.dropFirst(3), "replace")
                try evaluation.charge(1 + (text.utf8.count + old.utf8.count) >> 2)
                return .string(try replaced(text, old, new, limit: limit, &evaluation))
            }
        )
    }

    private static func replaced(
        _ text: String,
        _ old: String,
        _ new: String,
        limit: Int,
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var start = 0
        var count = 0
        while count < limit, let found = Text.find(old, in: text, from: start) {
            try evaluation.charge(bytes: new.utf8.count)
            result += bytes[start..<found]
            result += new.utf8
            start = found + old.utf8.count
            count += 1
            guard old.isEmpty else { continue }
            // Between code points: copy one and go on behind it.
            guard found < bytes.count else { break }
            repeat {
                result.append(bytes[start])
                start += 1
            } while start < bytes.count && bytes[start] & 0xC0 == 0x80
        }
        if start < bytes.count { result += bytes[start...] }
        return String(decoding: result, as: UTF8.self)
    }

    private static func join(_ separator: [ValueType]) -> FunctionDeclaration {
        .method(
            "join",
            [.list(.string)] + separator,
            .string,
            .variadic {
                (values, evaluation) throws(EvaluationError) in
                guard case .list(let elements) = values[0] else { throw .noSuchOverload("join") }
                var separator = ""
                if values.count > 1 {
                    guard case .string(let text) = values[1] else { throw .noSuchOverload("join") }
                    separator = text
                }
                var result = ""
                for (index, element) in elements.enumerated() {
                    guard case .string(let text) = element else { throw .noSuchOverload("join") }
                    try evaluation.charge(bytes: text.utf8.count + separator.utf8.count)
                    if index > 0 { result += separator }
                    result += text
                }
                return .string(result)
            }
        )
    }

    /// How many times at most; a negative number or none means no limit.
    private static func limitArgument(
        _ values: ArraySlice<Value>,
        _ function: String
    ) throws(EvaluationError) -> Int {
        guard let value = values.first else { return .max }
        guard case .int(let limit) = value else { throw .noSuchOverload(function) }
        return limit < 0 ? .max : limit
    }
}
