import LookoutModel
import LookoutSettings

/// Reads `values`: numbers expand as promtool's do, words are counted.
///
/// - `a`, `axn`, `a+bxn`, `a-bxn`: a, and n more, each b apart.
/// - `_`, `_xn`: one time, n times without a run; `stale`: a run of which nothing can be said.
/// - `ok`, `fail`, `fail(timeout)`, `error(text)`, `inconclusive(text)` or a sample's name, each with
///   `xn` or ` xn` after it: n of them.
struct ValueNotation {
    /// What is wrong with a text, and where in it.
    struct Fault: Error, Hashable {
        var offset: Int
        var message: String
        var hint: String?
    }

    private let scalars: [Unicode.Scalar]
    private let names: Set<String>
    private(set) var runs: [ValueRun] = []
    private(set) var faults: [Fault] = []

    /// - Parameters:
    ///   - text: the values.
    ///   - names: the samples that have a name.
    init(_ text: String, names: Set<String>) {
        scalars = Array(text.unicodeScalars)
        self.names = names
        for token in tokens { read(token) }
    }

    private struct Token {
        var text: String
        var offset: Int
    }

    /// The words between blanks; what is in parentheses may have blanks in it.
    private var tokens: [Token] {
        var tokens: [Token] = []
        var current = Token(text: "", offset: 0)
        var depth = 0
        for (index, scalar) in scalars.enumerated() {
            if depth == 0, scalar.properties.isWhitespace {
                if !current.text.isEmpty { tokens.append(current) }
                current.text = ""
                continue
            }
            if current.text.isEmpty { current.offset = index }
            current.text.unicodeScalars.append(scalar)
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth = max(0, depth - 1) }
        }
        if !current.text.isEmpty { tokens.append(current) }
        return tokens
    }

    private mutating func read(_ token: Token) {
        do throws(Fault) {
            if let first = token.text.utf8.first, "+-.0123456789".utf8.contains(first) {
                runs.append(try number(token))
            } else if let count = try count(token.text, token), count.rest.isEmpty {
                try multiply(by: count.count, token)
            } else {
                runs.append(try word(token))
            }
        } catch {
            faults.append(error)
        }
    }

    /// `ok x3`: the count of the word before it.
    private mutating func multiply(by count: Int, _ token: Token) throws(Fault) {
        guard let last = runs.last, last.count == 1 else {
            throw Fault(offset: token.offset, message: "\"\(token.text.shortened)\" repeats nothing")
        }
        if case .number = last.value {
            throw Fault(
                offset: token.offset,
                message: "a number and its repetitions are one word",
                hint: "as in promtool, 5x3 is 5 and three more"
            )
        }
        runs[runs.count - 1].count = count
    }

    // MARK: Numbers

    private func number(_ token: Token) throws(Fault) -> ValueRun {
        var reader = NumberReader(token.text)
        guard let start = reader.number() else { throw notANumber(token) }
        guard !reader.isAtEnd else {
            return ValueRun(value: .number(start, step: 0), count: 1, offset: token.offset)
        }
        var step = 0.0
        if let sign = reader.sign() {
            guard let size = reader.unsignedNumber() else { throw notANumber(token) }
            step = sign * size
        }
        guard reader.skip("x") else { throw notANumber(token) }
        let more = try repeats(reader.rest, token)
        return ValueRun(value: .number(start, step: step), count: more + 1, offset: token.offset)
    }

    private func notANumber(_ token: Token) -> Fault {
        Fault(
            offset: token.offset,
            message: "\"\(token.text.shortened)\" is not a number or a series of numbers",
            hint: "write 5, 5x3, 5+1x3 or 5-1x3"
        )
    }

    private func repeats(_ text: String, _ token: Token) throws(Fault) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw notANumber(token) }
        guard let count = Int(text), ValueLimits.repeats.contains(count) || count == 0 else {
            throw Fault(
                offset: token.offset,
                message: "\"\(token.text.shortened)\" is more than \(ValueLimits.samples) samples"
            )
        }
        return count
    }

    // MARK: Words

    private func word(_ token: Token) throws(Fault) -> ValueRun {
        var text = token.text
        var times = 1
        if !names.contains(text), let counted = try count(text, token), !counted.rest.isEmpty {
            text = counted.rest
            times = counted.count
        }
        return ValueRun(value: try value(text, token), count: times, offset: token.offset)
    }

    private func value(_ text: String, _ token: Token) throws(Fault) -> ValueRun.Value {
        if names.contains(text) { return .named(text) }
        let (head, argument) = Self.parts(text)
        switch (head, argument) {
        case ("_", nil): return .missing
        case ("stale", nil): return .inconclusive("the series is stale")
        case ("ok", nil): return .ok
        case ("fail", nil), ("failed", nil): return .failed(nil)
        case ("fail", let word?), ("failed", let word?): return .failed(try failure(word, token))
        case ("error", let words): return .error(words ?? "the test says so")
        case ("inconclusive", let words): return .inconclusive(words ?? "the test says so")
        default:
            let known = names.union(Self.words)
            throw Fault(
                offset: token.offset,
                message: "\"\(text.shortened)\" is not a value",
                hint: Spelling.nearest(to: head, among: Array(known)).map { "did you mean \"\($0)\"?" }
                    ?? "ok, fail(timeout), error, inconclusive, _, stale, a number, or a name of samples"
            )
        }
    }

    private func failure(_ word: String, _ token: Token) throws(Fault) -> FailureClass {
        guard let failure = FailureClass(rawValue: word) else {
            throw Fault(
                offset: token.offset,
                message: "there is no failure class \"\(word.shortened)\"",
                hint: Spelling.hint(for: word, among: FailureClass.allCases.map(\.rawValue))
            )
        }
        return failure
    }

    /// `x3` at the end of a word: what is before it, and the number; nil if there is none.
    private func count(_ text: String, _ token: Token) throws(Fault) -> (rest: String, count: Int)? {
        guard let x = text.lastIndex(of: "x") else { return nil }
        let digits = text[text.index(after: x)...]
        guard !digits.isEmpty,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let count = try repeats(String(digits), token)
        guard count > 0 else {
            throw Fault(offset: token.offset, message: "\"\(text.shortened)\" is no sample at all")
        }
        return (String(text[..<x]), count)
    }

    /// The words that no sample may be called by.
    static let words: Set<String> = ["_", "stale", "ok", "fail", "failed", "error", "inconclusive"]

    /// Whether a sample may have this name, so that values can tell it from everything else.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            !words.contains(text)
        else { return false }
        let allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8
        guard text.utf8.count <= 100, text.utf8.allSatisfy(allowed.contains) else { return false }
        // "x3" after another word is a count.
        return first != UInt8(ascii: "x") || !text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }

    /// `fail(timeout)`: the word and what is in its parentheses.
    private static func parts(_ text: String) -> (head: String, argument: String?) {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return (text, nil) }
        return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
    }
}
