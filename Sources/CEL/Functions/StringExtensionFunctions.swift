/// The strings extension of cel-go: all offsets count code points.
enum StringExtensionFunctions {
    static let all: [FunctionDeclaration] = [
        method("charAt", [.int], .string) { (text, arguments) throws(EvaluationError) in
            let index = try arguments.int(0)
            let points = CodePoints(text)
            guard (0...points.count).contains(index) else { throw outOfRange(index) }
            return .string(index == points.count ? "" : points.text(index..<(index + 1)))
        },
        method("lowerAscii", [], .string) { (text, _) in
            .string(mapped(text, from: "A", to: "Z") { $0 | 0x20 })
        },
        method("upperAscii", [], .string) { (text, _) in
            .string(mapped(text, from: "a", to: "z") { $0 & ~0x20 })
        },
        method("trim", [], .string) { (text, _) in
            let points = CodePoints(text)
            guard let first = points.scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = points.scalars.lastIndex(where: { !$0.properties.isWhitespace })
            else { return .string("") }
            return .string(points.text(first..<(last + 1)))
        },
        method("reverse", [], .string) { (text, _) in
            .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        },
        method("substring", [.int], .string) { (text, arguments) throws(EvaluationError) in
            let points = CodePoints(text)
            return .string(try substring(points, from: try arguments.int(0), to: points.count))
        },
        method("substring", [.int, .int], .string) { (text, arguments) throws(EvaluationError) in
            .string(try substring(CodePoints(text), from: try arguments.int(0), to: try arguments.int(1)))
        },
        .plain(
            "strings.quote",
            [.string],
            .string,
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .string(let text) = value else { throw .noSuchOverload("strings.quote") }
                try evaluation.charge(bytes: 2 * text.utf8.count)
                return .string(quoted(text))
            }
        ),
    ]

    /// The arguments after the target.
    struct Arguments {
        let values: ArraySlice<Value>
        let function: String

        func int(_ index: Int) throws(EvaluationError) -> Int {
            guard case .int(let value) = values[values.startIndex + index] else {
                throw .noSuchOverload(function)
            }
            return value
        }

        func string(_ index: Int) throws(EvaluationError) -> String {
            guard case .string(let value) = values[values.startIndex + index] else {
                throw .noSuchOverload(function)
            }
            return value
        }
    }

    /// A method of strings; its target's length is charged for.
    static func method(
        _ name: String,
        _ parameters: [ValueType],
        _ result: ValueType,
        _ body: @escaping @Sendable (String, Arguments) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        .method(
            name,
            [.string] + parameters,
            result,
            .variadic { (values, evaluation) throws(EvaluationError) in
                guard case .string(let text)? = values.first else { throw .noSuchOverload(name) }
                // Going by code points takes longer than going by bytes.
                try evaluation.charge(bytes: 4 * text.utf8.count)
                return try body(text, Arguments(values: values.dropFirst(), function: name))
            }
        )
    }

    static func outOfRange(_ index: Int) -> EvaluationError {
        EvaluationError(.indexOutOfBounds, "index out of range: \(index)")
    }

    private static func substring(
        _ points: CodePoints,
        from start: Int,
        to end: Int
    ) throws(EvaluationError) -> String {
        guard (0...points.count).contains(start) else { throw outOfRange(start) }
        guard (0...points.count).contains(end) else { throw outOfRange(end) }
        guard start <= end else {
            throw EvaluationError(.invalidArgument, "invalid substring range. start: \(start), end: \(end)")
        }
        return points.text(start..<end)
    }

    private static func mapped(
        _ text: String,
        from first: Unicode.Scalar,
        to last: Unicode.Scalar,
        _ change: (UInt8) -> UInt8
    ) -> String {
        let range = UInt8(ascii: first)...UInt8(ascii: last)
        return String(decoding: text.utf8.map { range.contains($0) ? change($0) : $0 }, as: UTF8.self)
    }

    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if let letter = escapes[scalar] {
                result.append("\\")
                result.append(letter)
            } else {
                result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{07}": "a", "\u{08}": "b", "\u{0C}": "f", "\n": "n", "\r": "r", "\t": "t", "\u{0B}": "v",
        "\\": "\\", "\"": "\"",
    ]
}
