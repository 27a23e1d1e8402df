package import CEL
import LookoutModel

/// The functions by which rules look back: `failures("5m")`, `p95("1h") > duration("2s")`.
///
/// A window is a length of time, as text (`"5m"`) or as a duration, or a number of samples. One list,
/// one entry a function; which arguments they take follows from the entry.
package enum HistoryFunctions {
    static let all: [RuleFunction] = [
        counting("count", .int, "How many samples the window has.", #"count("10m") >= 5"#) {
            .int($0.samples)
        },
        counting("failures", .int, "How many of the window's samples failed.", #"failures("5m") >= 3"#) {
            .int($0.failures)
        },
        counting(
            "success_ratio",
            .double,
            "The share of the window's samples that did not fail, 0.0 to 1.0.",
            #"success_ratio("1h", 10) < 0.95"#,
            hasMinimum: true
        ) { .double($0.successRatio) },
        burnRate,
        consecutiveFailures,
        statistic("avg", "The mean duration.", #"avg("10m") > duration("1s")"#) { $0.average },
        statistic("min", "The shortest duration.", #"min("10m") > duration("500ms")"#) { $0.minimum },
        statistic("max", "The longest duration.", #"max(5) > duration("5s")"#) { $0.maximum },
        statistic("p50", "The median duration.", #"p50("10m") > duration("800ms")"#) { $0.quantile(0.5) },
        statistic(
            "p95",
            "The duration that 95 % of the samples do not exceed.",
            #"p95("10m") > duration("2s")"#
        ) { $0.quantile(0.95) },
        statistic(
            "p99",
            "The duration that 99 % of the samples do not exceed.",
            #"p99("1h") > duration("4s")"#
        ) { $0.quantile(0.99) },
        quantile,
        rateOfChange,
        baseline,
        trail(
            "changed",
            "Whether the window has more than one version, or status.",
            #"changed("version", "1h")"#
        ) {
            (history, field, window) throws(TooFewSamples) in
            switch field {
            case .version: try history.changed(\.versions, window)
            case .status: try history.changed(\.statuses, window)
            }
        },
        trail(
            "went_back",
            "Whether the newest version is lower than one before it in the window, or was there before.",
            #"went_back("version", "24h")"#
        ) { (history, field, window) throws(TooFewSamples) in
            switch field {
            case .version: try history.versionWentBack(window)
            case .status: try history.statusWentBack(window)
            }
        },
        last,
        probeFailing,
    ]

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.reference.name, $0) })

    /// The functions that look at a window, with its place among the arguments.
    static let windowArguments = byName.compactMapValues(\.windowPlace)

    /// All functions of rules in words, in the order of the documentation.
    package static let reference: [FunctionReference] = all.map(\.reference) + PlainFunctions.reference
}

extension OutcomeCounts.Total {
    /// The share of samples that did not fail, 0 to 1.
    var successRatio: Double { 1 - failureRatio }
    var failureRatio: Double { Double(failures) / Double(samples) }
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

/// The functions of rules that look at their arguments alone.
package enum PlainFunctions {
    package static let all: [FunctionDeclaration] = [seconds, ValueAtFunction.declaration]
    static let reference = [secondsReference, ValueAtFunction.reference]

    static let seconds = FunctionDeclaration(
        "seconds",
        [
            .host("seconds(duration)", [.duration], .double) { (arguments, _) throws(EvaluationError) in
                guard case .duration(let span) = arguments[0] else { return .double(0) }
                return .double(Double(span.nanoseconds) / 1e9)
            }
        ]
    )

    static let secondsReference = FunctionReference(
        name: "seconds",
        signature: "seconds(d)",
        result: "double",
        summary: "A duration as a number of seconds, to calculate with.",
        example: #"seconds(duration("90s")) / 60.0 > 1.0"#,
        scopes: RuleScopeKind.allCases
    )
}
