import CEL
import LookoutModel
import LookoutSettings

/// The functions by which rules look back: `failures("5m")`, `p95("1h") > duration("2s")`.
///
/// A window is a length of time, as text (`"5m"`) or as a duration, or a number of samples. One list,
/// one line a function; which arguments they take follows from the line.
enum HistoryFunctions {
    static let all: [FunctionDeclaration] = [
        statistic("count", .int) { (history, window, _) throws(TooFewSamples) in
            .int(try history.count(window))
        },
        statistic("failures", .int) { (history, window, _) throws(TooFewSamples) in
            .int(try history.failures(window))
        },
        statistic("success_ratio", .double, hasMinimum: true) {
            (history, window, least) throws(TooFewSamples) in
            .double(try history.successRatio(window, atLeast: least))
        },
        statistic("avg", .duration, hasMinimum: true) { (history, window, least) throws(TooFewSamples) in
            .duration(try history.average(window, atLeast: least))
        },
        quantile("min", 0),
        quantile("max", 1),
        quantile("p50", 0.5),
        quantile("p95", 0.95),
        quantile("p99", 0.99),
        trail("changed", .bool) { (history, field, window) throws(TooFewSamples) in
            switch field {
            case .version: .bool(try history.changed(\.versions, window))
            case .status: .bool(try history.changed(\.statuses, window))
            }
        },
        trail("went_back", .bool) { (history, field, window) throws(TooFewSamples) in
            switch field {
            case .version: .bool(try history.versionWentBack(window))
            case .status: .bool(try history.statusWentBack(window))
            }
        },
        FunctionDeclaration(
            "consecutive_failures",
            [
                .host("consecutive_failures()", context: RuleContext.self, [], .int) {
                    (_, context) throws(EvaluationError) in
                    .int(context.history.consecutiveFailures)
                }
            ]
        ),
        FunctionDeclaration(
            "last",
            [
                .host("last(string)", context: RuleContext.self, [.string], .dyn) {
                    (arguments, context) throws(EvaluationError) in
                    try last(TrailedField(arguments[0]), context.history)
                }
            ]
        ),
        FunctionDeclaration(
            "probe_failing",
            [
                .host("probe_failing(string)", context: RuleContext.self, [.string], .bool) {
                    (arguments, context) throws(EvaluationError) in
                    guard case .string(let probe) = arguments[0] else { return .bool(false) }
                    return .bool(context.failing[probe] ?? false)
                }
            ]
        ),
    ]

    /// The names of the functions whose first or second argument is a window, with its place.
    static let windowArguments: [String: Int] = [
        "count": 0, "failures": 0, "success_ratio": 0, "avg": 0, "min": 0, "max": 0, "p50": 0, "p95": 0,
        "p99": 0, "changed": 1, "went_back": 1,
    ]

    private typealias Statistic = @Sendable (SampleHistory, SampleWindow, Int?) throws(TooFewSamples) -> Value
    private typealias Trail =
        @Sendable (SampleHistory, TrailedField, SampleWindow) throws(TooFewSamples) -> Value

    /// A function of a window, and with `hasMinimum` of the number of samples that it needs as well.
    private static func statistic(
        _ name: String,
        _ result: ValueType,
        hasMinimum: Bool = false,
        _ body: @escaping Statistic
    ) -> FunctionDeclaration {
        let counts: [[ValueType]] = hasMinimum ? [[], [.int]] : [[]]
        let overloads = windowTypes.flatMap { window in
            counts.map { count in
                Overload.host(
                    "\(name)(\(window)\(count.isEmpty ? "" : ", int"))",
                    context: RuleContext.self,
                    [window] + count,
                    result
                ) {
                    (arguments, context) throws(EvaluationError) in
                    let window = try context.window(arguments[0])
                    let least: Int? =
                        if arguments.count > 1, case .int(let count) = arguments[1] { count } else { nil }
                    do throws(TooFewSamples) {
                        return try body(context.history, window, least)
                    } catch {
                        throw .noData(error.words(window))
                    }
                }
            }
        }
        return FunctionDeclaration(name, overloads)
    }

    private static func quantile(_ name: String, _ quantile: Double) -> FunctionDeclaration {
        statistic(name, .duration, hasMinimum: true) { (history, window, least) throws(TooFewSamples) in
            .duration(try history.quantile(quantile, window, atLeast: least))
        }
    }

    /// A function of a field that changes over time, and a window.
    private static func trail(
        _ name: String,
        _ result: ValueType,
        _ body: @escaping Trail
    ) -> FunctionDeclaration {
        let overloads = windowTypes.map { window in
            Overload.host("\(name)(string, \(window))", context: RuleContext.self, [.string, window], result)
            {
                (arguments, context) throws(EvaluationError) in
                let field = try TrailedField(arguments[0])
                let window = try context.window(arguments[1])
                do throws(TooFewSamples) {
                    return try body(context.history, field, window)
                } catch {
                    throw .noData(error.words(window))
                }
            }
        }
        return FunctionDeclaration(name, overloads)
    }

    private static let windowTypes: [ValueType] = [.string, .duration, .int]

    private static func last(_ field: TrailedField, _ history: SampleHistory) throws(EvaluationError) -> Value
    {
        let newest: Value? =
            switch field {
            case .version: history.versions.newest.map { .string($0) }
            case .status: history.statuses.newest.map { .int($0) }
            }
        guard let newest else { throw .noData("no sample has a \(field.rawValue) yet") }
        return newest
    }
}

/// A field of samples whose values are remembered over time.
enum TrailedField: String, CaseIterable {
    case version
    case status

    init(_ value: Value) throws(EvaluationError) {
        guard case .string(let text) = value, let field = TrailedField(rawValue: text) else {
            throw EvaluationError(
                .invalidArgument,
                "only \(Self.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " and ")) can be traced"
            )
        }
        self = field
    }
}

extension RuleContext {
    /// The window that an argument names.
    ///
    /// Throws for one that the history was not told to keep, so that a window which escaped the
    /// compiler is seen and not cut in silence.
    fileprivate func window(_ argument: Value) throws(EvaluationError) -> SampleWindow {
        let window = try SampleWindow(argument)
        guard history.demand.includes(window) else {
            throw EvaluationError(.host, "the window \(window) is not kept; write it out in the call")
        }
        return window
    }
}

extension TooFewSamples {
    fileprivate func words(_ window: SampleWindow) -> String {
        "\(found) of \(needed) needed samples in \(window)"
    }
}
