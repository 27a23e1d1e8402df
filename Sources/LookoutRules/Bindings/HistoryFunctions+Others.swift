import CEL
import LookoutModel

/// The functions that are called in a way of their own.
extension HistoryFunctions {
    static let consecutiveFailures = RuleFunction(
        reference: FunctionReference(
            name: "consecutive_failures",
            signature: "consecutive_failures()",
            result: "int",
            summary: "Failures since the last success.",
            example: "consecutive_failures() >= 3",
            scopes: [.check]
        ),
        declaration: FunctionDeclaration(
            "consecutive_failures",
            [
                .host("consecutive_failures()", context: RuleContext.self, [], .int) {
                    (_, context) throws(EvaluationError) in
                    .int(context.history.consecutiveFailures)
                }
            ]
        ),
        demand: { _ throws(EvaluationError) in HistoryDemand() },
        view: { _, _ in nil }
    )

    static let last = RuleFunction(
        reference: FunctionReference(
            name: "last",
            signature: "last(field)",
            result: "dyn",
            summary: "The newest version, or status, that is known.",
            example: #"last("version") != "2.0.3""#,
            scopes: [.check]
        ),
        declaration: FunctionDeclaration(
            "last",
            [
                .host("last(string)", context: RuleContext.self, [.string], .dyn) {
                    (arguments, context) throws(EvaluationError) in
                    let field = try TrailedField(arguments[0])
                    let newest: Value? =
                        switch field {
                        case .version: context.history.versions.newest.map { .string($0.text) }
                        case .status: context.history.statuses.newest.map { .int($0) }
                        }
                    guard let newest else { throw .noData("no sample has a \(field.rawValue) yet") }
                    return newest
                }
            ]
        ),
        demand: { _ throws(EvaluationError) in HistoryDemand() },
        view: { _, _ in nil }
    )

    static let probeFailing = RuleFunction(
        reference: FunctionReference(
            name: "probe_failing",
            signature: "probe_failing(name)",
            result: "bool",
            summary: "Whether that probe's newest conclusive sample in the same environment failed.",
            example: #"!probe_failing("backend-health")"#,
            scopes: [.check]
        ),
        declaration: FunctionDeclaration(
            "probe_failing",
            [
                .host("probe_failing(string)", context: RuleContext.self, [.string], .bool) {
                    (arguments, context) throws(EvaluationError) in
                    guard case .string(let probe) = arguments[0] else { return .bool(false) }
                    return .bool(context.failing[probe])
                }
            ]
        ),
        demand: { _ throws(EvaluationError) in HistoryDemand() },
        view: { _, _ in nil }
    )

    static let baseline = RuleFunction(
        reference: FunctionReference(
            name: "baseline",
            signature: "baseline(statistic, w, offset[, n])",
            result: "dyn",
            summary:
                "A statistic over the window that ended an offset ago, or \"deployment\": when that began.",
            example: #"p95("30m") > baseline("p95", "30m", "24h") + duration("1s")"#,
            scopes: [.check]
        ),
        declaration: FunctionDeclaration(
            "baseline",
            BaselineCall.overloads.map { parameters in
                .host(
                    "baseline(\(parameters.map { "\($0)" }.joined(separator: ", ")))",
                    context: RuleContext.self,
                    parameters,
                    .dyn
                ) { (arguments, context) throws(EvaluationError) in
                    try BaselineCall(arguments).value(context)
                }
            }
        ),
        windowPlace: 1,
        demand: { (arguments) throws(EvaluationError) in try BaselineCall.demand(arguments) },
        view: { arguments, context in (try? BaselineCall(arguments))?.view(context) }
    )
}
