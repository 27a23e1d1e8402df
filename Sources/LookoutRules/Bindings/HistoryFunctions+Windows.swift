import CEL
import LookoutModel

/// How the functions of a window are made: each takes it as text, as a duration or as a number of samples.
extension HistoryFunctions {
    typealias Count = @Sendable (OutcomeCounts.Total) -> Value
    typealias Measure = @Sendable (SampleSlice) -> Duration
    typealias Question =
        @Sendable (SampleHistory, TrailedField, SampleWindow) throws(TooFewSamples) -> Bool

    /// A function of how many samples a window has, and how many of them failed.
    static func counting(
        _ name: String,
        _ result: ValueType,
        _ summary: String,
        _ example: String,
        hasMinimum: Bool = false,
        _ body: @escaping Count
    ) -> RuleFunction {
        function(
            name,
            WindowCall(longest: SampleWindow.longestOfCounts, minimum: hasMinimum ? .optional : .one),
            result,
            summary,
            example
        ) { (call, context) throws(EvaluationError) in
            body(try context.total(call))
        }
    }

    /// A function of the durations in a window.
    static func statistic(
        _ name: String,
        _ summary: String,
        _ example: String,
        _ body: @escaping Measure
    ) -> RuleFunction {
        function(name, WindowCall(), .duration, summary, example) { (call, context) throws(EvaluationError) in
            .duration(body(try context.samples(call)))
        }
    }

    /// A function of a field that changes over time, and a window.
    static func trail(
        _ name: String,
        _ summary: String,
        _ example: String,
        _ body: @escaping Question
    ) -> RuleFunction {
        function(
            name,
            WindowCall(leading: [("field", [.string])], minimum: .none),
            .bool,
            summary,
            example
        ) { (call, context) throws(EvaluationError) in
            let field = try TrailedField(call.leading[0])
            try context.check(call.window, context.history.canShow(call.window))
            do throws(TooFewSamples) {
                return .bool(try body(context.history, field, call.window))
            } catch {
                throw error.noData(in: call.window)
            }
        }
    }

    static let quantile = function(
        "quantile",
        WindowCall(leading: [("q", [.double, .int])]),
        .duration,
        "The duration that the share q, 0.0 to 1.0, of the samples does not exceed.",
        #"quantile(0.9, "10m") > duration("2s")"#
    ) { (call, context) throws(EvaluationError) in
        guard let share = call.leading[0].number, (0...1).contains(share) else {
            throw EvaluationError(.invalidArgument, "quantile: a share is 0.0 to 1.0")
        }
        return .duration(try context.samples(call).quantile(share))
    }

    static let rateOfChange = function(
        "rate_of_change",
        WindowCall(),
        .double,
        "By how many seconds the duration grows in a second, by the line through all samples of the window.",
        #"rate_of_change("1h") * 3600.0 > 0.5"#
    ) { (call, context) throws(EvaluationError) in
        guard let slope = try context.samples(call).slope else {
            throw .noData("1 of 2 needed samples in \(call.window)")
        }
        return .double(slope)
    }

    static let burnRate = function(
        "burn_rate",
        WindowCall(leading: [("objective", [.double, .int])], longest: SampleWindow.longestOfCounts),
        .double,
        "How many times faster than it lasts the error budget of an objective in percent is spent in the window.",
        #"burn_rate(99.9, "1h", 10) > 14.4 && burn_rate(99.9, "5m", 2) > 14.4"#
    ) { (call, context) throws(EvaluationError) in
        guard let objective = call.leading[0].number, objective > 0, objective < 100 else {
            throw EvaluationError(
                .invalidArgument,
                "burn_rate: an objective is more than 0 and less than 100 percent, such as 99.9"
            )
        }
        return .double(try context.total(call).failureRatio / ((100 - objective) / 100))
    }

    private typealias Body = @Sendable (WindowCall.Arguments, RuleContext) throws(EvaluationError) -> Value

    private static func function(
        _ name: String,
        _ call: WindowCall,
        _ result: ValueType,
        _ summary: String,
        _ example: String,
        _ body: @escaping Body
    ) -> RuleFunction {
        RuleFunction(
            reference: FunctionReference(
                name: name,
                signature: call.signature(of: name),
                result: "\(result)",
                summary: summary,
                example: example,
                scopes: [.check]
            ),
            declaration: FunctionDeclaration(
                name,
                call.overloads.map { parameters in
                    .host(
                        "\(name)(\(parameters.map { "\($0)" }.joined(separator: ", ")))",
                        context: RuleContext.self,
                        parameters,
                        result
                    ) { (arguments, context) throws(EvaluationError) in
                        try body(try call.read(arguments), context)
                    }
                }
            ),
            windowPlace: call.windowPlace,
            demand: { (arguments) throws(EvaluationError) in try call.demand(arguments) },
            view: { arguments, context in call.view(arguments, context.history) }
        )
    }
}

extension Value {
    /// The number of an int or a double; nil for what is none.
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}
