import CEL
import CELExchange

/// Runs lines of the conformance data and says what was not as expected.
struct ConformanceRunner {
    private var evaluator = ExpressionEvaluator()

    /// `fixture` has what the lines without declarations of their own rely on.
    init(fixture: Fixture = .empty) {
        evaluator.variables = fixture.variables
        evaluator.functions = fixture.functions
        evaluator.values = fixture.values
    }

    func run(_ line: ConformanceCase) -> ExpressionEvaluator.Outcome {
        evaluator.evaluate(line.request)
    }

    /// Why a line's outcome is not what it expects; nil when it is.
    func complaint(_ line: ConformanceCase) throws -> String? {
        let outcome = run(line)
        let expect = line.expect
        if let expected = expect.deducedType {
            guard let type = outcome.type else { return "no type: \(outcome.text)" }
            if type.description != expected { return "type \(type), expected \(expected)" }
            if line.request.isCheckOnly { return nil }
        }
        if expect.isError { return complaint(outcome, expecting: expect) }
        guard case .value(let value, _) = outcome else { return outcome.text }
        // A line without a value expects true.
        let expected = try expect.value.map { try Value(exchange: $0) } ?? .bool(true)
        return value.matches(expected) ? nil : "\(outcome.text), expected \(expected)"
    }

    private func complaint(
        _ outcome: ExpressionEvaluator.Outcome,
        expecting expect: ConformanceCase.Expectation
    ) -> String? {
        switch outcome {
        case .value, .checked: return "\(outcome.text), expected an error"
        case .failed(let error, _):
            guard error.position != nil else { return "an error without a place: \(error)" }
            return expect.stage == nil || expect.stage == "eval" ? nil : outcome.text
        case .refused(let error):
            guard let stage = expect.stage else { return nil }
            guard stage == error.stage.rawValue else {
                return "\(error), expected a \(stage) error"
            }
            // cel-go counts the end of an empty text as column 0; a column's difference is no matter.
            let isNear = expect.places.contains { place in
                error.issues.contains { issue in
                    issue.position.line == place.line && abs(issue.position.column - place.column) <= 1
                }
            }
            return isNear || expect.places.isEmpty ? nil : "\(error), expected \(expect.places)"
        }
    }
}

extension ExpressionEvaluator.Outcome {
    var type: ValueType? {
        switch self {
        case .value(_, let type), .failed(_, let type): type
        case .checked(let type): type
        case .refused: nil
        }
    }

    var text: String {
        switch self {
        case .value(let value, _): "got \(value)"
        case .checked(let type): "got type \(type)"
        case .refused(let error): "refused: \(error)"
        case .failed(let error, _): "failed: \(error.message)"
        }
    }
}
