import CEL

/// A call of a history function in an expression, with the window that it names.
///
/// Windows must be written out, so that a check's history keeps what its rules ask for and no more.
struct WindowCall {
    let function: String
    /// Where the window's argument begins, in Unicode scalars from 0.
    let offset: Int
    /// The argument as written; nil if the call has too few.
    private let argument: String?

    /// The window; throws if it is none, or not written out.
    var window: SampleWindow {
        get throws(EvaluationError) {
            guard let argument else { throw EvaluationError(.invalidArgument, "the window is missing") }
            if let count = Int(argument) { return try SampleWindow(.int(count)) }
            if let text = Self.quoted(argument) { return try SampleWindow(.string(text)) }
            if argument.hasPrefix("duration("), argument.hasSuffix(")"),
                let text = Self.quoted(String(argument.dropFirst(9).dropLast()))
            {
                return try SampleWindow(.string(text))
            }
            throw EvaluationError(
                .invalidArgument,
                "a window must be written out, such as \"5m\" or 10, not computed"
            )
        }
    }

    /// The calls in an expression that has been compiled, so that its brackets and quotes are sound.
    static func all(in expression: String) -> [WindowCall] {
        var scanner = Scanner(expression)
        return scanner.scan()
    }

    private static func quoted(_ text: String) -> String? {
        let bare = text.trimmingBlanks
        guard let quote = bare.first, quote == "\"" || quote == "'", bare.count >= 2, bare.last == quote
        else { return nil }
        let inner = bare.dropFirst().dropLast()
        return inner.contains(quote) || inner.contains("\\") ? nil : String(inner)
    }

    private struct Scanner {
        private let scalars: [Unicode.Scalar]
        private var index = 0
        private var calls: [WindowCall] = []

        init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

        mutating func scan() -> [WindowCall] {
            while index < scalars.count {
                if scalars[index].isWordStart {
                    scanWord()
                } else {
                    skipOne()
                }
            }
            return calls
        }

        private mutating func scanWord() {
            let start = index
            while index < scalars.count, scalars[index].isWordStart || scalars[index].isDigit { index += 1 }
            let word = text(start..<index)
            let isMember = scalars[..<start].last { !$0.isBlank } == "."
            guard !isMember, let position = HistoryFunctions.windowArguments[word],
                let open = scalars[index...].firstIndex(where: { !$0.isBlank }), scalars[open] == "("
            else { return }
            let arguments = arguments(after: open + 1)
            let range = arguments.indices.contains(position) ? arguments[position] : nil
            calls.append(
                WindowCall(
                    function: word,
                    offset: range?.lowerBound ?? start,
                    argument: range.map { text($0).trimmingBlanks }
                )
            )
            index = open + 1
        }

        /// The ranges of a call's arguments, without blanks before them.
        private func arguments(after open: Int) -> [Range<Int>] {
            var reader = self
            reader.index = open
            var ranges: [Range<Int>] = []
            var depth = 0
            var start = open
            while reader.index < scalars.count {
                let scalar = scalars[reader.index]
                if "([{".unicodeScalars.contains(scalar) { depth += 1 }
                if ")]}".unicodeScalars.contains(scalar) { depth -= 1 }
                if depth < 0 || (depth == 0 && scalar == ",") {
                    let first = scalars[start..<reader.index].firstIndex { !$0.isBlank } ?? reader.index
                    if first < reader.index { ranges.append(first..<reader.index) }
                    start = reader.index + 1
                }
                if depth < 0 { break }
                reader.skipOne()
            }
            return ranges
        }

        /// Steps over a string literal, a comment, or else one character.
        private mutating func skipOne() {
            let scalar = scalars[index]
            if scalar == "/", index + 1 < scalars.count, scalars[index + 1] == "/" {
                index = scalars[index...].firstIndex(of: "\n") ?? scalars.count
            } else if scalar == "\"" || scalar == "'" {
                skipString(scalar)
            } else {
                index += 1
            }
        }

        private mutating func skipString(_ quote: Unicode.Scalar) {
            let isRaw = index > 0 && (scalars[index - 1] == "r" || scalars[index - 1] == "R")
            let length = scalars[index...].starts(with: [quote, quote, quote]) ? 3 : 1
            index += length
            while index < scalars.count {
                if scalars[index...].prefix(length).allSatisfy({ $0 == quote }) {
                    index += length
                    return
                }
                index += scalars[index] == "\\" && !isRaw ? 2 : 1
            }
        }

        private func text(_ range: Range<Int>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[range])
            return String(text)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isWordStart: Bool { properties.isAlphabetic && isASCII || self == "_" }
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }
}

extension String {
    /// Without blanks at either end.
    fileprivate var trimmingBlanks: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
