import CEL
import LookoutModel
import LookoutSettings

/// A call of `baseline`: which statistic, over what length, ending when.
struct BaselineCall {
    /// What can be asked of an earlier window.
    enum Statistic: String, CaseIterable {
        case p50
        case p95
        case p99
        case average = "avg"
        case minimum = "min"
        case maximum = "max"
        case successRatio = "success_ratio"

        func value(of samples: SampleSlice) -> Value {
            switch self {
            case .p50: .duration(samples.quantile(0.5))
            case .p95: .duration(samples.quantile(0.95))
            case .p99: .duration(samples.quantile(0.99))
            case .average: .duration(samples.average)
            case .minimum: .duration(samples.minimum)
            case .maximum: .duration(samples.maximum)
            case .successRatio: .double(samples.successRatio)
            }
        }
    }

    private enum End {
        /// So long before the newest sample.
        case ago(Duration)
        /// When the newest deployment began.
        case deployment
    }

    /// An earlier window ends at most so long ago.
    static let longestOffset = Duration.seconds(7 * 86_400)
    /// So long after a deployment the samples from before it are kept.
    static let deploymentMemory = Duration.seconds(86_400)

    private let statistic: Statistic
    private let length: Duration
    private let end: End
    private let needed: Int?

    static var overloads: [[ValueType]] {
        let times: [ValueType] = [.string, .duration]
        return times.flatMap { length in
            times.flatMap { offset in [[.string, length, offset], [.string, length, offset, .int]] }
        }
    }

    init(_ arguments: [Value]) throws(EvaluationError) {
        guard case .string(let name) = arguments[0], let statistic = Statistic(rawValue: name) else {
            let names = Statistic.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw EvaluationError(.invalidArgument, "baseline: a statistic is one of \(names)")
        }
        self.statistic = statistic
        guard case .time(let length) = try SampleWindow(arguments[1]) else {
            throw EvaluationError(.invalidArgument, "baseline: the window is a length of time")
        }
        self.length = length
        if case .string("deployment") = arguments[2] {
            end = .deployment
        } else if case .time(let offset) = try SampleWindow(arguments[2], longest: Self.longestOffset) {
            end = .ago(offset)
        } else {
            throw EvaluationError(
                .invalidArgument,
                "baseline: the offset is a length of time or \"deployment\""
            )
        }
        needed = if arguments.count > 3, case .int(let count) = arguments[3] { count } else { nil }
    }

    static func demand(_ arguments: [Value?]) throws(EvaluationError) -> HistoryDemand {
        let given = arguments.prefix(3).compactMap(\.self)
        guard given.count == 3 else {
            throw EvaluationError(
                .invalidArgument,
                "the statistic, the window and the offset must be written out, not computed"
            )
        }
        let call = try BaselineCall(given)
        var demand = HistoryDemand()
        switch call.end {
        case .ago(let offset): demand.include(.time(call.length + offset))
        case .deployment: demand.include(.time(call.length + deploymentMemory))
        }
        return demand
    }

    func value(_ context: RuleContext) throws(EvaluationError) -> Value {
        let end = try end(in: context)
        do throws(TooFewSamples) {
            return statistic.value(
                of: try context.history.samples(over: length, endingAt: end, atLeast: needed)
            )
        } catch {
            throw error.noData(in: .time(length))
        }
    }

    func view(_ context: RuleContext) -> WindowView? {
        guard let end = try? end(in: context) else { return WindowView(count: 0, newest: nil) }
        let samples = try? context.history.samples(over: length, endingAt: end, atLeast: 1)
        return WindowView(count: samples?.count ?? 0, newest: samples?.newest)
    }

    /// When the window ends.
    private func end(in context: RuleContext) throws(EvaluationError) -> Timestamp {
        switch end {
        case .ago(let offset):
            guard let newest = context.history.newest else { throw .noData("there is no sample yet") }
            return newest - offset
        case .deployment:
            guard let deployedAt = context.deployedAt else {
                throw .noData("no deployment of this environment is known")
            }
            return deployedAt - .microseconds(1)
        }
    }
}
