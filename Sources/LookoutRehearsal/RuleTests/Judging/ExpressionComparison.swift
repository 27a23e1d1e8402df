import CEL
import LookoutModel
import LookoutSettings

/// Holds the value of an expression against the one that a test expects.
struct ExpressionComparison {
    let expectation: ExpressionExpectation
    let outcome: ExpressionOutcome
    let isFuzzy: Bool

    /// What is wrong; nil if everything is as expected.
    var failure: RuleTestFailure? {
        switch (expectation.result, outcome) {
        case (.value(let expected), .value(let value)):
            let got = JSONValue(plain: value)
            if Self.equal(expected, got, isFuzzy) { return nil }
            return failure("has another value", expected.jsonText, got.jsonText)
        case (.error(let part), .error(let message)):
            if message.contains(part) { return nil }
            return failure("has another error", part, message)
        case (.value(let expected), .error(let message)):
            return failure("cannot be evaluated", expected.jsonText, "error: \(message)")
        case (.error(let part), .value(let value)):
            return failure("has a value, and must not", "error: \(part)", JSONValue(plain: value).jsonText)
        }
    }

    private func failure(_ what: String, _ expected: String, _ got: String) -> RuleTestFailure {
        RuleTestFailure(
            position: expectation.position,
            message: "\(expectation.expression.oneLine.shortened) \(what)",
            expected: [expected.oneLine],
            got: [got.oneLine]
        )
    }

    /// How far numbers may be apart in `fuzzy_compare`, in relation to the greater.
    private static let tolerance = 1e-9

    private static func equal(_ left: JSONValue, _ right: JSONValue, _ isFuzzy: Bool) -> Bool {
        switch (left, right) {
        case (.array(let first), .array(let second)):
            first.count == second.count && zip(first, second).allSatisfy { equal($0, $1, isFuzzy) }
        case (.object(let first), .object(let second)):
            first.count == second.count
                && first.allSatisfy { key, value in second[key].map { equal(value, $0, isFuzzy) } ?? false }
        case (.int, .double), (.double, .int), (.double, .double):
            equal(left.number, right.number, isFuzzy)
        default: left == right
        }
    }

    private static func equal(_ left: Double?, _ right: Double?, _ isFuzzy: Bool) -> Bool {
        guard let left, let right else { return false }
        guard isFuzzy else { return left == right }
        return abs(left - right) <= tolerance * max(abs(left), abs(right))
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}
