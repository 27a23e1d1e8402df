/// `format` of the strings extension (cel-spec, doc/extensions/strings.md).
enum FormatFunction {
    static let all: [FunctionDeclaration] = [
        .method(
            "format",
            [.string, .list(.dyn)],
            .string,
            .binary {
                (template, arguments, evaluation) throws(EvaluationError) in
                guard case .string(let template) = template, case .list(let arguments) = arguments else {
                    throw .noSuchOverload("format")
                }
                try evaluation.charge(bytes: template.utf8.count)
                return .string(try FormatTemplate(template).filled(with: arguments, &evaluation))
            }
        )
    ]
}

/// A template with its clauses, such as `%.2f`, found.
struct FormatTemplate: Sendable {
    struct Clause: Sendable {
        let verb: FormatVerb
        let precision: Int
    }

    enum Part: Sendable {
        case text(String)
        case clause(Clause)
    }

    let parts: [Part]

    var clauses: [Clause] {
        parts.compactMap { part in
            if case .clause(let clause) = part { clause } else { nil }
        }
    }

    init(_ template: String) throws(EvaluationError) {
        var parts: [Part] = []
        var text: [UInt8] = []
        var rest = template.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                text.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "%") {
                rest.removeFirst()
                text.append(byte)
                continue
            }
            if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
            text = []
            parts.append(.clause(try Self.clause(&rest)))
        }
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        self.parts = parts
    }

    func filled(
        with arguments: [Value],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> String {
        var result = ""
        var next = 0
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .clause(let clause):
                guard next < arguments.count else {
                    throw EvaluationError(.invalidArgument, "index \(next) out of range")
                }
                try evaluation.charge(bytes: 32 + clause.precision)
                result += try clause.verb.text(of: arguments[next], precision: clause.precision, &evaluation)
                next += 1
            }
        }
        return result
    }

    private static let maximumPrecision = 1_000

    private static func clause(_ rest: inout Substring.UTF8View) throws(EvaluationError) -> Clause {
        var precision = 6
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let digits = rest.prefix(while: \.isDigit)
            rest.removeFirst(digits.count)
            guard let number = Int(String(decoding: digits, as: UTF8.self)), number <= maximumPrecision else {
                throw malformed(
                    "error while parsing precision: up to \(maximumPrecision) digits are possible"
                )
            }
            precision = number
        }
        guard let letter = rest.popFirst() else { throw malformed("unexpected end of string") }
        guard let verb = FormatVerb(rawValue: letter) else {
            throw malformed("unrecognized formatting clause \"\(String(decoding: [letter], as: UTF8.self))\"")
        }
        return Clause(verb: verb, precision: precision)
    }

    private static func malformed(_ reason: String) -> EvaluationError {
        EvaluationError(.invalidArgument, "could not parse formatting clause: \(reason)")
    }
}
